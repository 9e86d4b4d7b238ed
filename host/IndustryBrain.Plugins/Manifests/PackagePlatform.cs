using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IndustryBrain.Plugins.Manifests;

/// <summary>Which platforms the files of a package are for, named as .NET names them: <c>linux-x64</c>, <c>win-arm64</c>; or wider: <c>linux</c>, <c>unix</c>, <c>any</c>.</summary>
internal static partial class PackagePlatform
{
    private const string NativeFolder = "plugin/net10.0/runtimes/";

    /// <summary>This machine.</summary>
    public static string Current => RuntimeInformation.RuntimeIdentifier;

    /// <summary>True when it is the name of a platform.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>True when files for <paramref name="platform"/> run on this machine.</summary>
    public static bool IsOurs(string platform) => Covers(platform, Current);

    /// <summary>True when files for <paramref name="platform"/> run on <paramref name="machine"/>.</summary>
    public static bool Covers(string platform, string machine)
    {
        var system = machine[..machine.LastIndexOf('-')];
        return platform == "any" || platform == machine || platform == system
            || (!system.StartsWith("win", StringComparison.Ordinal) && (platform == "unix" || platform == "unix" + machine[system.Length..]));
    }

    /// <summary>True when an entry of a package is of use on this machine: all but native files of other platforms.</summary>
    public static bool IsWanted(string entry)
    {
        if (!entry.StartsWith(NativeFolder, StringComparison.Ordinal))
        {
            return true;
        }

        var platform = entry[NativeFolder.Length..].Split('/')[0];
        return !IsName(platform) || IsOurs(platform);
    }

    /// <summary>The platform that an assembly was published for, by its <c>.deps.json</c>; null when for all.</summary>
    public static IReadOnlyList<string>? Of(ReadOnlyMemory<byte> dependencies)
    {
        using var document = JsonDocument.Parse(dependencies);
        var target = document.RootElement.TryGetProperty("runtimeTarget", out var runtime) && runtime.TryGetProperty("name", out var name) ? name.GetString() : null;
        return target?.Split('/') is [_, var platform] ? [platform] : null;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9.]{0,30}(-[a-z0-9.]{1,20}){0,3}\z")]
    private static partial Regex Name();
}
