using System.Globalization;

namespace IndustryBrain.Plugins.Loading;

/// <summary>Orders semantic versions by precedence: a pre-release stands before its release.</summary>
internal sealed class VersionOrder : IComparer<string>
{
    public static VersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, leftSuffix) = Split(x ?? "");
        var (right, rightSuffix) = Split(y ?? "");
        var order = left.CompareTo(right);
        return order != 0 ? order
            : leftSuffix.Length == 0 || rightSuffix.Length == 0 ? rightSuffix.Length.CompareTo(leftSuffix.Length)
            : CompareSuffixes(leftSuffix.Split('.'), rightSuffix.Split('.'));
    }

    private static (Version Core, string Suffix) Split(string version)
    {
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        return (Version.TryParse(dash < 0 ? version : version[..dash], out var core) ? core : new Version(0, 0), dash < 0 ? "" : version[(dash + 1)..]);
    }

    private static int CompareSuffixes(string[] left, string[] right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var leftIsNumber = long.TryParse(left[i], NumberStyles.None, CultureInfo.InvariantCulture, out var l);
            var rightIsNumber = long.TryParse(right[i], NumberStyles.None, CultureInfo.InvariantCulture, out var r);
            var order = leftIsNumber && rightIsNumber ? l.CompareTo(r)
                : leftIsNumber != rightIsNumber ? (leftIsNumber ? -1 : 1)
                : string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
