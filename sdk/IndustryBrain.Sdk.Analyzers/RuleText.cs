using System.Globalization;
using IndustryBrain.Sdk;
using Microsoft.CodeAnalysis;

namespace IndustryBrain.Sdk.Analyzers;

/// <summary>A text in the language of whoever reads it.</summary>
internal sealed class RuleText(LocalizedText text) : LocalizableString
{
    protected override string GetText(IFormatProvider? formatProvider) =>
        (formatProvider as CultureInfo ?? CultureInfo.InvariantCulture) is var culture && culture.TwoLetterISOLanguageName == "zh" ? text.Zh : text.En;

    protected override int GetHash() => text.GetHashCode();

    protected override bool AreEqual(object? other) => other is RuleText && other.GetHashCode() == GetHash();
}
