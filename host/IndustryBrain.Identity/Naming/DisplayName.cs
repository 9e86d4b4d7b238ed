using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using IndustryBrain.Sdk;

namespace IndustryBrain.Identity.Naming;

/// <summary>Names that people give and read: what may stand in one, and which two a reader would take for the same.</summary>
public static class DisplayName
{
    /// <summary>Characters of a name at most.</summary>
    public const int Longest = 80;

    // What is drawn as a Latin letter in most fonts, after lower-casing (Unicode TR 39, the letters that keyboards have).
    private static readonly FrozenDictionary<char, char> Alike = new Dictionary<char, char>
    {
        ['а'] = 'a',
        ['в'] = 'b',
        ['с'] = 'c',
        ['е'] = 'e',
        ['н'] = 'h',
        ['і'] = 'l',
        ['ј'] = 'j',
        ['к'] = 'k',
        ['м'] = 'm',
        ['о'] = 'o',
        ['р'] = 'p',
        ['ѕ'] = 's',
        ['т'] = 't',
        ['у'] = 'y',
        ['х'] = 'x',
        ['һ'] = 'h',
        ['ԁ'] = 'd',
        ['α'] = 'a',
        ['β'] = 'b',
        ['ε'] = 'e',
        ['η'] = 'n',
        ['ι'] = 'l',
        ['κ'] = 'k',
        ['μ'] = 'm',
        ['ν'] = 'v',
        ['ο'] = 'o',
        ['ρ'] = 'p',
        ['τ'] = 't',
        ['υ'] = 'u',
        ['χ'] = 'x',
        ['ζ'] = 'z',
        ['0'] = 'o',
        ['1'] = 'l',
        ['i'] = 'l',
        ['|'] = 'l',
        ['ı'] = 'l',
    }.ToFrozenDictionary();

    /// <summary>The name in composed form, or IB4064: empty, too long, without a letter or digit, or with characters that cannot be seen.</summary>
    public static Result<string> Read(string? text, string where)
    {
        var name = text?.Trim() ?? "";
        return name.Length is > 0 and <= Longest && IsVisible(name) && name.EnumerateRunes().Any(Rune.IsLetterOrDigit)
            ? name.Normalize(NormalizationForm.FormC)
            : NameFailures.Invalid(where, Longest);
    }

    /// <summary>What two names have in common that a reader would take for the same: width, case, accents, separators and letters that look alike are folded (NFKC first).</summary>
    public static string Fold(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var folded = new StringBuilder(name.Length);
        foreach (var character in name.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Normalize(NormalizationForm.FormKD))
        {
            var alike = Alike.TryGetValue(character, out var latin) ? latin : character;
            if (char.IsLetterOrDigit(alike) || char.IsSurrogate(alike))
            {
                folded.Append(alike);
            }
        }

        return folded.ToString();
    }

    private static bool IsVisible(string name) => name.EnumerateRunes().All(rune =>
        rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate));
}
