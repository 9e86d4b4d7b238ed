using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace IndustryBrain.Cli.Tests.Developing;

/// <summary>The program while it runs: its lines as they come, and Ctrl+C.</summary>
internal sealed class RunningBrain : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Process _process;

    public RunningBrain(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // A shell that runs the tests behind itself lets them ignore Ctrl+C, and what they start too.
        string[] command = ["dotnet", Path.Combine(Brain.Folder, "brain.dll"), .. arguments];
        command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. command] : command;
        _process = new Process { StartInfo = new(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true } };
        foreach (var (name, value) in environment)
        {
            _process.StartInfo.Environment[name] = value;
        }

        _process.OutputDataReceived += (_, line) => Heard(line.Data);
        _process.ErrorDataReceived += (_, line) => Heard(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The next line that contains a text; fails with all that came instead.</summary>
    public async Task<string> LineAsync(string text, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var others = new List<string>();
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(patience.Token))
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }

                others.Add(line);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // What came is said below.
        }

        Assert.Fail($"No line with “{text}”, but:\n{string.Join('\n', others)}");
        return "";
    }

    /// <summary>Presses Ctrl+C and waits for the end.</summary>
    public async Task<int> InterruptAsync(CancellationToken ct)
    {
        using var signal = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync(ct);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Heard(string? line)
    {
        if (line is not null)
        {
            _lines.Writer.TryWrite(line);
        }
    }
}
