using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Component calls, child runs, and what waits at a bookmark.</content>
public sealed partial class ScenarioExecution
{
    private const string ParentInstanceId = "ParentInstanceId";

    private async ValueTask GoOnAsync(ActivityRecord record, WorkItem item, CancellationToken ct)
    {
        switch (item.Kind)
        {
            case WorkKind.Told:
                var telling = (Telling)item.Payload!;
                await TellAsync(record, telling.Child, telling.Outcomes, ct);
                return;
            case WorkKind.TimeUp:
                EndBelow(record);
                throw new ActivityFaultException(ScenarioFailures.TookTooLong(record.Node!.Timeout ?? default));
            case WorkKind.Again:
                await ExecuteAgainAsync(record, ct);
                return;
            case WorkKind.Skip:
                await SkipAsync(record, (JsonElement)item.Payload!, ct);
                return;
            case WorkKind.Answer when record.Node!.Kind == ActivityKind.Throttle:
                await TakePassAsync(record, (Result<JsonElement>)item.Payload!, ct);
                return;
            case WorkKind.Answer when record.Node!.Kind != ActivityKind.Component:
                await TakeResponseAsync(record, (Result<JsonElement>)item.Payload!, ct);
                return;
            case WorkKind.Answer:
                await TakeAnswerAsync(record, (Result<JsonElement>)item.Payload!, ct);
                return;
            case WorkKind.ChildAnswer:
                await TakeChildAnswerAsync(record, (Result<ChildRunState>)item.Payload!, ct);
                return;
            case WorkKind.Resume when record.Guard is not null:
                await ResumeGuardAsync(record, ct);
                return;
            case WorkKind.Resume when record.Node!.Kind == ActivityKind.SubScenario:
                await SubScenarioEndedAsync(record, item.Payload, ct);
                return;
            case WorkKind.Resume when record.Node!.Kind == ActivityKind.HumanTask:
                await HumanTaskDecidedAsync(record, item.Payload, ct);
                return;
            case WorkKind.Resume when record.Node!.Kind == ActivityKind.HttpEndpoint:
                await TakeRequestAsync(record, item.Payload, ct);
                return;
            case WorkKind.Resume when record.Node!.Kind == ActivityKind.BulkDispatchWorkflows:
                await BulkChildEndedAsync(record, item.Payload, ct);
                return;
            default:
                var hasResult = record.Node!.Kind is ActivityKind.Event or ActivityKind.MqttMessage or ActivityKind.FileArrived or ActivityKind.RunEnded or ActivityKind.RunTask or ActivityKind.DispatchWorkflow or ActivityKind.ExecuteWorkflow;
                if (hasResult)
                    SetOutput(record, "Result", item.Payload);
                await CompleteAsync(record, ct, null, hasResult ? item.Payload : null);
                return;
        }
    }

    private async ValueTask CallComponentAsync(ActivityRecord record, CancellationToken ct)
    {
        var node = record.Node!;
        JsonElement input;
        bool hasSideEffects;
        try
        {
            var component = _services.Components.Find(node.ComponentId!) ?? throw new ActivityFaultException(ScenarioFailures.UnknownComponent(node.ComponentId!));
            hasSideEffects = component.HasSideEffects;
            var ports = new List<(string Name, Expression Expression)>(node.Inputs.Count);
            foreach (var (name, expression) in node.Inputs)
            {
                if (ComponentPorts.Find(component.Input, name).Name is { } port)
                    ports.Add((port, expression));
            }

            var values = await EvaluateAllAsync(record, ports, ct);
            var members = new List<KeyValuePair<string, object?>>(ports.Count);
            for (var i = 0; i < ports.Count; i++)
            {
                if (values[i] is { } value)
                    members.Add(new(ports[i].Name, ComponentPorts.Fit(value, ComponentPorts.Find(component.Input, ports[i].Name).Type)));
            }

            input = ValueJson.Object(members);
        }
        catch (ActivityFaultException)
        {
            _events.Add(new StepStarted(record.StepId, node.NodeId, node.Type, Now, null) { Attempt = record.Attempt });
            throw;
        }

        _events.Add(new StepStarted(record.StepId, node.NodeId, node.Type, Now, Shown(node, input)) { Attempt = record.Attempt });
        _calls.Add(new Waiting<ComponentCall>(record, new ComponentCall(record.StepId, node.NodeId, node.ComponentId!, input, hasSideEffects) { EarlierAttempts = record.Attempt - 1 }));
    }

    private async ValueTask TakeAnswerAsync(ActivityRecord record, Result<JsonElement> result, CancellationToken ct)
    {
        if (!result.TryGet(out var output, out var failure))
            throw new ActivityFaultException(failure);
        // The shell may have parsed it from a document it disposes.
        output = output.ValueKind == JsonValueKind.Undefined ? ValueJson.Null : output.Clone();
        _lastResult = ValueJson.FromElement(output);
        if (output.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in output.EnumerateObject())
                SetOutput(record, member.Name, ValueJson.FromElement(member.Value));
        }

        await CompleteAsync(record, ct, null, output);
    }

    private void Wait(ActivityRecord record, DateTimeOffset? due = null, string? eventName = null, object? payload = null)
    {
        var node = record.Node!;
        var bookmark = new Bookmark(NextBookmarkId(), record.StepId, node.NodeId, node.Type, due, eventName, payload is null ? null : ValueJson.ToElement(payload), Now);
        _bookmarks.Add(new Waiting<Bookmark>(record, bookmark));
        _events.Add(new StepSuspended(record.StepId, node.NodeId, Now, bookmark));
    }

    private bool IsTrigger(ActivityRecord record) => TriggerActivityId is { } trigger && trigger == record.Node!.Id;

    private async ValueTask StartEventAsync(ActivityRecord record, CancellationToken ct)
    {
        var name = await EventNameAsync(record, ct);
        if (!IsTrigger(record))
        {
            Wait(record, eventName: name);
            return;
        }

        SetOutput(record, "Result", TriggerPayload);
        await CompleteAsync(record, ct, null, TriggerPayload);
    }

    // What arrives from outside is an event whose name tells from where.
    private async ValueTask<string> EventNameAsync(ActivityRecord record, CancellationToken ct)
    {
        if (Arrival.Of(record.Node!.Kind) is not { } arrival)
            return await TextAsync(record, "eventName", ct) ?? "";
        return arrival.EventName(await TextAsync(record, arrival.From, ct) ?? "", await TextAsync(record, arrival.What, ct) ?? "");
    }

    private async ValueTask PublishAsync(ActivityRecord record, CancellationToken ct)
    {
        var name = await TextAsync(record, "eventName", ct) ?? "";
        var correlation = await TextAsync(record, "correlationId", ct);
        var isLocal = await InputAsync(record, "isLocalEvent", ct) is true;
        var payload = await InputAsync(record, "payload", ct);
        if (isLocal || correlation is null || correlation == CorrelationId)
            _localEvents.Add(new LocalEvent(name, payload, Now));
        Report(Weight(payload));
        _published.Add(new PublishedEvent(record.StepId, name, correlation, isLocal, payload is null ? null : ValueJson.ToElement(payload)));
    }

    private async ValueTask StartTaskAsync(ActivityRecord record, CancellationToken ct)
    {
        var name = await TextAsync(record, "taskName", ct);
        var payload = await InputAsync(record, "payload", ct);
        var taskId = $"{RunId}:{record.StepId}";
        SetOutput(record, "TaskId", taskId);
        Wait(record, payload: ValueJson.Object([new("taskId", taskId), new("taskName", name), new("payload", payload)]));
    }

    private async ValueTask StartTimerAsync(ActivityRecord record, CancellationToken ct)
    {
        var kind = record.Node!.Kind;
        DateTimeOffset due;
        if (kind == ActivityKind.StartAt)
        {
            due = await InputAsync(record, "dateTime", ct) is DateTimeOffset at ? at : default;
        }
        else if (kind == ActivityKind.Cron)
        {
            // As what started the run it has fired already.
            var cron = await TextAsync(record, "cronExpression", ct) ?? "";
            due = IsTrigger(record) ? Now : CronTimes.Next(cron, Now) ?? throw new ActivityFaultException(ScenarioFailures.CronNever(cron));
        }
        else
        {
            var span = await InputAsync(record, kind == ActivityKind.Delay ? "timeSpan" : "interval", ct) is TimeSpan found ? found : default;
            due = span > DateTimeOffset.MaxValue - Now ? DateTimeOffset.MaxValue : span < TimeSpan.Zero ? Now : Now + span;
        }

        if ((kind != ActivityKind.Delay && IsTrigger(record)) || (kind == ActivityKind.StartAt && due <= Now))
            await CompleteAsync(record, ct);
        else
            Wait(record, due);
    }

    private async ValueTask RequestChildAsync(ActivityRecord record, CancellationToken ct)
    {
        var node = record.Node!;
        var definitionId = await TextAsync(record, "workflowDefinitionId", ct);
        if (string.IsNullOrEmpty(definitionId))
            throw new ActivityFaultException(ScenarioFailures.NoChildDefinition());
        var correlation = await TextAsync(record, "correlationId", ct);
        var input = await InputAsync(record, "input", ct);
        var waits = await InputAsync(record, "waitForCompletion", ct) is true;
        var isInline = node.Kind == ActivityKind.ExecuteWorkflow;
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        AddMembers(members, input);
        if (isInline)
            members.Remove(ParentInstanceId);
        else
            members[ParentInstanceId] = RunId;
        _children.Add(new Waiting<ChildRunRequest>(record, new ChildRunRequest(record.StepId, node.NodeId, definitionId, ValueJson.Object(members), correlation, isInline, waits) { EarlierAttempts = record.Attempt - 1 }));
    }

    private static void AddMembers(Dictionary<string, object?> members, object? value)
    {
        if (value is not JsonElement { ValueKind: JsonValueKind.Object } given)
            return;
        foreach (var member in given.EnumerateObject())
            members[member.Name] = member.Value;
    }

    private async ValueTask TakeChildAnswerAsync(ActivityRecord record, Result<ChildRunState> result, CancellationToken ct)
    {
        if (!result.TryGet(out var child, out var failure))
            throw new ActivityFaultException(failure);
        var waits = record.WaitsForChild;
        var isInline = record.Node!.Kind == ActivityKind.ExecuteWorkflow;
        if (record.Node!.Kind == ActivityKind.BulkDispatchWorkflows)
        {
            await TakeBulkAnswerAsync(record, child, ct);
            return;
        }

        if (waits && child.Status == ExecutionStatus.Running)
        {
            Wait(record, payload: ValueJson.Object([new("runId", child.RunId)]));
            return;
        }

        if (record.Node!.Kind == ActivityKind.SubScenario && waits)
        {
            await SubScenarioEndedAsync(record, StateOf(child), ct);
            return;
        }

        object? value = isInline
            ? StateOf(child)
            : waits ? ValueJson.FromElement(child.Output) : null;
        SetOutput(record, "Result", value);
        await CompleteAsync(record, ct, null, value);
    }
}
