using static IndustryBrain.Runtime.Tests.Http.HttpDefinitions;

namespace IndustryBrain.Runtime.Tests.Triggers;

/// <summary>Activities that something from outside starts.</summary>
internal static class ArrivalDefinitions
{
    public static string Of(string type, string id, string from, string fromValue, string what, string whatValue, bool starts = true, string custom = "") => $$"""
        { "type": "IndustryBrain.{{type}}", "id": "{{id}}", "version": 1, "customProperties": { "canStartWorkflow": {{(starts ? "true" : "false")}}{{custom}} }, "metadata": {},
          "{{from}}": {{Literal("String", fromValue)}}, "{{what}}": {{Literal("String", whatValue)}} }
        """;

    public static string Mqtt(string id, string connection, string topic, bool starts = true, string custom = "") => Of("MqttMessage", id, "connection", connection, "topic", topic, starts, custom);

    public static string File(string id, string folder, string pattern, bool starts = true) => Of("FileArrived", id, "folder", folder, "pattern", pattern, starts);

    public static string RunEnded(string id, string scenario, string outcome, bool starts = true) => Of("RunEnded", id, "scenarioId", scenario, "outcome", outcome, starts);
}
