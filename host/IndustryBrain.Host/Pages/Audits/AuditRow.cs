using System.Text.Json;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity.Auditing;
using IndustryBrain.Storage;

namespace IndustryBrain.Host.Pages.Audits;

/// <summary>What the page shows of the trail.</summary>
/// <param name="Rows">Its records, newest first.</param>
public sealed record AuditData(IReadOnlyList<AuditRow> Rows);

/// <summary>A record of the trail, read for people.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Seq">Its number in the chain; null while it is not sealed.</param>
/// <param name="At">When.</param>
/// <param name="Result">ok, denied or failed.</param>
/// <param name="Action">What was done.</param>
/// <param name="Who">Who did it.</param>
/// <param name="Object">What it was done to: its name, or its id.</param>
/// <param name="Code">Why it did not end well; null otherwise.</param>
/// <param name="Source">Where it came from.</param>
public sealed record AuditRow(Guid Id, long? Seq, DateTimeOffset At, string Result, string Action, string Who, string? Object, string? Code, string? Source)
{
    internal static AuditRow Of(AuditEntry entry)
    {
        var record = entry.Record;
        var (actor, target) = (record.GetProperty("actor"), record.GetProperty("object"));
        var id = Text(actor, "id") ?? "";
        var kind = Text(actor, "type") switch { "person" => ActorKind.Person, "key" => ActorKind.Key, _ => ActorKind.System };
        return new(
            record.GetProperty("id").GetGuid(),
            entry.Seq,
            record.GetProperty("at").GetDateTimeOffset(),
            Text(record, "result") ?? "",
            Text(record, "action") ?? "",
            ActorText.Of(new Actor(kind, id, id)),
            Text(target, "label") ?? Text(target, "id"),
            Text(record, "code"),
            record.TryGetProperty("source", out var source) ? Text(source, "ip") : null);
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
