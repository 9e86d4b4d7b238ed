using System.CommandLine;

namespace IndustryBrain.Cli.Keys;

/// <summary>The folder of those whom a person trusts, and of the keys that are revoked.</summary>
internal static class TrustFolder
{
    private static string Default => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "IndustryBrain", "trust");

    /// <summary>The option that names it.</summary>
    public static Option<string> Option() =>
        new("--trust") { Description = "信任文件夹：vendors、marketplaces、nuget、successions、revocations。Folder of those who are trusted.", DefaultValueFactory = _ => Default };
}
