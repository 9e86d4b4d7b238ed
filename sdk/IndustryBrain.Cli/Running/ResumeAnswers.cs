using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace IndustryBrain.Cli.Running;

/// <summary>What to resume bookmarks with, by name; a bookmark without an answer is resumed with nothing.</summary>
/// <param name="Events">Payloads of events by name.</param>
/// <param name="Tasks">Results of tasks by name.</param>
internal sealed record ResumeAnswers(JsonElement? Events, JsonElement? Tasks)
{
    public static ResumeAnswers None { get; } = new(null, null);

    /// <summary>Reads <c>{"events":{NAME:payload},"tasks":{NAME:result}}</c>; both may be absent or null, anything else is no answer.</summary>
    public static bool Of(JsonElement json, [NotNullWhen(true)] out ResumeAnswers? answers)
    {
        answers = TryMember(json, "events", out var events) && TryMember(json, "tasks", out var tasks) ? new ResumeAnswers(events, tasks) : null;
        return answers is not null;
    }

    public JsonElement? Event(string? name) => Find(Events, name);

    public JsonElement? Task(string? name) => Find(Tasks, name);

    private static JsonElement? Find(JsonElement? answers, string? name) =>
        name is not null && answers is { } all && all.TryGetProperty(name, out var found) ? found : null;

    private static bool TryMember(JsonElement json, string name, out JsonElement? value)
    {
        value = json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
        return value is null or { ValueKind: JsonValueKind.Object };
    }
}
