using System.Text.Json;

namespace IndustryBrain.Cli.Running;

/// <summary>What to resume bookmarks with, by name; a bookmark without an answer is resumed with nothing.</summary>
/// <param name="Events">Payloads of events by name.</param>
/// <param name="Tasks">Results of tasks by name.</param>
internal sealed record ResumeAnswers(JsonElement? Events, JsonElement? Tasks)
{
    public static ResumeAnswers None { get; } = new(null, null);

    /// <summary>Reads <c>{"events":{NAME:payload},"tasks":{NAME:result}}</c>; both may be absent.</summary>
    public static ResumeAnswers Of(JsonElement json) => new(Member(json, "events"), Member(json, "tasks"));

    public JsonElement? Event(string? name) => Find(Events, name);

    public JsonElement? Task(string? name) => Find(Tasks, name);

    private static JsonElement? Find(JsonElement? answers, string? name) =>
        name is not null && answers is { } all && all.TryGetProperty(name, out var found) ? found : null;

    private static JsonElement? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;
}
