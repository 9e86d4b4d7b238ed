using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace IndustryBrain.Plugins.Loading;

/// <summary>Where in a vendor's source something happened: known of a plugin that was built for debugging and carries its symbols.</summary>
internal static partial class SourcePlace
{
    /// <summary>True when an assembly was built for debugging: only then is the price of looking paid.</summary>
    public static bool IsKnown(Assembly plugin) => plugin.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    /// <summary>The line of the plugin that is being executed on this thread, as <c>path:line</c>; null when it cannot be told.</summary>
    public static string? OfCaller(Assembly plugin)
    {
        foreach (var frame in new StackTrace(fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetFileName() is { } file && frame.GetMethod()?.DeclaringType?.Assembly == plugin)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{file}:{frame.GetFileLineNumber()}");
            }
        }

        return null;
    }

    /// <summary>The innermost line of the plugin in the text of an exception; the platform's own frames are passed over.</summary>
    public static string? OfException(string details)
    {
        foreach (Match frame in Frame().Matches(details))
        {
            if (!frame.Groups["method"].Value.StartsWith("IndustryBrain.Sdk.", StringComparison.Ordinal))
            {
                return $"{frame.Groups["file"].Value}:{frame.Groups["line"].Value}";
            }
        }

        return null;
    }

    [GeneratedRegex(@"^ +at (?<method>.*) in (?<file>.+):line (?<line>\d+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Frame();
}
