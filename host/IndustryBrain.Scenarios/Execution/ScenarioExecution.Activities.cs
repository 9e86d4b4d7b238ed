using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <content>What each activity does when it starts.</content>
public sealed partial class ScenarioExecution
{
    private static readonly string[] MatchModes = ["MatchFirst", "MatchAny"];

    private async ValueTask StartAsync(ActivityRecord record, CancellationToken ct)
    {
        var node = record.Node!;
        if (!node.IsVersionKnown)
            throw new ActivityFaultException(ScenarioFailures.UnknownActivity($"{node.Type} version {node.Version}"));
        if (node.Timeout is { } longest)
            SetDeadline(record, longest);
        switch (node.Kind)
        {
            case ActivityKind.NotFound:
                throw new ActivityFaultException(ScenarioFailures.UnknownActivity(node.Type));
            case ActivityKind.Component:
                await CallComponentAsync(record, ct);
                return;
            case ActivityKind.Try or ActivityKind.Retry or ActivityKind.Saga:
                await StartGuardAsync(record, ct);
                return;
            case ActivityKind.Compensable:
                if (node.Port("body") is { } part)
                    Schedule(record, part);
                else
                    await CompensableCompletedAsync(record, ct);
                return;
            case ActivityKind.Compensate:
                await CompensateAsync(record, ct);
                return;
            case ActivityKind.Map:
                await StartMapAsync(record, ct);
                return;
            case ActivityKind.Workflow:
                await StartWorkflowAsync(record, ct);
                return;
            case ActivityKind.Sequence:
                await NextOfSequenceAsync(record, ct);
                return;
            case ActivityKind.Parallel or ActivityKind.Fork:
                await StartAllAsync(record, node.Children, ct);
                return;
            case ActivityKind.Flowchart:
                await StartFlowchartAsync(record, ct);
                return;
            case ActivityKind.StateMachine:
                await StartMachineAsync(record, ct);
                return;
            case ActivityKind.FlowNode:
                await StartOneAsync(record, node.Port("body"), ct);
                return;
            case ActivityKind.If:
                var condition = await ConditionAsync(record, ct);
                SetOutput(record, "Result", condition);
                await StartOneAsync(record, node.Port(condition ? "then" : "else"), ct);
                return;
            case ActivityKind.Switch:
                await StartSwitchAsync(record, ct);
                return;
            case ActivityKind.For:
                await StartForAsync(record, ct);
                return;
            case ActivityKind.ForEach:
                await NextOfForEachAsync(record, ct);
                return;
            case ActivityKind.ParallelForEach:
                await StartParallelForEachAsync(record, ct);
                return;
            case ActivityKind.While:
                await NextOfWhileAsync(record, ct);
                return;
            case ActivityKind.Break:
                SignalBreak(record);
                await CompleteAsync(record, ct);
                return;
            case ActivityKind.FlowDecision:
                await CompleteAsync(record, ct, await ConditionAsync(record, ct) ? ["True"] : ["False"]);
                return;
            case ActivityKind.FlowSwitch:
                await CompleteAsync(record, ct, await FlowSwitchOutcomesAsync(record, ct));
                return;
            case ActivityKind.FlowFork:
                var branches = ValueConverter.ToItems(await InputAsync(record, "branches", ct));
                await CompleteAsync(record, ct, branches is { Count: > 0 } ? [.. branches.Select(b => ValueConverter.ToText(b) ?? "")] : null);
                return;
            case ActivityKind.FlowJoin:
                if (record.Parent is { Flow: not null, Status: ActivityStatus.Running } flowchart)
                    await CancelAncestorsAsync(flowchart, node.Position, ct);
                await CompleteAsync(record, ct);
                return;
            case ActivityKind.Complete:
                await CompleteRunAsync(record, ct);
                return;
            case ActivityKind.Finish:
                FinishRun(record);
                return;
            default:
                await StartSimpleAsync(record, ct);
                return;
        }
    }

    private async ValueTask StartSimpleAsync(ActivityRecord record, CancellationToken ct)
    {
        var node = record.Node!;
        switch (node.Kind)
        {
            case ActivityKind.Fault:
                _ = await TextAsync(record, "code", ct);
                throw new ActivityFaultException(ScenarioFailures.Thrown(await TextAsync(record, "message", ct) ?? ""));
            case ActivityKind.SetVariable:
                await AssignAsync(record, ct);
                break;
            case ActivityKind.SetName:
                Name = await TextAsync(record, "value", ct);
                break;
            case ActivityKind.Correlate:
                CorrelationId = await TextAsync(record, "correlationId", ct);
                break;
            case ActivityKind.SetOutput:
                var name = await TextAsync(record, "outputName", ct);
                if (string.IsNullOrEmpty(name))
                    throw new ActivityFaultException(ScenarioFailures.NoOutputName());
                SetRunOutput(record, name, await InputAsync(record, "outputValue", ct));
                break;
            case ActivityKind.WriteLine:
                WriteLine(record, await TextAsync(record, "text", ct) ?? "");
                break;
            case ActivityKind.ReadLine:
                SetOutput(record, "Result", null);
                break;
            case ActivityKind.RunScript:
                await RunScriptActivityAsync(record, ct);
                return;
            case ActivityKind.Event or ActivityKind.MqttMessage or ActivityKind.FileArrived or ActivityKind.RunEnded:
                await StartEventAsync(record, ct);
                return;
            case ActivityKind.PublishEvent:
                await PublishAsync(record, ct);
                break;
            case ActivityKind.RunTask:
                await StartTaskAsync(record, ct);
                return;
            case ActivityKind.DispatchWorkflow or ActivityKind.ExecuteWorkflow:
                await RequestChildAsync(record, ct);
                return;
            case ActivityKind.Throttle:
                await ThrottleAsync(record, ct);
                return;
            case ActivityKind.SubScenario:
                await StartSubScenarioAsync(record, ct);
                return;
            case ActivityKind.HumanTask:
                await StartHumanTaskAsync(record, ct);
                return;
            case ActivityKind.HttpEndpoint:
                await StartEndpointAsync(record, ct);
                return;
            case ActivityKind.WriteHttpResponse:
                await WriteResponseAsync(record, ct);
                return;
            case ActivityKind.WriteFileHttpResponse:
                await WriteFileResponseAsync(record, ct);
                return;
            case ActivityKind.SendHttpRequest or ActivityKind.FlowSendHttpRequest or ActivityKind.DownloadHttpFile:
                await SendRequestAsync(record, ct);
                return;
            case ActivityKind.BulkDispatchWorkflows:
                await StartBulkAsync(record, ct);
                return;
            case ActivityKind.Delay or ActivityKind.Timer or ActivityKind.StartAt or ActivityKind.Cron:
                await StartTimerAsync(record, ct);
                return;
            default:
                break;
        }

        await CompleteAsync(record, ct);
    }

    private async ValueTask ChildCompletedAsync(ActivityRecord record, ActivityRecord child, IReadOnlyList<string>? outcomes, CancellationToken ct)
    {
        switch (record.Node?.Kind)
        {
            case ActivityKind.Sequence:
                if (record.IsBreaking || child.Node!.IsTerminal)
                    await CompleteAsync(record, ct);
                else
                    await NextOfSequenceAsync(record, ct);
                return;
            case ActivityKind.Workflow:
                await CompleteWorkflowAsync(record, null, ct);
                return;
            case ActivityKind.Flowchart:
                await FlowChildCompletedAsync(record, child, outcomes, ct);
                return;
            case ActivityKind.Try or ActivityKind.Retry or ActivityKind.Saga:
                await GuardChildCompletedAsync(record, ct);
                return;
            case ActivityKind.Compensable:
                await CompensableCompletedAsync(record, ct);
                return;
            case ActivityKind.Map:
                await MapChildCompletedAsync(record, child, ct);
                return;
            case ActivityKind.StateMachine:
                await MachineChildCompletedAsync(record, child, ct);
                return;
            case ActivityKind.Fork when record.Node.WaitsForAny:
                await CompleteAsync(record, ct);
                return;
            case ActivityKind.Parallel or ActivityKind.Fork or ActivityKind.Switch or ActivityKind.ParallelForEach:
                if (--record.Remaining == 0)
                    await CompleteAsync(record, ct);
                return;
            case ActivityKind.BulkDispatchWorkflows:
                await BulkChildCompletedAsync(record, ct);
                return;
            case ActivityKind.For or ActivityKind.ForEach or ActivityKind.While when record.IsBreaking:
                await CompleteAsync(record, ct);
                return;
            case ActivityKind.For:
                record.Loop!.Current += record.Loop.Step;
                await NextOfForAsync(record, ct);
                return;
            case ActivityKind.ForEach:
                await NextOfForEachAsync(record, ct);
                return;
            case ActivityKind.While:
                await NextOfWhileAsync(record, ct);
                return;
            default:
                await CompleteAsync(record, ct);
                return;
        }
    }

    private async ValueTask StartOneAsync(ActivityRecord record, ActivityNode? child, CancellationToken ct)
    {
        if (child is null)
            await CompleteAsync(record, ct);
        else
            Schedule(record, child);
    }

    private async ValueTask StartAllAsync(ActivityRecord record, ActivityNode[] children, CancellationToken ct)
    {
        record.Remaining = children.Length;
        foreach (var child in children)
            Schedule(record, child);
        if (children.Length == 0)
            await CompleteAsync(record, ct);
    }

    private async ValueTask NextOfSequenceAsync(ActivityRecord record, CancellationToken ct)
    {
        var children = record.Node!.Children;
        if (record.Cursor < children.Length)
            Schedule(record, children[record.Cursor++]);
        else
            await CompleteAsync(record, ct);
    }

    private async ValueTask<List<SwitchCase>> MatchAsync(ActivityRecord record, CancellationToken ct)
    {
        var all = await EnumAsync(record, record.Node!, "mode", MatchModes, ct) == 1;
        var matched = new List<SwitchCase>();
        foreach (var switchCase in record.Node!.Cases)
        {
            if (await EvaluateAsync(record, switchCase.Condition, TypeRef.Boolean, switchCase.Label, ct) is not true)
                continue;
            matched.Add(switchCase);
            if (!all)
                break;
        }

        return matched;
    }

    private async ValueTask StartSwitchAsync(ActivityRecord record, CancellationToken ct)
    {
        var matched = await MatchAsync(record, ct);
        if (matched.Count == 0)
            await StartAllAsync(record, record.Node!.Port("default") is { } fallback ? [fallback] : [], ct);
        else
            await StartAllAsync(record, [.. matched.Where(c => c.Activity is not null).Select(c => c.Activity!)], ct);
    }

    private async ValueTask<IReadOnlyList<string>> FlowSwitchOutcomesAsync(ActivityRecord record, CancellationToken ct)
    {
        var matched = await MatchAsync(record, ct);
        return matched.Count == 0 ? ["Default"] : [.. matched.Select(c => c.Label)];
    }

    private async ValueTask AssignAsync(ActivityRecord record, CancellationToken ct)
    {
        var node = record.Node!;
        var value = await InputAsync(record, "value", ct);
        if (string.IsNullOrEmpty(node.VariableId))
            throw new ActivityFaultException(ScenarioFailures.NoVariable());
        if (FindVariable(record, node.VariableId, byId: true) is not { } slot)
            Declare(VariableContainer(record), slot = new VariableSlot(node.VariableName ?? node.VariableId, null));
        Set(slot, value);
    }

    private void WriteLine(ActivityRecord record, string text)
    {
        if (_lines.Count >= _services.Limits.MaxLines)
            throw new ActivityFaultException(ScenarioFailures.TooLong("lines", _services.Limits.MaxLines));
        Hold(Weight(text));
        _lines.Add(text);
        _events.Add(new LineWritten(record.StepId, record.Node!.NodeId, Now, text));
    }

    private async ValueTask RunScriptActivityAsync(ActivityRecord record, CancellationToken ct)
    {
        var source = await ScriptSourceAsync(record, ct);
        if (string.IsNullOrWhiteSpace(source))
        {
            await CompleteAsync(record, ct);
            return;
        }

        var result = await RunScriptAsync(record, record.Node!.Descriptor!.ScriptLanguage!, source, isScript: true, "Script", ct);
        SetOutput(record, "Result", result.Value);
        await CompleteAsync(record, ct, result.Outcomes, result.Value);
    }

    // A script input whose own expression is JavaScript is the script, not an expression that yields one.
    private async ValueTask<string?> ScriptSourceAsync(ActivityRecord record, CancellationToken ct) =>
        record.Node!.Inputs.TryGetValue("script", out var script) && script.Kind == ExpressionKind.Script && script.Language == record.Node.Descriptor!.ScriptLanguage
            ? script.Text
            : await TextAsync(record, "script", ct);

    private void FinishRun(ActivityRecord record)
    {
        EndRecord(record, ActivityStatus.Completed);
        _events.Add(new StepFinished(record.StepId, record.Node!.NodeId, Now, null, []));
        RemoveQueued(_ => true);
        // After a fault too: what a definition says about its end holds; the incident stays.
        (Status, SubStatus) = (ExecutionStatus.Finished, ExecutionSubStatus.Finished);
    }
}
