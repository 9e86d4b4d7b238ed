using System.Globalization;

namespace IndustryBrain.Sdk;

/// <summary>One text in the platform's two languages, Chinese first.</summary>
/// <param name="Zh">The Chinese text.</param>
/// <param name="En">The English text.</param>
public sealed record LocalizedText(string Zh, string En)
{
    /// <summary>The text in the language of <paramref name="culture"/>: English for any English culture, else Chinese.</summary>
    public string In(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "en" ? En : Zh;
    }

    /// <summary>A text that reads the same in both languages, such as a code or a name.</summary>
    public static LocalizedText Same(string text) => new(text, text);

    /// <summary>The text in the current UI language.</summary>
    public override string ToString() => In(CultureInfo.CurrentUICulture);
}
