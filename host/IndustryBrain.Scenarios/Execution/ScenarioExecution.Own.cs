using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Throttle, SubScenario and HumanTask.</content>
public sealed partial class ScenarioExecution
{
    // When a Throttle let the last ones of this run pass, by its node.
    private readonly Dictionary<int, Queue<DateTimeOffset>> _passes = [];

    private async ValueTask ThrottleAsync(ActivityRecord record, CancellationToken ct)
    {
        var limit = Math.Max(1, await InputAsync(record, "limit", ct) is int most ? most : 1);
        var interval = await InputAsync(record, "interval", ct) is TimeSpan span && span > TimeSpan.Zero ? span : TimeSpan.Zero;
        if (await TextAsync(record, "key", ct) is { Length: > 0 } key)
        {
            var input = ValueJson.Object([new("key", key), new("limit", limit), new("interval", interval.ToString("c"))]);
            _calls.Add(new Waiting<ComponentCall>(record, new ComponentCall(record.StepId, record.Node!.NodeId, ThrottleCall.ComponentId, input, HasSideEffects: false) { EarlierAttempts = record.Attempt - 1 }));
            return;
        }

        if (!_passes.TryGetValue(record.Node!.Index, out var passes))
            _passes[record.Node.Index] = passes = new();
        await PassAsync(record, ThrottleCall.Pass(passes, limit, interval, Now), ct);
    }

    private async ValueTask TakePassAsync(ActivityRecord record, Result<JsonElement> result, CancellationToken ct)
    {
        if (!result.TryGet(out var answer, out var failure))
            throw new ActivityFaultException(failure);
        await PassAsync(record, ThrottleCall.At(answer) ?? Now, ct);
    }

    private async ValueTask PassAsync(ActivityRecord record, DateTimeOffset at, CancellationToken ct)
    {
        if (at <= Now)
            await CompleteAsync(record, ct);
        else
            Wait(record, at);
    }

    private async ValueTask StartSubScenarioAsync(ActivityRecord record, CancellationToken ct)
    {
        var id = await TextAsync(record, "scenarioId", ct);
        if (string.IsNullOrEmpty(id))
            throw new ActivityFaultException(ScenarioFailures.NoChildDefinition());
        var version = await InputAsync(record, "scenarioVersion", ct) is int pinned and > 0 ? pinned : throw new ActivityFaultException(ScenarioFailures.NoPinnedVersion(id));
        var input = await InputAsync(record, "input", ct) is JsonElement { ValueKind: JsonValueKind.Object } given ? given : ValueJson.Object([]);
        var correlation = await TextAsync(record, "correlationId", ct);
        var waits = await InputAsync(record, "waitForCompletion", ct) is true;
        _children.Add(new Waiting<ChildRunRequest>(record, new ChildRunRequest(record.StepId, record.Node!.NodeId, id, input, correlation, IsInline: false, waits) { Version = version, EarlierAttempts = record.Attempt - 1 }));
    }

    // A child that did not end as intended is a fault here: the scenario that called it cannot go on as if it had.
    private async ValueTask SubScenarioEndedAsync(ActivityRecord record, object? child, CancellationToken ct)
    {
        var state = child is JsonElement { ValueKind: JsonValueKind.Object } given ? given : default;
        if (MemberOf(state, "subStatus") is nameof(ExecutionSubStatus.Faulted) or nameof(ExecutionSubStatus.Cancelled))
            throw new ActivityFaultException(ScenarioFailures.ChildFailed(MemberOf(state, "workflowInstanceId") ?? ""));
        var output = PartOf(state, "output");
        SetOutput(record, "Result", output);
        await CompleteAsync(record, ct, null, output);
    }

    private async ValueTask StartHumanTaskAsync(ActivityRecord record, CancellationToken ct)
    {
        var payload = ValueJson.Object([
            new("taskId", $"{RunId}:{record.StepId}"),
            new("title", await TextAsync(record, "title", ct)),
            new("description", await TextAsync(record, "description", ct)),
            new("assignee", await TextAsync(record, "assignee", ct)),
            new("role", await TextAsync(record, "role", ct)),
            new("schema", await InputAsync(record, "schema", ct)),
            new("data", await InputAsync(record, "data", ct)),
            new("outcomes", await InputAsync(record, "outcomes", ct)),
            new("quorum", await InputAsync(record, "quorum", ct)),
            new("voters", await InputAsync(record, "voters", ct)),
            new("fourEyes", await InputAsync(record, "fourEyes", ct)),
            new("remindEvery", await InputAsync(record, "remindEvery", ct)),
            new("escalateAfter", await InputAsync(record, "escalateAfter", ct)),
            new("escalateTo", await TextAsync(record, "escalateTo", ct))]);
        Wait(record, await InputAsync(record, "dueIn", ct) is TimeSpan due && due <= DateTimeOffset.MaxValue - Now ? Now + due : null, payload: payload);
    }

    // What decides comes as {"outcome","data","by","decisions"}; a task that nobody decided in time expires.
    private async ValueTask HumanTaskDecidedAsync(ActivityRecord record, object? decision, CancellationToken ct)
    {
        if (decision is not JsonElement { ValueKind: JsonValueKind.Object } decided)
        {
            await CompleteAsync(record, ct, ["Expired"]);
            return;
        }

        var data = PartOf(decided, "data");
        SetOutput(record, "Result", data);
        SetOutput(record, "DecidedBy", MemberOf(decided, "by"));
        SetOutput(record, "Decisions", PartOf(decided, "decisions"));
        await CompleteAsync(record, ct, MemberOf(decided, "outcome") is { } outcome ? [outcome] : null, data);
    }
}
