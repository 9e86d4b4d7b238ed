using System.Diagnostics;
using System.Reflection;

namespace IndustryBrain.Storage.Tests;

/// <summary>A start of the built host that is expected to end by itself: its exit code and what it wrote.</summary>
internal sealed record HostRun(int ExitCode, string Output, string Error, TimeSpan Took)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    internal static Task<HostRun> ToItsEndAsync(IReadOnlyDictionary<string, string> environment, CancellationToken ct, params string[] arguments) =>
        ToItsEndAsync(environment, _ => Task.CompletedTask, ct, arguments);

    /// <summary>As above, with something that happens while it runs.</summary>
    internal static async Task<HostRun> ToItsEndAsync(IReadOnlyDictionary<string, string> environment, Func<Process, Task> meanwhile, CancellationToken ct, params string[] arguments)
    {
        var assembly = typeof(HostRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "HostAssembly").Value!;
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        using var host = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var (output, error) = (host.StandardOutput.ReadToEndAsync(patience.Token), host.StandardError.ReadToEndAsync(patience.Token));
            await meanwhile(host);
            await host.WaitForExitAsync(patience.Token);
            return new HostRun(host.ExitCode, await output, await error, clock.Elapsed);
        }
        finally
        {
            if (!host.HasExited)
            {
                host.Kill();
            }
        }
    }

    /// <summary>One sentence with this code on standard error, nothing of a stack anywhere, and an exit code that says so.</summary>
    internal void AssertRefused(string code, string mentions = "")
    {
        Assert.Equal(1, ExitCode);
        Assert.StartsWith(code + ": ", Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd().Split('\n'));
        Assert.Contains(mentions, Error, StringComparison.Ordinal);
        foreach (var trace in new[] { "   at ", "fail:", "crit:", "Exception" })
        {
            Assert.DoesNotContain(trace, Output + Error, StringComparison.Ordinal);
        }
    }
}
