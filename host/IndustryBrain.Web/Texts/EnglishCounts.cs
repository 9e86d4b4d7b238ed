using System.Text.RegularExpressions;

namespace IndustryBrain.Web.Texts;

/// <summary>Counted nouns of English sentences agree with their number: texts are written for many, and one of a thing is said as one.</summary>
public static partial class EnglishCounts
{
    /// <summary>The sentence with "1 values" as "1 value"; a part of a number, such as the 1 of 2.1 or of 2–1, is left alone.</summary>
    public static string Agree(string sentence) => OneOfMany().Replace(sentence, "1 $1");

    [GeneratedRegex(@"(?<![\w.,–-])1 (value|member|item|point|row|character|error|warning|note|run)s\b")]
    private static partial Regex OneOfMany();
}
