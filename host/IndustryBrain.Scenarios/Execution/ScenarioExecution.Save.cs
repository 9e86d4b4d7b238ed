using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Writing the state.</content>
public sealed partial class ScenarioExecution
{
    private const int StateVersion = 1;
    private static readonly JsonWriterOptions StateWriting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the full state: everything but the events that have not been taken.</summary>
    public void Save(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        using var json = new Utf8JsonWriter(writer, StateWriting);
        var records = CollectRecords();
        json.WriteStartObject();
        json.WriteNumber("version"u8, StateVersion);
        json.WriteString("definition"u8, _definition.VersionId);
        json.WriteNumber("activities"u8, _definition.Activities.Length);
        json.WriteString("run"u8, RunId);
        json.WriteString("parent"u8, ParentRunId);
        json.WriteNumber("status"u8, (int)Status);
        json.WriteNumber("subStatus"u8, (int)SubStatus);
        json.WriteString("name"u8, Name);
        json.WriteString("correlation"u8, CorrelationId);
        json.WriteString("trigger"u8, TriggerActivityId);
        WriteTagged(json, "triggerPayload", TriggerPayload);
        json.WriteNumber("steps"u8, _steps);
        json.WriteNumber("bookmarkCount"u8, _bookmarkCount);
        json.WriteNumber("unfinished"u8, _unfinished);
        json.WriteBoolean("request"u8, _servesRequest);
        WriteTagged(json, "lastResult", _lastResult);
        WriteValues(json, "inputs", _inputs);
        WriteValues(json, "output", _output);
        WriteArray(json, "lines", _lines, static (w, line) => w.WriteStringValue(line));
        WriteArray(json, "incidents", _incidents, static (w, i) => JsonSerializer.Serialize(w, i, StateJson.Default.Incident));
        WriteArray(json, "records", records.Keys, (w, record) => WriteRecord(w, record, records));
        WriteArray(json, "queue", _queue, (w, item) => WriteItem(w, item, records));
        WriteWaiting(json, "bookmarks", _bookmarks, records, StateJson.Default.Bookmark);
        WriteWaiting(json, "calls", _calls, records, StateJson.Default.ComponentCall);
        WriteWaiting(json, "children", _children, records, StateJson.Default.ChildRunRequest);
        WriteWaiting(json, "leftBookmarks", _left.Bookmarks, records, StateJson.Default.Bookmark);
        WriteWaiting(json, "leftCalls", _left.Calls, records, StateJson.Default.ComponentCall);
        WriteWaiting(json, "leftChildren", _left.Children, records, StateJson.Default.ChildRunRequest);
        WriteArray(json, "broken", _broken, (w, broken) => WriteBroken(w, broken, records));
        WriteArray(json, "passes", _passes, static (w, node) =>
        {
            w.WriteStartObject();
            w.WriteNumber("n"u8, node.Key);
            WriteArray(w, "at", node.Value, static (x, at) => x.WriteStringValue(at));
            w.WriteEndObject();
        });
        WriteArray(json, "localEvents", _localEvents, static (w, e) =>
        {
            w.WriteStartObject();
            w.WriteString("name"u8, e.Name);
            WriteTagged(w, "payload", e.Payload);
            w.WriteString("at"u8, e.At);
            w.WriteEndObject();
        });
        json.WriteEndObject();
    }

    // Parents come before their children, siblings in order.
    private Dictionary<ActivityRecord, int> CollectRecords()
    {
        var found = new Dictionary<ActivityRecord, int>();
        Below(_root);
        foreach (var record in _queue.Select(i => i.Record).Concat(_bookmarks.Select(b => b.Record)).Concat(_calls.Select(c => c.Record)).Concat(_children.Select(c => c.Record))
            .Concat(_left.Records).Concat(_broken.SelectMany(b => b.Records)).Concat(_queue.Select(i => i.Payload).OfType<Telling>().Select(t => t.Child)))
        {
            With(record);
            Below(record);
        }

        return found;

        void With(ActivityRecord record)
        {
            if (found.ContainsKey(record))
                return;
            if (record.Parent is { } parent)
                With(parent);
            found.TryAdd(record, found.Count);
        }

        void Below(ActivityRecord record)
        {
            found.TryAdd(record, found.Count);
            for (var child = record.FirstChild; child is not null; child = child.NextSibling)
                Below(child);
        }
    }

    private static void WriteRecord(Utf8JsonWriter json, ActivityRecord record, Dictionary<ActivityRecord, int> records)
    {
        json.WriteStartObject();
        json.WriteNumber("s"u8, record.Step);
        if (record.Parent is { } parent)
        {
            json.WriteNumber("n"u8, record.Node!.Index);
            json.WriteNumber("p"u8, records[parent]);
        }

        json.WriteNumber("st"u8, (int)record.Status);
        json.WriteNumber("c"u8, record.Cursor);
        json.WriteNumber("r"u8, record.Remaining);
        json.WriteNumber("f"u8, (record.IsBreaking ? 1 : 0) | (record.IsBackward ? 2 : 0) | (record.IsAttached ? 4 : 0));
        if (record.Attempt > 1)
            WriteNumbers(json, "attempt", [record.Attempt, record.FirstAttempt]);
        if (record.WaitsForChild)
            json.WriteBoolean("note"u8, true);
        if (record.Loop is { } loop)
            WriteNumbers(json, "loop", [loop.Current, loop.End, loop.Step, loop.IsInclusive ? 1 : 0]);
        if (record.Flow is { } flow)
        {
            json.WriteNumber("start"u8, flow.Start);
            WriteNumbers(json, "visits", flow.Visits.Select(v => (long)v));
            WriteNumbers(json, "connections", flow.ConnectionVisits.Select((v, i) => ((long)v << 1) | (flow.IsFollowed[i] ? 1L : 0)));
        }

        if (record.Guard is { } guard)
            WriteGuard(json, guard);
        if (record.Map is { } map)
        {
            WriteTagged(json, "items", map.Items);
            if (map.Results is { } results)
                WriteArray(json, "results", results, static (w, result) => ValueJson.WriteTagged(w, result));
        }

        if (record.Machine is { } machine)
            WriteNumbers(json, "machine", [machine.State, machine.Transition, (long)machine.Next]);
        if (record.Workflow is { } workflow)
        {
            WriteValues(json, "in", workflow.Inputs);
            WriteValues(json, "out", workflow.Outputs);
        }

        if (record.Variables.Length > 0)
            WriteVariables(json, record.Variables);

        if (record.Outputs is { } outputs)
        {
            WriteArray(json, "outs", outputs, static (w, output) =>
            {
                w.WriteStartObject();
                w.WriteNumber("n"u8, output.Key.Node);
                w.WriteString("o"u8, output.Key.Output);
                WriteTagged(w, "v", output.Value);
                w.WriteEndObject();
            });
        }

        json.WriteEndObject();
    }

    private static void WriteVariables(Utf8JsonWriter json, VariableSlot[] variables) => WriteArray(json, "vars", variables, static (w, slot) =>
    {
        w.WriteStartObject();
        if (slot.Declaration is null)
            w.WriteString("n"u8, slot.Name);
        WriteTagged(w, "v", slot.Value);
        w.WriteEndObject();
    });

    private static void WriteGuard(Utf8JsonWriter json, GuardState guard)
    {
        WriteNumbers(json, "guard", [(long)guard.Phase, guard.Attempt, guard.MaxAttempts, guard.Delay.Ticks, guard.MaxDelay.Ticks]);
        json.WriteNumber("factor"u8, guard.Factor);
        if (guard.Jitter > 0)
            json.WriteNumber("jitter"u8, guard.Jitter);
        WriteArray(json, "codes", guard.Codes, static (w, code) => w.WriteStringValue(code));
        WriteNumbers(json, "undo", guard.Undo.Select(n => (long)n.Index));
        if (guard.Pending is not { } pending)
            return;
        json.WritePropertyName("pending"u8);
        JsonSerializer.Serialize(json, pending, StateJson.Default.Incident);
    }

    private static void WriteBroken(Utf8JsonWriter json, BrokenRecord broken, Dictionary<ActivityRecord, int> records)
    {
        json.WriteStartObject();
        json.WriteNumber("r"u8, records[broken.Record]);
        json.WritePropertyName("incident"u8);
        JsonSerializer.Serialize(json, broken.Incident, StateJson.Default.Incident);
        if (broken.Telling is { } telling)
        {
            json.WriteNumber("parent"u8, records[telling.Parent]);
            WriteTelling(json, telling, records);
        }

        json.WriteEndObject();
    }

    private static void WriteTelling(Utf8JsonWriter json, Telling telling, Dictionary<ActivityRecord, int> records)
    {
        json.WriteNumber("child"u8, records[telling.Child]);
        if (telling.Outcomes is { } outcomes)
            WriteArray(json, "outcomes", outcomes, static (w, outcome) => w.WriteStringValue(outcome));
    }

    private static void WriteItem(Utf8JsonWriter json, WorkItem item, Dictionary<ActivityRecord, int> records)
    {
        json.WriteStartObject();
        json.WriteNumber("k"u8, (int)item.Kind);
        json.WriteNumber("r"u8, records[item.Record]);
        if (item.Node is { } node)
            json.WriteNumber("n"u8, node.Index);
        json.WriteBoolean("b"u8, item.IsBackward);
        switch (item.Payload)
        {
            case VariableSlot[] body:
                WriteVariables(json, body);
                break;
            case Result<JsonElement> result:
                WriteResult(json, result, static (w, value) => ValueJson.Write(w, value));
                break;
            case Telling telling:
                WriteTelling(json, telling, records);
                break;
            case Result<ChildRunState> result:
                WriteResult(json, result, static (w, value) => JsonSerializer.Serialize(w, value, StateJson.Default.ChildRunState));
                break;
            default:
                WriteTagged(json, "payload", item.Payload);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteResult<T>(Utf8JsonWriter json, Result<T> result, Action<Utf8JsonWriter, T> write)
    {
        if (result.TryGet(out var value, out var failure))
        {
            json.WritePropertyName("ok"u8);
            write(json, value);
        }
        else
        {
            json.WritePropertyName("failure"u8);
            JsonSerializer.Serialize(json, failure, StateJson.Default.Failure);
        }
    }

    private static void WriteWaiting<T>(Utf8JsonWriter json, string name, List<Waiting<T>> waiting, Dictionary<ActivityRecord, int> records, JsonTypeInfo<T> type) =>
        WriteArray(json, name, waiting, (w, item) =>
        {
            w.WriteStartObject();
            w.WriteNumber("r"u8, records[item.Record]);
            w.WritePropertyName("for"u8);
            JsonSerializer.Serialize(w, item.For, type);
            w.WriteEndObject();
        });

    private static void WriteTagged(Utf8JsonWriter json, string name, object? value)
    {
        if (value is null)
            return;
        json.WritePropertyName(name);
        ValueJson.WriteTagged(json, value);
    }

    private static void WriteValues(Utf8JsonWriter json, string name, Dictionary<string, object?> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WritePropertyName(key);
            ValueJson.WriteTagged(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers) => WriteArray(json, name, numbers, static (w, n) => w.WriteNumberValue(n));

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(json, item);
        json.WriteEndArray();
    }
}
