using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Reads the connections of a flowchart: nested or flat, the first one decides.</summary>
internal static class ConnectionReader
{
    public static FlowConnection[] Read(ActivityNode flowchart, JsonElement json, ReadingContext context)
    {
        var read = ReadList(flowchart, json, "connections", context);
        // Elsa sets aside what leaves an activity that it does not know, and takes it back when it does.
        var aside = ReadingContext.TryMember(json, "customProperties", out var custom) && ReadingContext.TryMember(custom, "notFoundConnections", out _)
            ? ReadList(flowchart, custom, "notFoundConnections", context)
            : [];
        return aside.Length == 0 ? read : [.. read.Union(aside)];
    }

    private static FlowConnection[] ReadList(ActivityNode flowchart, JsonElement json, string member, ReadingContext context)
    {
        if (!ReadingContext.TryMember(json, member, out var items) || items.ValueKind == JsonValueKind.Null)
            return [];
        if (items.ValueKind == JsonValueKind.Object && items.TryGetProperty("$values", out var values))
            items = values;
        if (items.ValueKind != JsonValueKind.Array)
        {
            context.Add(DefinitionFindings.WrongShape(member, new("数组", "an array"), flowchart.NodeId));
            return [];
        }

        if (items.GetArrayLength() > context.Limits.MaxConnections)
        {
            context.Add(DefinitionFindings.TooManyConnections(context.Limits.MaxConnections, flowchart.NodeId));
            return [];
        }

        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var child in flowchart.Children)
            positions.TryAdd(child.Id, child.Position);
        var connections = new List<FlowConnection>();
        var seen = new HashSet<FlowConnection>();
        bool? isFlat = null;
        foreach (var item in items.EnumerateArray())
        {
            if (!ReadingContext.TryMember(item, "source", out var source) || !ReadingContext.TryMember(item, "target", out var target))
            {
                context.Add(DefinitionFindings.WrongShape(member, new("含 source 和 target 的对象的数组", "an array of objects with source and target"), flowchart.NodeId));
                continue;
            }

            var flat = source.ValueKind == JsonValueKind.String;
            isFlat ??= flat;
            if (flat != isFlat)
            {
                context.Add(DefinitionFindings.MixedConnections(flowchart.NodeId));
                return [];
            }

            var connection = flat ? ReadFlat(item, source, target, positions, flowchart, context) : ReadNested(source, target, positions, flowchart, context);
            // As in Elsa, the connections that leave an unknown activity are set aside until it is known again.
            if (connection is not null && flowchart.Children[connection.Source].Kind != ActivityKind.NotFound && seen.Add(connection))
                connections.Add(connection);
        }

        return [.. connections];
    }

    private static FlowConnection? ReadFlat(JsonElement item, JsonElement source, JsonElement target, Dictionary<string, int> positions, ActivityNode flowchart, ReadingContext context)
    {
        var (from, to) = (source.GetString()!, target.ValueKind == JsonValueKind.String ? target.GetString()! : "");
        if (!positions.TryGetValue(from, out var s) || !positions.TryGetValue(to, out var t))
        {
            context.Add(DefinitionFindings.FlatToUnknown(positions.ContainsKey(from) ? to : from, flowchart.NodeId));
            return null;
        }

        return new FlowConnection(s, ReadingContext.Text(item, "sourcePort"), t);
    }

    private static FlowConnection? ReadNested(JsonElement source, JsonElement target, Dictionary<string, int> positions, ActivityNode flowchart, ReadingContext context)
    {
        var (from, to) = (ReadingContext.Text(source, "activity") ?? "", ReadingContext.Text(target, "activity") ?? "");
        if (!positions.TryGetValue(from, out var s) || !positions.TryGetValue(to, out var t))
        {
            context.Add(DefinitionFindings.ConnectionDropped(positions.ContainsKey(from) ? to : from, flowchart.NodeId));
            return null;
        }

        return new FlowConnection(s, ReadingContext.Text(source, "port"), t);
    }
}
