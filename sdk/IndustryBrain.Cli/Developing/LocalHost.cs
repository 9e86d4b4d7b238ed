using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Developing;

/// <summary>A host of the developer's own, with data of its own, that ends with <c>brain dev</c>.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private const int KeptLines = 40;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;
    private readonly TimeProvider _time;

    private LocalHost(Process process, HostConnection connection, TimeProvider time) => (_process, Connection, _time) = (process, connection, time);

    /// <summary>The way to it.</summary>
    public HostConnection Connection { get; }

    /// <summary>Starts the program of <see cref="HostProgramFile.Variable"/>, or the one that was unpacked with <c>brain</c>; IB7145 when there is none, IB7146 when it does not start.</summary>
    public static async Task<Result<LocalHost>> StartAsync(TimeSpan timeout, TimeProvider time, CancellationToken ct)
    {
        if (HostProgramFile.Find() is not { } program)
        {
            return CliFailures.HostProgramMissing(HostProgramFile.Variable);
        }

        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        string[] options = ["--urls", address.ToString(), "--data", Data()];
        var (start, arguments) = HostProgramFile.Command(program, options);
        var process = new Process { StartInfo = new ProcessStartInfo(start, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };

        // A key would shut out the developer, who has none.
        process.StartInfo.Environment.Remove("IB_BOOTSTRAP_API_KEY");
        var host = new LocalHost(process, new HostConnection(address, "", timeout), time);
        process.OutputDataReceived += (_, line) => host.Heard(line.Data);
        process.ErrorDataReceived += (_, line) => host.Heard(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return CliFailures.HostNotStarted(program, e.Message);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            if (await host.IsReadyInTimeAsync(ct))
            {
                return host;
            }
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        await host.DisposeAsync();
        return CliFailures.HostNotStarted(program, string.Join('\n', host._said));
    }

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        _process.Dispose();
    }

    private static string Data() => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data ? data : Path.GetTempPath(), "IndustryBrain", "brain", "host");

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyInTimeAsync(CancellationToken ct)
    {
        var began = _time.GetTimestamp();
        using var tick = new PeriodicTimer(LookEvery, _time);
        while (!_process.HasExited && _time.GetElapsedTime(began) < StartTimeout)
        {
            if (await Connection.IsReadyAsync(ct))
            {
                return true;
            }

            await tick.WaitForNextTickAsync(ct);
        }

        return false;
    }

    // Asked first: its database is to end in order.
    private async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(StopTimeout, _time);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
                await _process.WaitForExitAsync(patience.Token);
                return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or Win32Exception)
        {
            // Then it is ended.
        }

        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    private void Heard(string? line)
    {
        if (line is { Length: > 0 })
        {
            _said.Enqueue(line);
            while (_said.Count > KeptLines)
            {
                _said.TryDequeue(out _);
            }
        }
    }
}
