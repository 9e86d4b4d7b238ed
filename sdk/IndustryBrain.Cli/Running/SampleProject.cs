namespace IndustryBrain.Cli.Running;

/// <summary>What a project made with the template runs: its sample, with the packages that were built last.</summary>
/// <param name="Definition">The sample scenario.</param>
/// <param name="Input">Its input, or null.</param>
/// <param name="Packages">Folder of the packages, or null when nothing was built.</param>
internal sealed record SampleProject(string Definition, string? Input, string? Packages)
{
    // From the folder of a project, or of its output, up to that of the solution.
    private const int MostLevels = 8;
    private const string Pattern = "*.nupkg";

    /// <summary>The sample of the project that a folder belongs to; null when it belongs to none.</summary>
    public static SampleProject? Find(string folder)
    {
        var at = new DirectoryInfo(folder);
        for (var level = 0; at is not null && level < MostLevels; (at, level) = (at.Parent, level + 1))
        {
            var sample = Path.Combine(at.FullName, "sample");
            if (File.Exists(Path.Combine(sample, "definition.json")))
            {
                var input = Path.Combine(sample, "input.json");
                return new(Path.Combine(sample, "definition.json"), File.Exists(input) ? input : null, PackagesOf(at.FullName));
            }
        }

        return null;
    }

    // src/<project>/bin/<configuration>.
    private static string? PackagesOf(string root) =>
        (from source in Subfolders(root, "src")
         from project in source.EnumerateDirectories()
         from output in Subfolders(project.FullName, "bin")
         from configuration in output.EnumerateDirectories()
         from package in configuration.EnumerateFiles(Pattern)
         orderby package.LastWriteTimeUtc descending
         select configuration.FullName).FirstOrDefault();

    private static IEnumerable<DirectoryInfo> Subfolders(string folder, string name) => new DirectoryInfo(Path.Combine(folder, name)) is { Exists: true } found ? [found] : [];
}
