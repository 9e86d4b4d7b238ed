using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Scenarios.Definitions.Checking;

/// <summary>What the checks of the flow ask about a node.</summary>
internal static class NodeTraits
{
    /// <summary>True when nothing that follows it in its Sequence or Flowchart is run.</summary>
    public static bool IsLast(ActivityNode node) => node.IsTerminal || node.Kind == ActivityKind.Fault;

    /// <summary>True when a run may come to rest in it, or in what it contains: it waits, or ends the run or the workflow.</summary>
    public static bool MayStop(ActivityNode node, bool endsWithBreak = false) =>
        node.Kind is ActivityKind.Delay or ActivityKind.Timer or ActivityKind.Cron or ActivityKind.StartAt or ActivityKind.Event or ActivityKind.RunTask or ActivityKind.HttpEndpoint or ActivityKind.HumanTask or ActivityKind.MqttMessage or ActivityKind.FileArrived or ActivityKind.RunEnded or ActivityKind.Throttle
            or ActivityKind.DispatchWorkflow or ActivityKind.ExecuteWorkflow or ActivityKind.BulkDispatchWorkflows or ActivityKind.SubScenario or ActivityKind.Workflow
            or ActivityKind.Complete or ActivityKind.Finish or ActivityKind.Fault or ActivityKind.Compensate or ActivityKind.NotFound
        || (endsWithBreak && node.Kind == ActivityKind.Break)
        || Contained(node).Any(c => MayStop(c, endsWithBreak));

    /// <summary>Everything directly inside it.</summary>
    public static IEnumerable<ActivityNode> Contained(ActivityNode node) =>
    [
        .. node.Children, .. node.Ports.Values, .. node.Cases.Select(c => c.Activity).OfType<ActivityNode>(),
        .. node.Machine?.States.SelectMany(s => new[] { s.Entry, s.Exit }).OfType<ActivityNode>() ?? [],
        .. node.Machine?.Transitions.SelectMany(t => new[] { t.Trigger, t.Action }).OfType<ActivityNode>() ?? [],
    ];

    /// <summary>The activities at which a flowchart may start: where it starts by itself, and those that a trigger starts.</summary>
    public static IEnumerable<int> Starts(ActivityNode flowchart) =>
        flowchart.Children.Where(c => c.CanStartWorkflow).Select(c => c.Position).Prepend(ScenarioExecution.StartOf(flowchart, null)).Distinct();

    /// <summary>The text of a literal, or null when it is something else.</summary>
    public static string? Literal(ActivityNode node, string input) =>
        node.Inputs.TryGetValue(input, out var expression) && expression is { Kind: ExpressionKind.Literal, Value: { } value } ? Values.ValueConverter.ToText(value) : null;
}
