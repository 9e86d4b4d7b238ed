using System.ComponentModel;
using System.Diagnostics;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Projects;

/// <summary>The <c>dotnet</c> that runs this program.</summary>
internal static class DotnetProgram
{
    private const int MaxSaid = 4_000;

    /// <summary>Runs it in a folder; what it says goes to this program's own output.</summary>
    /// <returns>Its exit code, or IB7130.</returns>
    public static async Task<Result<int>> RunAsync(IEnumerable<string> arguments, string folder, CancellationToken ct) =>
        await StartAsync(new ProcessStartInfo(Path, arguments) { WorkingDirectory = folder }, static (_, _) => Task.FromResult(""), ct) is var ended && ended.TryGet(out var done, out var failure) ? done.ExitCode : failure;

    /// <summary>Runs it in a folder and keeps the end of what it says.</summary>
    /// <returns>Its exit code and at most 4,000 characters, or IB7130.</returns>
    public static Task<Result<Ended>> ListenAsync(IEnumerable<string> arguments, string folder, CancellationToken ct) =>
        StartAsync(new ProcessStartInfo(Path, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true }, ReadAsync, ct);

    private static string Path => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    private static async Task<Result<Ended>> StartAsync(ProcessStartInfo start, Func<Process, CancellationToken, Task<string>> read, CancellationToken ct)
    {
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var said = await read(process, ct);
                await process.WaitForExitAsync(ct);
                return new Ended(process.ExitCode, said);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Win32Exception)
        {
            return CliFailures.DotnetMissing();
        }
    }

    private static async Task<string> ReadAsync(Process process, CancellationToken ct)
    {
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        var said = (await output + await error).Trim();
        return said.Length <= MaxSaid ? said : said[^MaxSaid..];
    }

    /// <summary>How it ended and what it said last.</summary>
    internal sealed record Ended(int ExitCode, string Said);
}
