using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Inputs;

namespace IndustryBrain.Runtime.Runs;

/// <summary>What went wrong in a run, as people see it.</summary>
internal static class RunIncidents
{
    public static IReadOnlyList<IncidentView> Of(ScenarioExecution engine) =>
        [.. engine.Incidents.Select(i => (Incident: i, Failure: Storable.Clean(i.Failure))).Select(i => new IncidentView(
            i.Incident.ActivityId ?? "", i.Incident.NodeId ?? "", i.Incident.ActivityType ?? "", i.Failure.Code, i.Failure.Message, i.Failure.Where, i.Failure.Action, i.Incident.At) { StepId = i.Incident.StepId })];
}
