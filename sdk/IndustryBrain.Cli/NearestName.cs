namespace IndustryBrain.Cli;

/// <summary>Which name somebody meant who mistyped one.</summary>
internal static class NearestName
{
    private const int MostEdits = 2;

    /// <summary>The name with the fewest edits, at most two and fewer than it has letters; null when none is near.</summary>
    public static string? To(string given, IEnumerable<string> names) =>
        names.Select(name => (Name: name, Edits: Edits(given, name))).Where(name => name.Edits <= MostEdits && name.Edits < given.TrimStart('-').Length).OrderBy(name => name.Edits).ThenBy(name => name.Name, StringComparer.Ordinal).FirstOrDefault().Name;

    // Inserted, left out, replaced, or two letters exchanged.
    private static int Edits(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var replaced = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];
    }
}
