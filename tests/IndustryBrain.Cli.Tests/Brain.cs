namespace IndustryBrain.Cli.Tests;

/// <summary>The program as the build made it.</summary>
internal static class Brain
{
    public static string Folder => AppContext.BaseDirectory;

    public static Task<CommandLine.Ended> RunAsync(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        CommandLine.RunAsync("dotnet", [Path.Combine(Folder, "brain.dll"), .. arguments], folder, environment, TestContext.Current.CancellationToken);
}
