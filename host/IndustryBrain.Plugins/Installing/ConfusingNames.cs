using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Installing;

/// <summary>Refuses a plugin whose name people would take for that of another one: by look-alike letters, separators and case, or by one slip of the finger.</summary>
internal static class ConfusingNames
{
    /// <summary>First part of the ids of the platform's own plugins, and the name of their vendor.</summary>
    private const string Platform = "IndustryBrain";

    // Shorter names lie too close to each other for one letter to mean anything.
    private const int ShortestForSlips = 8;

    // Letters of other scripts, and below each the one that it looks like.
    private const string Foreign = "аеорсухіјѕԁһкмнтвαορνικτυχεβη";
    private const string Familiar = "aeopcyxijsdhkmhtbaopviktuxebn";

    /// <summary>IB1185 when id, prefix or vendor of <paramref name="manifest"/> resembles one of another plugin among <paramref name="known"/>.</summary>
    /// <param name="manifest">The plugin.</param>
    /// <param name="known">The others.</param>
    /// <param name="accepted">Ids that may resemble others.</param>
    /// <param name="isVouched">True when more than its own word says whose it is.</param>
    public static Failure? Check(PluginManifest manifest, IEnumerable<PluginManifest> known, ICollection<string> accepted, bool isVouched)
    {
        if (accepted.Contains(manifest.Id))
        {
            return null;
        }

        if (OfPlatform(manifest, accepted, isVouched) is { } ours)
        {
            return ours;
        }

        foreach (var other in known.Where(other => other.Id != manifest.Id))
        {
            if (AreConfusing(manifest.Id, other.Id))
            {
                return TrustFailures.NameConfusing(manifest.Id, other.Id);
            }

            if (manifest.Prefix != other.Prefix && AreConfusing(manifest.Prefix, other.Prefix))
            {
                return TrustFailures.NameConfusing(manifest.Prefix, other.Prefix);
            }

            if (manifest.Vendor != other.Vendor && Skeleton(manifest.Vendor) == Skeleton(other.Vendor))
            {
                return TrustFailures.NameConfusing(manifest.Vendor, other.Vendor);
            }
        }

        return null;
    }

    /// <summary>IB1185 when an id begins as those of the platform do, or its vendor has the platform's name, or nearly so, and it is not the platform's: by its vendor's name, and by more than that.</summary>
    public static Failure? OfPlatform(PluginManifest manifest, ICollection<string> accepted, bool isVouched) =>
        accepted.Contains(manifest.Id) || (isVouched && manifest.Vendor == Platform) ? null
        : IsOfPlatform(manifest.Id) ? TrustFailures.NameConfusing(manifest.Id, Platform)
        : Skeleton(manifest.Vendor) == Skeleton(Platform) ? TrustFailures.NameConfusing(manifest.Vendor, Platform)
        : null;

    /// <summary>True when the first part of an id is that of the platform's own plugins, or reads like it.</summary>
    public static bool IsOfPlatform(string id) => Skeleton(id.Split('.')[0]) == Skeleton(Platform);

    /// <summary>True when two different names read alike.</summary>
    public static bool AreConfusing(string one, string other)
    {
        if (Skeleton(one) == Skeleton(other))
        {
            return true;
        }

        var (left, right) = (Plain(one), Plain(other));
        return Math.Min(left.Length, right.Length) >= ShortestForSlips && Letters(left) != Letters(right) && IsOneSlip(left, right);
    }

    private static string Plain(string name) => string.Concat(name.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(char.IsLetterOrDigit).Select(Latin));

    private static char Latin(char letter) => Foreign.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? Familiar[at] : letter;

    private static string Letters(string plain) => plain.TrimEnd("0123456789".ToCharArray());

    // What looks alike in common fonts becomes the same letter.
    private static string Skeleton(string name) => Plain(name)
        .Replace("rn", "m", StringComparison.Ordinal)
        .Replace("vv", "w", StringComparison.Ordinal)
        .Replace('0', 'o').Replace('1', 'l').Replace('i', 'l').Replace('5', 's').Replace('8', 'b');

    // One letter more, less, other, or two neighbours swapped.
    private static bool IsOneSlip(string one, string other)
    {
        if (one.Length > other.Length)
        {
            (one, other) = (other, one);
        }

        var start = 0;
        while (start < one.Length && one[start] == other[start])
        {
            start++;
        }

        var end = 0;
        while (end < one.Length - start && one[^(end + 1)] == other[^(end + 1)])
        {
            end++;
        }

        var (left, right) = (one[start..^end], other[start..^end]);
        return (left.Length, right.Length) is (0, 1) or (1, 1)
            || (left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0]);
    }
}
