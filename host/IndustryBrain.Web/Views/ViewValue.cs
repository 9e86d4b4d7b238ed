using System.Text.Json;
using IndustryBrain.Sdk.Views;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Views;

/// <summary>A value as a view shows it: a word with a tone, or the value itself.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Tone">neutral, info, success, warning or error; null for a plain value.</param>
internal sealed record ViewValue(string Text, string? Tone)
{
    private static readonly string[] Tones = ["neutral", "info", "success", "warning", "error"];

    internal static ViewValue Of(JsonElement value, string? format, IReadOnlyList<ValueLabel> labels)
    {
        var key = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return labels.FirstOrDefault(l => l.Value == key) is { } label
            ? new(label.Text.ToString(), ToneOf(label.Tone))
            : new(NumberText.Of(value, format), null);
    }

    // The tone is a plugin's text and becomes part of a class name: only the known ones pass.
    internal static string ToneOf(string? tone) => Tones.Contains(tone) ? tone! : "neutral";
}
