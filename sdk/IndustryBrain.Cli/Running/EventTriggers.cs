using System.Text.Json;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Cli.Running;

/// <summary>Finds the activities that start a run when an event is published.</summary>
internal static class EventTriggers
{
    /// <summary>Ids of the Event activities of <paramref name="definition"/> that can start it and wait for <paramref name="eventName"/>.</summary>
    public static IEnumerable<string> Of(ScenarioDefinition definition, string eventName)
    {
        if (definition.Nodes.All(n => n.Type != "Elsa.Event"))
        {
            return [];
        }

        var found = new List<string>();
        if (definition.Source.TryGetProperty("root", out var root))
        {
            Collect(root, eventName, found);
        }

        return found;
    }

    private static void Collect(JsonElement json, string eventName, List<string> found)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
            {
                Collect(item, eventName, found);
            }
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (Text(json, "type") == "Elsa.Event" && Text(json, "id") is { } id && CanStart(json) && NameOf(json) == eventName)
        {
            found.Add(id);
        }

        foreach (var member in json.EnumerateObject())
        {
            Collect(member.Value, eventName, found);
        }
    }

    private static bool CanStart(JsonElement node) =>
        (node.TryGetProperty("customProperties", out var custom) && custom.ValueKind == JsonValueKind.Object && (IsTrue(custom, "canStartWorkflow") || IsTrue(custom, "CanStartWorkflow")))
        || IsTrue(node, "canStartWorkflow");

    // The name of a trigger is indexed before any run exists, so only a literal counts.
    private static string? NameOf(JsonElement node)
    {
        if (!node.TryGetProperty("eventName", out var wrapper))
        {
            return null;
        }

        if (wrapper.ValueKind == JsonValueKind.String)
        {
            return wrapper.GetString();
        }

        return wrapper.ValueKind == JsonValueKind.Object && wrapper.TryGetProperty("expression", out var expression) && expression.ValueKind == JsonValueKind.Object && Text(expression, "type") == "Literal"
            ? Text(expression, "value")
            : null;
    }

    private static bool IsTrue(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
