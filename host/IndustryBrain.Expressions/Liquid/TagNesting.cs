using System.Collections.Frozen;

namespace IndustryBrain.Expressions.Liquid;

/// <summary>Counts how deeply the tags of a template nest, without parsing it: its parser can be killed by the text it reads.</summary>
internal static class TagNesting
{
    private static readonly FrozenSet<string> Blocks = new[] { "if", "unless", "case", "for", "tablerow", "capture", "comment", "raw", "ifchanged" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The greatest depth of tags that have an end; those in texts and comments count too.</summary>
    public static int Depth(ReadOnlySpan<char> source)
    {
        var (depth, deepest) = (0, 0);
        while (source.IndexOf("{%") is var start and >= 0)
        {
            source = source[(start + 2)..].TrimStart('-').TrimStart();
            var length = source.IndexOfAnyExceptInRange('a', 'z');
            var name = length < 0 ? source : source[..length];
            if (Blocks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
                deepest = Math.Max(deepest, ++depth);
            else if (name.StartsWith("end") && depth > 0)
                depth--;
        }

        return deepest;
    }
}
