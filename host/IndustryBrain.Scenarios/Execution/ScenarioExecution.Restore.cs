using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Reading the state back.</content>
public sealed partial class ScenarioExecution
{
    /// <summary>A run as <see cref="Save"/> wrote it.</summary>
    /// <returns>The run, or IB2001 when the state is damaged or belongs to another version of the definition.</returns>
    public static Result<ScenarioExecution> Restore(ScenarioDefinition definition, ExecutionServices services, ReadOnlyMemory<byte> state)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(services);
        try
        {
            using var document = JsonDocument.Parse(state, new JsonDocumentOptions { MaxDepth = 512 });
            var json = document.RootElement;
            if (json.GetProperty("version").GetInt32() != StateVersion || json.GetProperty("definition").GetString() != definition.VersionId
                || (json.TryGetProperty("activities", out var activities) && activities.GetInt32() != definition.Activities.Length))
                return ScenarioFailures.StateUnreadable("version");
            var execution = new ScenarioExecution(definition, services, json.GetProperty("run").GetString()!);
            execution.Load(json);
            return execution;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or IndexOutOfRangeException or NullReferenceException or InvalidCastException or OverflowException)
        {
            return ScenarioFailures.StateUnreadable(e.GetType().Name);
        }
    }

    private void Load(JsonElement json)
    {
        ParentRunId = json.GetProperty("parent").GetString();
        Status = (ExecutionStatus)json.GetProperty("status").GetInt32();
        SubStatus = (ExecutionSubStatus)json.GetProperty("subStatus").GetInt32();
        Name = json.GetProperty("name").GetString();
        CorrelationId = json.GetProperty("correlation").GetString();
        TriggerActivityId = json.GetProperty("trigger").GetString();
        TriggerPayload = Tagged(json, "triggerPayload");
        _steps = json.GetProperty("steps").GetInt32();
        _bookmarkCount = json.GetProperty("bookmarkCount").GetInt32();
        // States that were written before these members were are read too.
        _servesRequest = json.TryGetProperty("request", out var request) && request.GetBoolean();
        _lastResult = Tagged(json, "lastResult");
        foreach (var input in json.GetProperty("inputs").EnumerateObject())
            _inputs[input.Name] = ValueJson.ReadTagged(input.Value);
        foreach (var output in json.GetProperty("output").EnumerateObject())
            _output[output.Name] = ValueJson.ReadTagged(output.Value);
        foreach (var line in json.GetProperty("lines").EnumerateArray())
            _lines.Add(line.GetString()!);
        foreach (var incident in json.GetProperty("incidents").EnumerateArray())
            _incidents.Add(incident.Deserialize(StateJson.Default.Incident)!);
        var records = new List<ActivityRecord>();
        foreach (var record in json.GetProperty("records").EnumerateArray())
            records.Add(LoadRecord(record, records));
        _root = records[0];
        _held = _output.Values.Sum(Weight) + _lines.Sum(Weight) + records.Sum(HeldBy);
        _unfinished = json.GetProperty("unfinished").GetInt32();
        foreach (var item in json.GetProperty("queue").EnumerateArray())
            Enqueue(LoadItem(item, records));
        LoadWaiting(json, "bookmarks", _bookmarks, records, StateJson.Default.Bookmark);
        LoadWaiting(json, "calls", _calls, records, StateJson.Default.ComponentCall);
        LoadWaiting(json, "children", _children, records, StateJson.Default.ChildRunRequest);
        LoadWaiting(json, "leftBookmarks", _left.Bookmarks, records, StateJson.Default.Bookmark);
        LoadWaiting(json, "leftCalls", _left.Calls, records, StateJson.Default.ComponentCall);
        LoadWaiting(json, "leftChildren", _left.Children, records, StateJson.Default.ChildRunRequest);
        foreach (var broken in json.TryGetProperty("broken", out var all) ? all.EnumerateArray() : default)
        {
            var telling = broken.TryGetProperty("parent", out var parent) ? LoadTelling(broken, records[parent.GetInt32()], records) : null;
            _broken.Add(new BrokenRecord(records[broken.GetProperty("r").GetInt32()], broken.GetProperty("incident").Deserialize(StateJson.Default.Incident)!, telling));
        }

        foreach (var node in json.TryGetProperty("passes", out var passes) ? passes.EnumerateArray() : default)
            _passes[node.GetProperty("n").GetInt32()] = new(node.GetProperty("at").EnumerateArray().Select(at => at.GetDateTimeOffset()));
        foreach (var local in json.GetProperty("localEvents").EnumerateArray())
            _localEvents.Add(new LocalEvent(local.GetProperty("name").GetString()!, Tagged(local, "payload"), local.GetProperty("at").GetDateTimeOffset()));
    }

    private ActivityRecord LoadRecord(JsonElement json, List<ActivityRecord> records)
    {
        var isRoot = records.Count == 0;
        var node = isRoot ? null : _definition.Activities[json.GetProperty("n").GetInt32()];
        var flags = json.GetProperty("f").GetInt32();
        var record = new ActivityRecord(json.GetProperty("s").GetInt32(), node, isRoot ? null : records[json.GetProperty("p").GetInt32()])
        {
            Status = (ActivityStatus)json.GetProperty("st").GetInt32(),
            Cursor = json.GetProperty("c").GetInt32(),
            Remaining = json.GetProperty("r").GetInt32(),
            IsBreaking = (flags & 1) != 0,
            IsBackward = (flags & 2) != 0,
            WaitsForChild = json.TryGetProperty("note", out var waits) && waits.ValueKind == JsonValueKind.True,
        };
        if ((flags & 4) != 0)
            record.Attach();
        if (json.TryGetProperty("attempt", out var attempt))
            (record.Attempt, record.FirstAttempt) = (attempt[0].GetInt32(), attempt[1].GetInt32());
        if (json.TryGetProperty("loop", out var loop))
            record.Loop = new LoopState { Current = loop[0].GetInt64(), End = loop[1].GetInt64(), Step = loop[2].GetInt64(), IsInclusive = loop[3].GetInt64() == 1 };
        if (json.TryGetProperty("start", out var start))
            record.Flow = LoadFlow(json, node!, start.GetInt32());
        if (json.TryGetProperty("guard", out var guard))
            record.Guard = LoadGuard(json, guard);
        if (json.TryGetProperty("items", out var items))
        {
            object?[]? results = json.TryGetProperty("results", out var found) ? [.. found.EnumerateArray().Select(ValueJson.ReadTagged)] : null;
            record.Map = new MapState((JsonElement)ValueJson.ReadTagged(items)!, results);
        }

        if (json.TryGetProperty("machine", out var machine))
            record.Machine = new MachineRun { State = machine[0].GetInt32(), Transition = machine[1].GetInt32(), Next = (MachinePhase)machine[2].GetInt32() };
        if (json.TryGetProperty("in", out var given))
        {
            record.Workflow = new WorkflowState();
            foreach (var input in given.EnumerateObject())
                record.Workflow.Inputs[input.Name] = ValueJson.ReadTagged(input.Value);
            foreach (var output in json.GetProperty("out").EnumerateObject())
                record.Workflow.Outputs[output.Name] = ValueJson.ReadTagged(output.Value);
        }

        if (json.TryGetProperty("vars", out var variables))
            LoadVariables(record, variables, node?.Variables ?? _definition.Variables);
        if (json.TryGetProperty("outs", out var outputs))
        {
            record.Outputs = new Dictionary<(int Node, string Output), object?>(OutputKeyComparer.Instance);
            foreach (var output in outputs.EnumerateArray())
                record.Outputs[(output.GetProperty("n").GetInt32(), output.GetProperty("o").GetString()!)] = Tagged(output, "v");
        }

        return record;
    }

    private GuardState LoadGuard(JsonElement json, JsonElement guard)
    {
        var state = new GuardState
        {
            Phase = (GuardPhase)guard[0].GetInt32(),
            Attempt = guard[1].GetInt32(),
            MaxAttempts = guard[2].GetInt32(),
            Delay = TimeSpan.FromTicks(guard[3].GetInt64()),
            MaxDelay = TimeSpan.FromTicks(guard[4].GetInt64()),
            Factor = json.GetProperty("factor").GetDouble(),
            Jitter = json.TryGetProperty("jitter", out var jitter) ? jitter.GetDouble() : 0,
            Codes = [.. json.GetProperty("codes").EnumerateArray().Select(c => c.GetString()!)],
            Pending = json.TryGetProperty("pending", out var pending) ? pending.Deserialize(StateJson.Default.Incident) : null,
        };
        state.Undo.AddRange(json.GetProperty("undo").EnumerateArray().Select(n => _definition.Activities[n.GetInt32()]));
        return state;
    }

    private static long HeldBy(ActivityRecord record) =>
        record.Variables.Sum(v => v.Weight) + (record.Outputs?.Values.Sum(Weight) ?? 0)
        + (record.Map is { } map ? Weight(map.Items) + (map.Results?.Sum(Weight) ?? 0) : 0)
        + (record.Workflow is { } workflow ? workflow.Inputs.Values.Sum(Weight) + workflow.Outputs.Values.Sum(Weight) : 0);

    private static FlowState LoadFlow(JsonElement json, ActivityNode node, int start)
    {
        var flow = new FlowState(node, start);
        var i = 0;
        foreach (var visits in json.GetProperty("visits").EnumerateArray())
            flow.Visits[i++] = visits.GetInt32();
        i = 0;
        foreach (var connection in json.GetProperty("connections").EnumerateArray())
        {
            var packed = connection.GetInt64();
            (flow.ConnectionVisits[i], flow.IsFollowed[i]) = ((int)(packed >> 1), (packed & 1) == 1);
            i++;
        }

        return flow;
    }

    private static void LoadVariables(ActivityRecord record, JsonElement variables, VariableDeclaration[] declarations)
    {
        DeclareVariables(record, declarations);
        var declared = 0;
        foreach (var variable in variables.EnumerateArray())
        {
            var isOwn = variable.TryGetProperty("n", out var name);
            if (isOwn)
                Declare(record, new VariableSlot(name.GetString()!, null));
            var value = Tagged(variable, "v");
            record.Variables[isOwn ? ^1 : declared++].Put(value, Weight(value));
        }
    }

    private WorkItem LoadItem(JsonElement json, List<ActivityRecord> records)
    {
        var kind = (WorkKind)json.GetProperty("k").GetInt32();
        object? payload = kind switch
        {
            WorkKind.Answer => LoadResult(json, static e => e.Clone()),
            WorkKind.Told => LoadTelling(json, records[json.GetProperty("r").GetInt32()], records),
            WorkKind.ChildAnswer => LoadResult(json, static e => e.Clone().Deserialize(StateJson.Default.ChildRunState)!),
            WorkKind.Schedule => json.TryGetProperty("vars", out var body)
                ? body.EnumerateArray().Select(v => new VariableSlot(v.GetProperty("n").GetString()!, Tagged(v, "v"))).ToArray()
                : json.TryGetProperty("value", out _) || json.TryGetProperty("index", out _)
                    ? BodyVariables(Tagged(json, "value"), json.TryGetProperty("index", out var index) ? index.GetInt32() : null)
                    : null,
            _ => Tagged(json, "payload"),
        };
        return new WorkItem(
            kind,
            records[json.GetProperty("r").GetInt32()],
            json.TryGetProperty("n", out var node) ? _definition.Activities[node.GetInt32()] : null,
            payload,
            json.GetProperty("b").GetBoolean());
    }

    private static Telling LoadTelling(JsonElement json, ActivityRecord parent, List<ActivityRecord> records) => new(
        parent,
        records[json.GetProperty("child").GetInt32()],
        json.TryGetProperty("outcomes", out var outcomes) ? [.. outcomes.EnumerateArray().Select(o => o.GetString()!)] : null);

    private static Result<T> LoadResult<T>(JsonElement json, Func<JsonElement, T> read) =>
        json.TryGetProperty("ok", out var ok) ? new Result<T>(read(ok)) : new Result<T>(json.GetProperty("failure").Deserialize(StateJson.Default.Failure)!);

    private static void LoadWaiting<T>(JsonElement json, string name, List<Waiting<T>> waiting, List<ActivityRecord> records, JsonTypeInfo<T> type)
    {
        foreach (var item in json.TryGetProperty(name, out var all) ? all.EnumerateArray() : default)
            waiting.Add(new Waiting<T>(records[item.GetProperty("r").GetInt32()], item.GetProperty("for").Deserialize(type)!));
    }

    private static object? Tagged(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? ValueJson.ReadTagged(value) : null;
}
