using IndustryBrain.Cli.Projects;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Packing;

/// <summary>The package of a project, made with <c>dotnet pack</c>.</summary>
internal static class ProjectPackage
{
    /// <summary>True for a project file and for a folder; anything else is taken for a package.</summary>
    public static bool IsProject(string path) => Directory.Exists(path) || path.EndsWith("proj", StringComparison.OrdinalIgnoreCase);

    /// <summary>Packs into a folder that is empty and returns the package.</summary>
    public static async Task<Result<string>> PackAsync(string project, string folder, string configuration, CancellationToken ct, params string[] properties)
    {
        if (!File.Exists(project) && !Directory.Exists(project))
        {
            return CliFailures.TargetMissing(project);
        }

        if (Directory.Exists(project) && !ProjectFolder.HasProject(project))
        {
            return CliFailures.NoProjectHere(project);
        }

        var packed = await DotnetProgram.ListenAsync(["pack", Path.GetFullPath(project), "-c", configuration, "-o", folder, "--nologo", "-v", "quiet", .. properties], Environment.CurrentDirectory, ct);
        return !packed.TryGet(out var ended, out var failure) ? failure
            : ended.ExitCode != 0 ? CliFailures.ProjectNotPacked(project, ended.Said)
            : Directory.GetFiles(folder, "*.nupkg") is [var package] ? package
            : CliFailures.ProjectHasNoPackage(project);
    }

    /// <summary>Does something with a package, or with the one that a project gives, which is deleted afterwards.</summary>
    public static async Task<int> UseAsync(string target, Func<string, Task<int>> use, CancellationToken ct, params string[] properties)
    {
        if (!IsProject(target))
        {
            return await use(target);
        }

        var folder = Directory.CreateTempSubdirectory("ib-package-");
        try
        {
            return (await PackAsync(target, folder.FullName, "Release", ct, properties)).TryGet(out var package, out var failure) ? await use(package) : Complaint.Write(failure);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
