namespace IndustryBrain.Cli.Packing;

/// <summary>What a folder holds, by the files that the build looks for.</summary>
internal static class ProjectFolder
{
    /// <summary>True when a project or a solution stands in it.</summary>
    public static bool HasProject(string folder) => Directory.EnumerateFiles(folder).Any(file => Path.GetExtension(file) is ".slnx" or ".sln" || file.EndsWith("proj", StringComparison.OrdinalIgnoreCase));
}
