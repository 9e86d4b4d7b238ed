using System.Reflection;

namespace IndustryBrain.Plugins.Tests;

/// <summary>What the build has made: real packages and the real program.</summary>
internal static class Built
{
    public static string Brain => Metadata("BrainProgram");

    public static string ForecastingPackage => Directory.GetFiles(Path.Combine(Metadata("RepositoryRoot"), "artifacts", "plugins"), "IndustryBrain.Forecasting.*.nupkg").Single();

    public static string RepositoryRoot => Metadata("RepositoryRoot");

    /// <summary>The package of a plugin that comes with the platform.</summary>
    public static string Package(string name) => Directory.GetFiles(Path.Combine(RepositoryRoot, "artifacts", "plugins"), $"IndustryBrain.{name}.*.nupkg").Single();

    /// <summary>Output folder of a plugin among the samples.</summary>
    public static string Sample(string name) => Path.Combine(Metadata("RepositoryRoot"), "tests", "Samples", name, "bin", Metadata("Configuration"), "net10.0");

    private static string Metadata(string name) => typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;
}
