namespace IndustryBrain.Plugins.Tabular;

/// <summary>Finds the delimiter of a text: the one that cuts most lines into the same number of cells.</summary>
internal static class Delimiters
{
    private const int Lines = 30;
    private static readonly char[] Candidates = [',', '\t', ';', '|', '，'];

    public static char Detect(string sample)
    {
        var counts = Candidates.ToDictionary(c => c, _ => new List<int>());
        var line = Candidates.ToDictionary(c => c, _ => 0);
        var quoted = false;
        var hasText = false;
        foreach (var c in sample.Append('\n'))
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '\n' && !quoted)
            {
                foreach (var candidate in Candidates)
                {
                    if (hasText)
                    {
                        counts[candidate].Add(line[candidate]);
                    }

                    line[candidate] = 0;
                }

                hasText = false;
                if (counts[','].Count == Lines)
                {
                    break;
                }
            }
            else if (!quoted && line.TryGetValue(c, out var count))
            {
                line[c] = count + 1;
            }

            hasText |= !char.IsWhiteSpace(c);
        }

        return Candidates.Select(c => (Delimiter: c, Score: Score(counts[c]))).Where(s => s.Score > 0).OrderByDescending(s => s.Score).Select(s => s.Delimiter).FirstOrDefault(',');
    }

    // Lines with the commonest count of this delimiter; a tab or semicolon in every line beats a comma in some.
    private static double Score(List<int> counts)
    {
        if (counts.Count == 0 || counts.GroupBy(c => c).OrderByDescending(g => g.Count()).First() is not { Key: > 0 } common)
        {
            return 0;
        }

        return (double)common.Count() / counts.Count + common.Key * 1e-4;
    }
}
