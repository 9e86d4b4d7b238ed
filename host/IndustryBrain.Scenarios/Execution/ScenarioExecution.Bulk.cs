using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <content>BulkDispatchWorkflows: a step of its own for each item, below the step that dispatches them.</content>
public sealed partial class ScenarioExecution
{
    private static readonly string[] BulkCompleted = ["Completed", "Done"];

    private static bool IsBulkItem(ActivityRecord record) => record.Parent?.Node == record.Node;

    private async ValueTask StartBulkAsync(ActivityRecord record, CancellationToken ct)
    {
        var definitionId = await TextAsync(record, "workflowDefinitionId", ct);
        if (string.IsNullOrEmpty(definitionId))
            throw new ActivityFaultException(ScenarioFailures.NoChildDefinition());
        var items = ValueConverter.ToItems(await InputAsync(record, "items", ct));
        if (items is not { Count: > 0 })
        {
            await CompleteAsync(record, ct);
            return;
        }

        var key = await TextAsync(record, "defaultItemInputKey", ct) ?? "";
        var input = await InputAsync(record, "input", ct);
        record.WaitsForChild = await InputAsync(record, "waitForCompletion", ct) is true;
        record.Remaining = items.Count;
        foreach (var item in items)
        {
            if (_steps >= _services.Limits.MaxSteps)
                throw new ActivityFaultException(ScenarioFailures.TooManySteps(_services.Limits.MaxSteps));
            await DispatchItemAsync(record, definitionId, key, input, item, ct);
        }
    }

    private async ValueTask DispatchItemAsync(ActivityRecord bulk, string definitionId, string key, object? input, object? item, CancellationToken ct)
    {
        // What the expression for the correlation id calls its arguments.
        VariableSlot arguments = new("args", ValueJson.Object([new(key, item)]));
        var record = Begin(new WorkItem(WorkKind.Schedule, bulk, bulk.Node, new[] { arguments }, false));
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        AddMembers(members, input);
        if (item is JsonElement { ValueKind: JsonValueKind.Object })
            AddMembers(members, item);
        else
            members[key] = item;
        members[ParentInstanceId] = RunId;
        var correlation = await TextAsync(record, "correlationIdFunction", ct) ?? await TextAsync(bulk, "correlationId", ct);
        _children.Add(new Waiting<ChildRunRequest>(
            record, new ChildRunRequest(record.StepId, bulk.Node!.NodeId, definitionId, ValueJson.Object(members), correlation, IsInline: false, bulk.WaitsForChild)));
    }

    private async ValueTask TakeBulkAnswerAsync(ActivityRecord item, ChildRunState child, CancellationToken ct)
    {
        if (!item.WaitsForChild)
            await CompleteAsync(item, ct);
        else if (child.Status == ExecutionStatus.Running)
            Wait(item, payload: ValueJson.Object([new("runId", child.RunId)]));
        else
            await BulkChildEndedAsync(item, StateOf(child), ct);
    }

    private async ValueTask BulkChildEndedAsync(ActivityRecord item, object? child, CancellationToken ct)
    {
        var state = child is JsonElement { ValueKind: JsonValueKind.Object } given ? given : default;
        var isFaulted = MemberOf(state, "subStatus") is nameof(ExecutionSubStatus.Faulted);
        if (item.Node!.Port(isFaulted ? "childFaulted" : "childCompleted") is { } port)
            Schedule(item, port, new VariableSlot[] { new("ChildInstanceId", MemberOf(state, "workflowInstanceId")) });
        else
            await CompleteAsync(item, ct);
    }

    private async ValueTask BulkChildCompletedAsync(ActivityRecord record, CancellationToken ct)
    {
        if (IsBulkItem(record))
            await CompleteAsync(record, ct);
        else if (--record.Remaining == 0)
            await CompleteAsync(record, ct, record.WaitsForChild ? BulkCompleted : null);
    }

    private static string? MemberOf(JsonElement o, string name) =>
        o.ValueKind == JsonValueKind.Object && o.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement StateOf(ChildRunState child) =>
        ValueJson.Object([new("workflowInstanceId", child.RunId), new("status", child.Status.ToString()), new("subStatus", child.SubStatus.ToString()), new("output", child.Output)]);
}
