using IndustryBrain.Cli.Running;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Cli.Testing;

/// <summary>The way that a run took.</summary>
internal static class FixturePath
{
    /// <summary>Node ids of the activities that were started, in order, without those that contain others.</summary>
    public static IReadOnlyList<string> Of(ScenarioDefinition? definition, IEnumerable<RunEvent> events)
    {
        var containers = definition?.Nodes.Where(n => n.IsContainer).Select(n => n.NodeId).ToHashSet(StringComparer.Ordinal) ?? [];
        return [.. events.Where(e => e.IsRoot).Select(e => e.Event).OfType<StepStarted>().Select(e => e.NodeId).Where(id => !containers.Contains(id))];
    }
}
