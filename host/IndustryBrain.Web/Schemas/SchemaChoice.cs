using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Web.Schemas;

/// <summary>One value of an enumeration and its word.</summary>
/// <param name="Value">The value in the JSON.</param>
/// <param name="Label">The word.</param>
public sealed record SchemaChoice(JsonElement Value, LocalizedText Label)
{
    /// <summary>The value as text, for a form's option.</summary>
    public string Key => KeyOf(Value);

    /// <summary>A value as text, to be compared with <see cref="Key"/>.</summary>
    internal static string KeyOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
