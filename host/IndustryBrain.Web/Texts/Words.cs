using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Web.Texts;

internal static class Words
{
    /// <summary>Fills the places of a text in both languages; a value that is itself localized is taken in the same language.</summary>
    internal static LocalizedText With(this LocalizedText text, params object?[] values) => new(Fill(text.Zh, values, zh: true), EnglishCounts.Agree(Fill(text.En, values, zh: false)));

    private static string Fill(string format, object?[] values, bool zh) =>
        string.Format(CultureInfo.InvariantCulture, format, [.. values.Select(v => v is LocalizedText t ? (zh ? t.Zh : t.En) : v)]);
}
