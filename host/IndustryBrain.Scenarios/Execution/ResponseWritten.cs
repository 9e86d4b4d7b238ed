using System.Text.Json;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>A step answered the HTTP request that the run serves. Only the first answer counts.</summary>
/// <param name="StepId">Its id.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="At">When.</param>
/// <param name="StatusCode">The status code.</param>
/// <param name="ContentType">The content type, or null for none.</param>
/// <param name="Headers">The headers: an object of a text or a list of texts each; null for none.</param>
/// <param name="Content">The content: a text, or JSON to be written; null for none.</param>
public sealed record ResponseWritten(string StepId, string NodeId, DateTimeOffset At, int StatusCode, string? ContentType, JsonElement? Headers, JsonElement? Content) : ExecutionEvent(At)
{
    /// <summary>The files to send in place of a content, each a text in Base64 or a reference to a file; more than one as an archive.</summary>
    public IReadOnlyList<JsonElement> Files { get; init; } = [];

    /// <summary>Name of the file, or null.</summary>
    public string? FileName { get; init; }

    /// <summary>Tag of what is sent, or null.</summary>
    public string? EntityTag { get; init; }

    /// <summary>True when parts of the file may be asked for.</summary>
    public bool AcceptsRanges { get; init; }
}
