using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Installing;

/// <summary>Refuses a package whose entries could write outside its folder or fill the disk.</summary>
internal static class PackageCheck
{
    /// <summary>Size of a manifest; the largest of ours has 40 KB.</summary>
    public const int MaxManifestBytes = 4 << 20;

    private const long SmallFile = 1 << 20;
    private const int MaxPath = 240;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:*?\"<>|");

    public static Failure? Entries(ZipArchive archive, long packageBytes, PluginOptions options)
    {
        if (archive.Entries.Count > options.MaxEntries)
        {
            return PluginFailures.TooManyEntries(options.MaxEntries);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var files = new List<string>();
        long total = 0;
        foreach (var entry in archive.Entries)
        {
            if (!IsSafe(entry.FullName))
            {
                return PluginFailures.UnsafePath(entry.FullName);
            }

            var key = Key(entry.FullName);
            if (!seen.Add(key))
            {
                return PluginFailures.DuplicatePath(entry.FullName);
            }

            if (!entry.FullName.EndsWith('/'))
            {
                files.Add(key);
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

        // A file that another entry takes for its folder.
        var folders = seen.SelectMany(Folders).ToHashSet(StringComparer.Ordinal);
        return files.Find(folders.Contains) is { } both ? PluginFailures.DuplicatePath(both)
            : total > SmallFile && total / Math.Max(packageBytes, 1) > options.MaxRatio ? PluginFailures.RatioTooHigh("", options.MaxRatio)
            : null;
    }

    /// <summary>True for what Windows takes for a device: <c>con.txt</c> is the console, in every folder.</summary>
    public static bool IsDevice(string part)
    {
        var dot = part.IndexOf('.', StringComparison.Ordinal);
        var name = (dot < 0 ? part : part[..dot]).TrimEnd().ToUpperInvariant();
        return name is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || (name.Length == 4 && (name[..3] is "COM" or "LPT") && (char.IsAsciiDigit(name[3]) || name[3] is '¹' or '²' or '³'));
    }

    // Names that a file system without regard to case or to forms of Unicode takes for one.
    private static string Key(string path) => path.TrimEnd('/').Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }

    private static bool IsSafe(string path)
    {
        if (path.Length is 0 or > MaxPath || path[0] == '/' || path.AsSpan().ContainsAny(Forbidden) || path.Any(IsInvisible) || !path.IsNormalized())
        {
            return false;
        }

        foreach (var part in path.TrimEnd('/').Split('/'))
        {
            // Windows drops trailing dots and blanks, so that "x. " and "x" would be one file.
            if (part.Length == 0 || part is "." or ".." || part[^1] is '.' or ' ' || IsDevice(part))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True for zero-width characters and changes of direction, which make one name look like another, and for what lies beyond the basic plane: no name that we know.</summary>
    public static bool IsInvisible(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
}
