using System.ComponentModel;
using System.Diagnostics;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Validating;

/// <summary>Packs a project with <c>dotnet pack</c>, to look at what it would ship.</summary>
internal static class ProjectPackage
{
    private const int MaxSaid = 4_000;

    /// <summary>True for a project file and for a folder; anything else is taken for a package.</summary>
    public static bool IsProject(string path) => Directory.Exists(path) || path.EndsWith("proj", StringComparison.OrdinalIgnoreCase);

    /// <summary>Packs into a folder and returns the package.</summary>
    public static async Task<Result<string>> PackAsync(string project, string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", ["pack", Path.GetFullPath(project), "-c", "Release", "-o", folder, "--nologo", "-v", "quiet"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(ct);
                var error = process.StandardError.ReadToEndAsync(ct);
                await process.WaitForExitAsync(ct);
                var said = (await output + await error).Trim();
                if (process.ExitCode != 0)
                {
                    return CliFailures.ProjectNotPacked(project, said.Length <= MaxSaid ? said : said[^MaxSaid..]);
                }
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Win32Exception e)
        {
            return CliFailures.ProjectNotPacked(project, e.Message);
        }

        return Directory.GetFiles(folder, "*.nupkg") is [var package] ? package : CliFailures.ProjectHasNoPackage(project);
    }
}
