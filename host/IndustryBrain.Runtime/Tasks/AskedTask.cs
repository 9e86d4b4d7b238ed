using System.Globalization;
using System.Text.Json;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Tasks;

/// <summary>What a run asks people, as the step said it; kept with the task.</summary>
/// <param name="Title">What is to be done.</param>
/// <param name="Description">More about it, or empty.</param>
/// <param name="NodeId">The node that asks.</param>
/// <param name="Schema">JSON Schema of the data that a decision carries; null when it carries none.</param>
/// <param name="Data">What whoever decides is shown; null for nothing.</param>
/// <param name="Outcomes">The decisions to choose from.</param>
/// <param name="Quorum">Number of persons who have to decide alike.</param>
/// <param name="Voters">Number of persons who decide at most, or null; when they have and no outcome has its quorum, the outcome is NoQuorum.</param>
/// <param name="FourEyes">True when whoever started the run may not decide.</param>
/// <param name="RemindEvery">How often is reminded, or null.</param>
/// <param name="EscalateAt">From when the role <paramref name="EscalateTo"/> may decide, too; or null.</param>
/// <param name="EscalateTo">That role.</param>
/// <param name="StartedBy">Who started the run.</param>
internal sealed record AskedTask(
    string Title,
    string Description,
    string NodeId,
    JsonElement? Schema,
    JsonElement? Data,
    IReadOnlyList<string> Outcomes,
    int Quorum,
    int? Voters,
    bool FourEyes,
    TimeSpan? RemindEvery,
    DateTimeOffset? EscalateAt,
    string? EscalateTo,
    Actor StartedBy)
{
    /// <summary>What waits is of this kind.</summary>
    public const string Kind = "IndustryBrain.HumanTask";

    private static readonly TimeSpan ShortestReminder = TimeSpan.FromMinutes(1);
    private static readonly string[] UsualOutcomes = ["Approved", "Rejected"];

    /// <summary>The task of a step that waits for people.</summary>
    public static OpenedTask Of(Bookmark bookmark, RunRecord run)
    {
        var payload = Storable.Clean(bookmark.Payload ?? default, Storable.MaxDepth + 1);
        var outcomes = payload.TryGetProperty("outcomes", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(o => o.ToString().Trim()).Where(o => o.Length > 0).Distinct(StringComparer.Ordinal).ToArray()
            : [];
        var escalateTo = Text(payload, "escalateTo");
        var title = Text(payload, "title") ?? run.ScenarioName.Zh;
        var asked = new AskedTask(
            title,
            Text(payload, "description") ?? "",
            bookmark.NodeId,
            Value(payload, "schema") is { ValueKind: JsonValueKind.Object } schema ? schema : null,
            DataOf(payload),
            outcomes.Length > 0 ? outcomes : UsualOutcomes,
            Math.Max(1, Number(payload, "quorum") ?? 1),
            Number(payload, "voters") is > 0 and var voters ? voters : null,
            Value(payload, "fourEyes") is { ValueKind: JsonValueKind.True },
            Span(payload, "remindEvery") is { } every && every > TimeSpan.Zero ? every < ShortestReminder ? ShortestReminder : every : null,
            escalateTo is not null && Span(payload, "escalateAfter") is { } after && after <= DateTimeOffset.MaxValue - bookmark.CreatedAt ? bookmark.CreatedAt + after : null,
            escalateTo,
            run.StartedBy);
        return new(bookmark.StepId, Text(payload, "assignee"), Text(payload, "role"), bookmark.Due, asked.NextAt(bookmark.CreatedAt, isEscalated: false), bookmark.CreatedAt, asked);
    }

    /// <summary>When somebody has to be reminded or asked in addition, or null.</summary>
    public DateTimeOffset? NextAt(DateTimeOffset after, bool isEscalated)
    {
        var remindAt = RemindEvery is { } every && every <= DateTimeOffset.MaxValue - after ? after + every : (DateTimeOffset?)null;
        var escalateAt = isEscalated ? null : EscalateAt;
        return remindAt is null || escalateAt < remindAt ? escalateAt : remindAt;
    }

    // An Object expression without a more precise type gives the text of its JSON.
    private static JsonElement? DataOf(JsonElement payload)
    {
        if (Value(payload, "data") is not { ValueKind: JsonValueKind.String } text || text.GetString()!.TrimStart() is not ['{' or '[', ..] json)
            return Value(payload, "data");
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static JsonElement? Value(JsonElement payload, string name) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    private static string? Text(JsonElement payload, string name) =>
        Value(payload, name) is { ValueKind: JsonValueKind.String } text && text.GetString()!.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static int? Number(JsonElement payload, string name) => Value(payload, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    private static TimeSpan? Span(JsonElement payload, string name) =>
        Text(payload, name) is { } text && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;
}
