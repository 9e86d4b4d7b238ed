namespace IndustryBrain.Cli.Hosts;

/// <summary>The program IndustryBrain.Host on this machine.</summary>
internal static class HostProgramFile
{
    /// <summary>Path of the host program.</summary>
    public const string Variable = "IB_HOST_PROGRAM";

    /// <summary>The program of <see cref="Variable"/>, or the one that was unpacked with <c>brain</c>; null when there is none.</summary>
    public static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "IndustryBrain.Host.exe" : "IndustryBrain.Host";
        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given
            : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "host", name)) is var beside && File.Exists(beside) ? beside
            : null;
    }

    /// <summary>Program and arguments that start it.</summary>
    public static (string Program, IReadOnlyList<string> Arguments) Command(string program, IReadOnlyList<string> arguments) =>
        program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ("dotnet", [program, .. arguments]) : (program, arguments);
}
