using System.Globalization;
using System.Text.Json.Nodes;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>Writes Elsa 3 workflow definitions as another program would export them.</summary>
internal static class Elsa
{
    /// <summary>A scenario that does one step after the other.</summary>
    internal static JsonObject Scenario(string definitionId, string name, params JsonObject[] steps) => new()
    {
        ["id"] = definitionId + ":1",
        ["definitionId"] = definitionId,
        ["name"] = name,
        ["version"] = 1,
        ["isLatest"] = true,
        ["customProperties"] = new JsonObject { ["industryBrain"] = new JsonObject { ["name"] = new JsonObject { ["zh"] = name, ["en"] = name } } },
        ["inputs"] = new JsonArray { new JsonObject { ["name"] = "note", ["type"] = "String" } },
        ["outputs"] = new JsonArray { new JsonObject { ["name"] = "answer", ["type"] = "Object" } },
        ["root"] = new JsonObject { ["id"] = "root", ["nodeId"] = "root", ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray([.. steps]) },
    };

    internal static JsonObject Delay(string id, TimeSpan time) =>
        Activity("Delay", id, ("timeSpan", Input("TimeSpan", "Literal", time.ToString("c", CultureInfo.InvariantCulture))));

    internal static JsonObject Line(string id, string text) => Activity("WriteLine", id, ("text", Input("String", "Literal", text)));

    internal static JsonObject Event(string id, string name) => Activity("Event", id, ("eventName", Input("String", "Literal", name)));

    internal static JsonObject Fault(string id, string message) =>
        Activity("Fault", id, ("code", Input("String", "Literal", "STOP")), ("category", Input("String", "Literal", "Test")), ("faultType", Input("String", "Literal", "Test")), ("message", Input("String", "Literal", message)));

    /// <summary>Sets the output <c>answer</c> to what a script gives.</summary>
    internal static JsonObject Answer(string id, string script) =>
        Activity("SetOutput", id, ("outputName", Input("String", "Literal", "answer")), ("outputValue", Input("Object", "JavaScript", script)));

    internal static JsonObject Activity(string type, string id, params (string Name, JsonNode Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["nodeId"] = "root:" + id, ["type"] = "Elsa." + type, ["version"] = 1 };
        foreach (var (name, value) in inputs) activity[name] = value;
        return activity;
    }

    internal static JsonObject Input(string type, string language, string value) =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = language, ["value"] = value } };
}
