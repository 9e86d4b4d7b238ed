using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Capabilities.Folders;

/// <summary>Names of files in a plugin's folder: they mean the same on every system, and nothing else on any: no drive, no stream, no device, no dot at an end.</summary>
internal static class FolderFileName
{
    /// <summary>Characters at most.</summary>
    public const int MaxLength = 200;

    private const int MaxDepth = 8;

    /// <summary>What is said of a name that is none.</summary>
    public static LocalizedText Rule { get; } = new("文件名由字母、数字、横线、下划线、点和空格组成，以 / 分隔", "a file name has letters, digits, hyphens, underscores, dots and blanks, its parts separated by /");

    public static bool IsValid(string? name)
    {
        if (name is null or { Length: 0 or > MaxLength })
        {
            return false;
        }

        var parts = name.Split('/');
        return parts.Length <= MaxDepth && parts.All(part =>
            part.Length > 0 && part[0] is not (' ' or '.') && part[^1] is not (' ' or '.')
            && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ' ')
            && !IsDevice(part.Split('.')[0].TrimEnd()));
    }

    private static bool IsDevice(string stem) =>
        stem.Equals("CON", StringComparison.OrdinalIgnoreCase) || stem.Equals("PRN", StringComparison.OrdinalIgnoreCase)
        || stem.Equals("AUX", StringComparison.OrdinalIgnoreCase) || stem.Equals("NUL", StringComparison.OrdinalIgnoreCase)
        || (stem.Length == 4 && char.IsAsciiDigit(stem[3]) && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)));
}
