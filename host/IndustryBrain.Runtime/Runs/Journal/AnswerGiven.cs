using System.Text.Json;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>The run answered the HTTP request that it serves. Only the first answer to a request counts.</summary>
/// <param name="EndpointStepId">The step that took the request; null for the request that started the run.</param>
/// <param name="StatusCode">The status code.</param>
/// <param name="ContentType">The content type, or null for none.</param>
/// <param name="Headers">The headers: an object of a text or a list of texts each; null for none.</param>
/// <param name="Content">The content: a text, or JSON to be written; null for none.</param>
/// <param name="At">When.</param>
public sealed record AnswerGiven(string? EndpointStepId, int StatusCode, string? ContentType, JsonElement? Headers, JsonElement? Content, DateTimeOffset At)
{
    /// <summary>The files to send in place of a content.</summary>
    public IReadOnlyList<JsonElement> Files { get; init; } = [];

    /// <summary>Name of the file, or null.</summary>
    public string? FileName { get; init; }

    /// <summary>Tag of what is sent, or null.</summary>
    public string? EntityTag { get; init; }

    /// <summary>True when parts of the file may be asked for.</summary>
    public bool AcceptsRanges { get; init; }
}
