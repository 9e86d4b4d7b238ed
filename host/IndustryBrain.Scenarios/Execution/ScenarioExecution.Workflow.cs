using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Workflows that run as activities: inputs, outputs and an end of their own.</content>
public sealed partial class ScenarioExecution
{
    private async ValueTask StartWorkflowAsync(ActivityRecord record, CancellationToken ct)
    {
        var node = record.Node!;
        var state = new WorkflowState();
        foreach (var input in node.Workflow!.Inputs)
        {
            var member = WorkflowActivity.MemberOf(input.Name);
            var value = node.Inputs.TryGetValue(member, out var expression) ? await EvaluateAsync(record, expression, node.Descriptor!.Input(member).Type, member, ct) : null;
            Hold(Weight(value));
            state.Inputs[input.Name] = value;
        }

        // Only now: what gives the inputs is written outside.
        record.Workflow = state;
        DeclareVariables(record, node.Variables);
        await StartOneAsync(record, node.Port(WorkflowActivity.RootPort), ct);
    }

    private async ValueTask CompleteWorkflowAsync(ActivityRecord record, IReadOnlyList<string>? outcomes, CancellationToken ct)
    {
        foreach (var output in record.Node!.Workflow!.Outputs)
        {
            if (record.Workflow!.Outputs.TryGetValue(output.Name, out var value))
                SetOutput(record, output.Name, value);
        }

        await CompleteAsync(record, ct, outcomes);
    }

    // Ends the nearest workflow: the one that runs as an activity, else the run.
    private async ValueTask CompleteRunAsync(ActivityRecord record, CancellationToken ct)
    {
        var outcomes = OutcomesOf(await InputAsync(record, "outcomes", ct));
        EndRecord(record, ActivityStatus.Completed);
        _events.Add(new StepFinished(record.StepId, record.Node!.NodeId, Now, null, outcomes ?? []));
        var workflow = record.Parent;
        while (workflow is { Workflow: null, Parent: { } parent })
            workflow = parent;
        if (workflow is not { Status: ActivityStatus.Running })
            return;
        RemoveQueued(i => i.Record == workflow);
        if (workflow.Workflow is not null)
        {
            await CompleteWorkflowAsync(workflow, outcomes, ct);
            return;
        }

        CancelChildren(_root);
        EndRecord(_root, ActivityStatus.Completed);
    }

    private static string[]? OutcomesOf(object? value)
    {
        if (value is string text && (text.Length == 0 || text.TrimStart()[0] != '['))
            return text.Length == 0 ? null : [text];
        return ValueConverter.ToItems(value) is { Count: > 0 } items ? [.. items.Select(i => ValueConverter.ToText(i) ?? "")] : null;
    }

    private static WorkflowState? WorkflowAround(ActivityRecord record, out ScenarioDefinition? definition)
    {
        for (var scope = record; scope is not null; scope = scope.Parent)
        {
            if (scope.Workflow is { } found)
            {
                definition = scope.Node!.Workflow;
                return found;
            }
        }

        definition = null;
        return null;
    }

    private object? InputOf(ActivityRecord record, string name) => (WorkflowAround(record, out _)?.Inputs ?? _inputs).GetValueOrDefault(name);

    private bool DeclaresOutput(ActivityRecord record, string name)
    {
        for (var scope = record.Parent; scope is not null; scope = scope.Parent)
        {
            if (scope.Workflow is not null && scope.Node!.Workflow!.HasOutput(name))
                return true;
        }

        return _definition.HasOutput(name);
    }

    // The nearest workflow that declares it, else the run, even when it does not.
    private void SetRunOutput(ActivityRecord record, string name, object? value)
    {
        var outputs = _output;
        for (var scope = record.Parent; scope is not null && outputs == _output; scope = scope.Parent)
        {
            if (scope.Workflow is { } workflow && scope.Node!.Workflow!.HasOutput(name))
                outputs = workflow.Outputs;
        }

        Hold(Weight(value) - Weight(outputs.GetValueOrDefault(name)));
        outputs[name] = value;
    }
}
