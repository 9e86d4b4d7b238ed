using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>The activities that Elsa does not have, in its shape: Elsa keeps them as activities that it does not know.</summary>
internal static class OwnActivities
{
    public static IReadOnlyList<ActivityDescriptor> All { get; } =
    [
        Of(ActivityKind.Try, [], ["Error"], "body", "catch", "finally"),
        Of(
            ActivityKind.Retry,
            [
                new("maxAttempts", TypeRef.Int32, 3), new("delay", TypeRef.TimeSpan, TimeSpan.Zero), new("factor", new TypeRef(ValueKind.Double), 1d),
                new("maxDelay", TypeRef.TimeSpan, TimeSpan.FromHours(1)), new("codes", TypeRef.StringList),
                new("jitter", new TypeRef(ValueKind.Double), 0d),
            ],
            ["Attempt"],
            "body"),
        Of(ActivityKind.Saga, [], ["Error"], "body"),
        Of(ActivityKind.Compensable, [], [], "body", "compensation"),
        Of(ActivityKind.Compensate, []),
        Of(ActivityKind.Map, [new("items", TypeRef.Object), new("maxParallel", TypeRef.Int32, 4), new("select", TypeRef.Object)], ["Result"], "body"),
        Of(ActivityKind.Throttle, [new("limit", TypeRef.Int32, 1), new("interval", TypeRef.TimeSpan, TimeSpan.FromSeconds(1)), new("key", TypeRef.String)]),
        Of(
            ActivityKind.SubScenario,
            [new("scenarioId", TypeRef.String), new("scenarioVersion", TypeRef.Int32), new("input", TypeRef.JsonObject), new("correlationId", TypeRef.String), new("waitForCompletion", TypeRef.Boolean, true)],
            ["Result"]),
        Of(
            ActivityKind.HumanTask,
            [
                new("title", TypeRef.String), new("description", TypeRef.String), new("assignee", TypeRef.String), new("role", TypeRef.String),
                new("schema", TypeRef.JsonObject), new("data", TypeRef.Object), new("dueIn", new TypeRef(ValueKind.TimeSpan, IsNullable: true)),
                new("outcomes", TypeRef.StringList), new("quorum", TypeRef.Int32, 1), new("voters", new TypeRef(ValueKind.Int32, IsNullable: true)), new("fourEyes", TypeRef.Boolean, false),
                new("remindEvery", new TypeRef(ValueKind.TimeSpan, IsNullable: true)), new("escalateAfter", new TypeRef(ValueKind.TimeSpan, IsNullable: true)), new("escalateTo", TypeRef.String),
            ],
            ["Result", "DecidedBy", "Decisions"]),
        Of(ActivityKind.MqttMessage, [new("connection", TypeRef.String), new("topic", TypeRef.String)], ["Result"]),
        Of(ActivityKind.FileArrived, [new("folder", TypeRef.String), new("pattern", TypeRef.String, "*")], ["Result"]),
        Of(ActivityKind.RunEnded, [new("scenarioId", TypeRef.String), new("outcome", TypeRef.String, "any")], ["Result"]),
    ];

    private static ActivityDescriptor Of(ActivityKind kind, InputDescriptor[] inputs, string[]? outputs = null, params string[] ports) => new($"IndustryBrain.{kind}", kind, inputs, outputs ?? [], ports);
}
