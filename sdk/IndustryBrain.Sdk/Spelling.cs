namespace IndustryBrain.Sdk;

/// <summary>Finds what somebody may have meant by a name that is not known.</summary>
public static class Spelling
{
    /// <summary>The known names nearest to the text: those that differ in case or in few characters, or of which one holds the other.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="known">What exists.</param>
    /// <param name="most">How many to give at most.</param>
    /// <returns>The nearest first; empty when none is near.</returns>
    public static IReadOnlyList<string> Nearest(string? text, IEnumerable<string> known, int most = 3)
    {
        ArgumentNullException.ThrowIfNull(known);
        var wanted = text?.Trim() ?? "";
        if (wanted.Length is 0 or > 100)
        {
            return [];
        }

        var allowed = Math.Max(1, wanted.Length / 3);
        return
        [
            .. known.Distinct(StringComparer.Ordinal)
                .Select(name => (Name: name, Distance: Distance(wanted, name)))
                .Where(n => n.Distance <= allowed && n.Distance < Math.Max(wanted.Length, n.Name.Length))
                .OrderBy(n => n.Distance).ThenBy(n => n.Name.Length).ThenBy(n => n.Name, StringComparer.Ordinal)
                .Select(n => n.Name)
                .Take(most),
        ];
    }

    // Changes, insertions and deletions; case alone costs nothing, a name within the other costs one.
    private static int Distance(string a, string b)
    {
        if (Math.Min(a.Length, b.Length) >= 2 && (a.Contains(b, StringComparison.OrdinalIgnoreCase) || b.Contains(a, StringComparison.OrdinalIgnoreCase)))
        {
            return string.Equals(a, b, StringComparison.OrdinalIgnoreCase) ? 0 : 1;
        }

        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
