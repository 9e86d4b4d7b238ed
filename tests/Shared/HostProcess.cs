using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace IndustryBrain.Testing;

/// <summary>The built host as a program of its own, on a free loopback port: in Production, but open to whoever is at this machine, and with the scenarios that come with it; one whose environment is named is as that environment has it.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private HostProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>A client with that base address.</summary>
    public HttpClient Client { get; }

    /// <summary>What it has written to standard output and error so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>A loopback port that nothing listens on, below those that systems hand out by themselves: an outgoing connection could take one of these before the host listens.</summary>
    public static int FreePort()
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(15_000, 30_000);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException) when (attempt < 100)
            {
                // Taken; the next one.
            }
        }
    }

    /// <summary>Starts the host and returns when it says it is ready.</summary>
    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="port">Its port.</param>
    /// <param name="environment">Further environment variables.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="options">Further options of the command line.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready within five minutes; the message carries its output.</exception>
    public static Task<HostProcess> StartAsync(string dataFolder, int port, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken, params string[] options) =>
        StartAsync(dataFolder, port, options, start =>
        {
            foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            {
                start.Environment[name] = value;
            }
        }, cancellationToken);

    /// <summary>Starts the host with an empty environment, as a bare service does, and returns when it says it is ready.</summary>
    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="port">Its port.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready within five minutes; the message carries its output.</exception>
    public static Task<HostProcess> StartBareAsync(string dataFolder, int port, CancellationToken cancellationToken) =>
        StartAsync(dataFolder, port, [], start => start.Environment.Clear(), cancellationToken);

    /// <summary>Starts the host as another account, and returns when it says it is ready; only root can.</summary>
    /// <param name="dataFolder">Its data folder, which the account may write.</param>
    /// <param name="port">Its port.</param>
    /// <param name="account">Number of the account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready within five minutes; the message carries its output.</exception>
    public static Task<HostProcess> StartAsAsync(string dataFolder, int port, int account, CancellationToken cancellationToken) =>
        StartAsync(dataFolder, port, [], start =>
        {
            var all = new[] { "--reuid", $"{account}", "--regid", $"{account}", "--clear-groups", "--", start.FileName }.Concat(start.ArgumentList).ToArray();
            start.FileName = "setpriv";
            start.ArgumentList.Clear();
            foreach (var argument in all)
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment["HOME"] = dataFolder;
        }, cancellationToken);

    private static async Task<HostProcess> StartAsync(string dataFolder, int port, string[] options, Action<ProcessStartInfo> prepare, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        string[] open = options.Contains("--environment") ? [] : ["--SignIn:Local", "true", "--Bundled:Publish", "true"];
        foreach (var argument in new[] { HostAssembly(), "--data", dataFolder, "--urls", address.ToString() }.Concat(open).Concat(options))
        {
            start.ArgumentList.Add(argument);
        }

        prepare(start);
        var host = new HostProcess(new Process { StartInfo = start }, address);
        host._process.OutputDataReceived += (_, line) => host.Append(line.Data);
        host._process.ErrorDataReceived += (_, line) => host.Append(line.Data);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        try
        {
            await host.UntilReadyAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits, at most two minutes, until it has written a text.</summary>
    public async Task UntilOutputAsync(string text, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            await tick.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Ends it as a power cut would: SIGKILL, nothing flushed, its database server left behind.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Asks it to stop, as a service manager does, and waits until it has; kills it after half a minute.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await signal.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        return _process.ExitCode;
    }

    /// <summary>Asks it to stop and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        _process.Dispose();
    }

    private static string HostAssembly() =>
        typeof(HostProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "HostAssembly").Value!;

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await tick.WaitForNextTickAsync(patience.Token))
            {
                if (_process.HasExited)
                {
                    throw new InvalidOperationException($"The host ended with code {_process.ExitCode}:\n{Output}");
                }

                try
                {
                    using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative), patience.Token);
                    if (answer.IsSuccessStatusCode)
                    {
                        return;
                    }
                }
                catch (HttpRequestException)
                {
                    // Not listening yet.
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The host was not ready within five minutes:\n{Output}");
        }
    }
}
