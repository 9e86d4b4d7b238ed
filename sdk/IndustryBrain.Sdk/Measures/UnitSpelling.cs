using System.Text;

namespace IndustryBrain.Sdk.Measures;

/// <summary>Makes comparable how units are typed, and finds what was meant by one that is unknown.</summary>
internal static class UnitSpelling
{
    /// <summary>Full-width forms, raised digits and the signs of squares and cubes as plain characters: m³ is m3, ㎡ is m2.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
        {
            _ = c switch
            {
                '²' => plain.Append('2'),
                '³' => plain.Append('3'),
                '⁴' => plain.Append('4'),
                '⁸' => plain.Append('8'),
                '㎡' => plain.Append("m2"),
                '㎥' => plain.Append("m3"),
                '㎏' => plain.Append("kg"),
                '㎜' => plain.Append("mm"),
                '㎞' => plain.Append("km"),
                '⋅' or '•' or '×' => plain.Append('.'),
                >= '\uFF01' and <= '\uFF5E' => plain.Append((char)(c - 0xFEE0)),
                _ => plain.Append(c),
            };
        }

        return plain.ToString();
    }

    /// <summary>The known units that are spelt most like <paramref name="unknown"/>, those that fit <paramref name="wanted"/> first.</summary>
    public static IReadOnlyList<string> Nearest(string unknown, Unit? wanted) =>
        [.. Spelling.Nearest(unknown, UnitTable.Usual, most: 6).OrderBy(s => wanted is not null && UnitParser.Parse(s)?.IsCommensurableWith(wanted) == true ? 0 : 1).Take(3)];
}
