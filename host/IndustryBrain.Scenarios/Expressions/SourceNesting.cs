namespace IndustryBrain.Scenarios.Expressions;

/// <summary>Counts how deeply a source nests, without parsing it: a parser can be killed by the text it reads.</summary>
public static class SourceNesting
{
    /// <summary>
    /// The greatest depth of brackets, or a bound on what else makes a parser recurse (runs of unary operators, of chained
    /// conditionals and arrows). Brackets in texts and comments count too: the answer errs on the high side.
    /// </summary>
    public static int Depth(ReadOnlySpan<char> source)
    {
        int depth = 0, deepest = 0, prefixes = 0, rightward = 0;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            switch (c)
            {
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth = Math.Max(0, depth - 1);
                    break;
                case '?' or '>' when c == '?' ? Next(source, i) is not ('?' or '.') && Previous(source, i) != '?' : Previous(source, i) == '=':
                    rightward++;
                    break;
                case ';' or '\n':
                    rightward = 0;
                    break;
                default:
                    break;
            }

            // Operators that follow each other with nothing between them are parsed recursively.
            if (c is '!' or '~' or '-' or '+')
                prefixes++;
            else if (!char.IsWhiteSpace(c))
                prefixes = 0;
            deepest = Math.Max(deepest, Math.Max(depth, Math.Max(prefixes, rightward)));
        }

        return deepest;
    }

    private static char Next(ReadOnlySpan<char> source, int i) => i + 1 < source.Length ? source[i + 1] : '\0';

    private static char Previous(ReadOnlySpan<char> source, int i) => i > 0 ? source[i - 1] : '\0';
}
