using System.Text.Encodings.Web;
using System.Text.Json;

namespace IndustryBrain.Web.Forms;

/// <summary>What a person entered and has not sent, as the browser's tab keeps it.</summary>
/// <param name="Value">The value of the form.</param>
/// <param name="FileNames">Names of the files it refers to, by their id.</param>
internal sealed record FormDraft(JsonElement Value, IReadOnlyDictionary<string, string> FileNames)
{
    // A tab keeps some five million characters.
    private const int LongestText = 4_000_000;
    private static readonly JsonSerializerOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As text; null when it is too long to keep.</summary>
    internal static string? Write(JsonElement value, IReadOnlyDictionary<string, string> fileNames) =>
        JsonSerializer.Serialize(new FormDraft(value, fileNames), Short) is { Length: <= LongestText } text ? text : null;

    /// <summary>The draft, or null when there is none that can be read.</summary>
    internal static FormDraft? Read(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            return JsonSerializer.Deserialize<FormDraft>(text) is { FileNames: not null } draft ? draft : null;
        }
        catch (JsonException)
        {
            // Written by another version of the page.
            return null;
        }
    }
}
