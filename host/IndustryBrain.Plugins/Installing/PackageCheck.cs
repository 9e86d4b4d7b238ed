using System.IO.Compression;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Installing;

/// <summary>Refuses a package whose entries could write outside its folder or fill the disk.</summary>
internal static class PackageCheck
{
    /// <summary>Size of a manifest; the largest of ours has 40 KB.</summary>
    public const int MaxManifestBytes = 4 << 20;

    private const long SmallFile = 1 << 20;

    public static Failure? Entries(ZipArchive archive, long packageBytes, PluginOptions options)
    {
        if (archive.Entries.Count > options.MaxEntries)
        {
            return PluginFailures.TooManyEntries(options.MaxEntries);
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        long total = 0;
        foreach (var entry in archive.Entries)
        {
            if (!IsSafe(entry.FullName))
            {
                return PluginFailures.UnsafePath(entry.FullName);
            }

            if (!seen.Add(entry.FullName.TrimEnd('/')))
            {
                return PluginFailures.DuplicatePath(entry.FullName);
            }

            // Upper half: the Unix mode; 0xA000 is a symbolic link, 0 none given, 0x8000 a file, 0x4000 a folder.
            if (((entry.ExternalAttributes >> 16) & 0xF000) is not (0 or 0x8000 or 0x4000) || (entry.ExternalAttributes & (int)FileAttributes.ReparsePoint) != 0)
            {
                return PluginFailures.Link(entry.FullName);
            }

            total += entry.Length;
            if (total > options.MaxUnpackedBytes)
            {
                return PluginFailures.UnpackedTooLarge(options.MaxUnpackedBytes);
            }

            if (entry.Length > SmallFile && entry.Length / Math.Max(entry.CompressedLength, 1) > options.MaxRatio)
            {
                return PluginFailures.RatioTooHigh(entry.FullName, options.MaxRatio);
            }
        }

        return total > SmallFile && total / Math.Max(packageBytes, 1) > options.MaxRatio ? PluginFailures.RatioTooHigh("", options.MaxRatio) : null;
    }

    private static bool IsSafe(string path)
    {
        if (path.Length == 0 || path[0] == '/' || path.AsSpan().ContainsAny('\\', ':', '\0') || path.AsSpan().ContainsAnyInRange('\u0001', '\u001f'))
        {
            return false;
        }

        foreach (var part in path.TrimEnd('/').Split('/'))
        {
            // Windows drops trailing dots and blanks, so that "x. " and "x" would be one file.
            if (part.Length == 0 || part is "." or ".." || part[^1] is '.' or ' ')
            {
                return false;
            }
        }

        return true;
    }
}
