using System.Collections.Frozen;
using IndustryBrain.Scenarios.Values;
using static IndustryBrain.Scenarios.Definitions.Model.ActivityKind;

namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>The built-in activities that the engine runs.</summary>
internal static class BuiltInActivities
{
    private static readonly FrozenDictionary<string, ActivityDescriptor> All = Create().ToFrozenDictionary(d => d.Type, StringComparer.Ordinal);

    /// <summary>All of them, by type.</summary>
    public static IEnumerable<ActivityDescriptor> Descriptors => All.Values.OrderBy(d => d.Type, StringComparer.Ordinal);

    public static ActivityDescriptor? Find(string type) => All.GetValueOrDefault(type);

    private static IEnumerable<ActivityDescriptor> Create() => [.. CreateControl(), .. HttpActivities.All, .. OwnActivities.All];

    private static IEnumerable<ActivityDescriptor> CreateControl()
    {
        var minute = TimeSpan.FromMinutes(1);
        yield return Of(Sequence);
        yield return Of(ActivityKind.Parallel);
        yield return Of(Fork);
        yield return Of(Flowchart);
        yield return Of(FlowNode, ports: ["body"]);
        yield return Of(If, [new("condition", TypeRef.Boolean, false)], ["Result"], ["then", "else"]);
        yield return Of(Switch, [Mode()], ["Output"], ["default"]);
        yield return Of(
            For,
            [new("start", TypeRef.Int32, 0), new("end", TypeRef.Int32, 0), new("step", TypeRef.Int32, 1), new("outerBoundInclusive", TypeRef.Boolean, true, NullIsDefault: true)],
            ["CurrentValue"],
            ["body"]);
        yield return Of(ForEach, [new("items", TypeRef.Object)], ["CurrentValue"], ["body"]);
        yield return Of(ParallelForEach, [new("items", TypeRef.Object)], [], ["body"]);
        yield return Of(While, [new("condition", TypeRef.Boolean, false)], [], ["body"]);
        yield return Of(Break);
        yield return Of(FlowDecision, [new("condition", TypeRef.Boolean, false)]);
        yield return Of(FlowSwitch, [Mode()]);
        yield return Of(FlowFork, [new("branches", TypeRef.StringList)]);
        yield return Of(FlowJoin, [new("mode", TypeRef.Object, "WaitAny", NullIsDefault: true)]);
        yield return Of(Start);
        yield return Of(End);
        yield return Of(Complete, [new("outcomes", TypeRef.Object)]);
        yield return Of(Finish);
        yield return Of(Fault, [new("code", TypeRef.String, "0"), new("category", TypeRef.String, "General"), new("faultType", TypeRef.String, "System"), new("message", TypeRef.String)]);
        yield return Of(SetVariable, [new("value", TypeRef.Object)]);
        yield return Of(SetName, [new("value", TypeRef.String)]);
        yield return Of(Correlate, [new("correlationId", TypeRef.String)]);
        yield return Of(SetOutput, [new("outputName", TypeRef.String), new("outputValue", TypeRef.Object)]);
        yield return Of(WriteLine, [new("text", TypeRef.String)]);
        yield return Of(ReadLine, [], ["Result"]);
        yield return Script("RunJavaScript", "JavaScript");
        yield return Script("RunCSharp", "CSharp");
        yield return Script("RunPython", "Python");
        yield return Of(Event, [new("eventName", TypeRef.String)], ["Result"]);
        yield return Of(PublishEvent, [new("eventName", TypeRef.String), new("correlationId", TypeRef.String), new("isLocalEvent", TypeRef.Boolean, false), new("payload", TypeRef.Object)]);
        yield return Of(RunTask, [new("taskName", TypeRef.String), new("payload", TypeRef.JsonObject)], ["TaskId", "Result"]);
        yield return Of(DispatchWorkflow, Child(), ["Result"]);
        yield return Of(ExecuteWorkflow, Child(), ["Result"]);
        yield return Of(Delay, [new("timeSpan", TypeRef.TimeSpan, minute)]);
        yield return Of(ActivityKind.Timer, [new("interval", TypeRef.TimeSpan, minute)]);
        yield return Of(StartAt, [new("dateTime", TypeRef.DateTimeOffset)]);
        yield return Of(Cron, [new("cronExpression", TypeRef.String)]);
        yield return Of(StateMachine, [new("initialState", TypeRef.String), new("currentState", TypeRef.String)], ["CurrentState"]);
        yield return Of(
            BulkDispatchWorkflows,
            [.. Child(waits: true), new("items", TypeRef.Object), new("defaultItemInputKey", TypeRef.String, "Item", NullIsDefault: true), new("correlationIdFunction", TypeRef.String)],
            [],
            ["childCompleted", "childFaulted"]);
    }

    private static ActivityDescriptor Of(ActivityKind kind, InputDescriptor[]? inputs = null, string[]? outputs = null, string[]? ports = null) =>
        new($"Elsa.{kind}", kind, inputs ?? [], outputs ?? [], ports ?? []);

    private static ActivityDescriptor Script(string name, string language) =>
        new($"Elsa.{name}", RunScript, [new("script", TypeRef.String, ""), new("possibleOutcomes", TypeRef.StringList)], ["Result"], []) { ScriptLanguage = language };

    private static InputDescriptor Mode() => new("mode", TypeRef.Object, "MatchFirst", NullIsDefault: true);

    private static InputDescriptor[] Child(bool waits = false) =>
    [
        new("workflowDefinitionId", TypeRef.String),
        new("correlationId", TypeRef.String),
        new("input", TypeRef.JsonObject),
        new("waitForCompletion", TypeRef.Boolean, waits),
    ];
}
