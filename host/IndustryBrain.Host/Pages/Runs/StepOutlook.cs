using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>What becomes of the steps that a run has not reached: they will come, depend on a branch, or lie on a branch that was not taken.</summary>
internal sealed class StepOutlook
{
    private static readonly HashSet<string> Branches = new(["Elsa.If", "Elsa.Switch"], StringComparer.Ordinal);
    private static readonly HashSet<string> Loops = new(["Elsa.While", "Elsa.For", "Elsa.ForEach", "Elsa.ParallelForEach"], StringComparer.Ordinal);
    private readonly Dictionary<string, ScenarioNode> _nodes;
    private readonly ILookup<string, ScenarioNode> _children;
    private readonly Dictionary<string, List<(string Port, string Target)>> _ways = new(StringComparer.Ordinal);
    private readonly HashSet<string> _charts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reached;
    private readonly HashSet<string> _active;

    internal StepOutlook(IReadOnlyList<ScenarioNode> nodes, JsonElement source, IReadOnlyList<StepView> steps)
    {
        _nodes = nodes.ToDictionary(n => n.NodeId, StringComparer.Ordinal);
        _children = nodes.Where(n => n.ParentNodeId is not null).ToLookup(n => n.ParentNodeId!, StringComparer.Ordinal);
        _reached = steps.Select(s => s.NodeId).ToHashSet(StringComparer.Ordinal);
        _active = steps.Where(s => s.State is StepStates.Running or StepStates.Suspended or StepStates.Waiting).Select(s => s.NodeId).ToHashSet(StringComparer.Ordinal);
        if (nodes.FirstOrDefault(n => n.ParentNodeId is null) is { } top && source.ValueKind == JsonValueKind.Object && source.TryGetProperty("root", out var root)) ReadActivity(root, top.NodeId);
    }

    internal bool IsReached(ScenarioNode node) => _reached.Contains(node.NodeId);

    /// <summary>True when it will come, null when a branch decides, false when it will not come any more.</summary>
    internal bool? Comes(ScenarioNode node)
    {
        if (node.ParentNodeId is not { } parentId || !_nodes.TryGetValue(parentId, out var parent)) return true;
        var above = !IsReached(parent) ? Comes(parent) : _active.Contains(parentId) ? true : false;
        if (above == false) return false;
        if (Loops.Contains(parent.Type)) return null;
        if (Branches.Contains(parent.Type)) return _children[parentId].Any(IsReached) && !IsInLoop(parent) ? false : null;
        if (!_charts.Contains(parentId)) return above;

        var from = Origins(parent);
        if (from.Count == 0) return above;
        if (from.Any(origin => Leads(origin, node.NodeId, surely: true, []))) return above;
        return from.Any(origin => Leads(origin, node.NodeId, surely: false, [])) ? null : false;
    }

    // Where a flowchart stands: its active steps, or where it begins.
    private List<string> Origins(ScenarioNode chart)
    {
        var inside = _children[chart.NodeId].Select(n => n.NodeId).ToList();
        if (IsReached(chart)) return [.. inside.Where(_active.Contains)];
        var entered = inside.Where(_ways.ContainsKey).SelectMany(id => _ways[id]).Select(w => w.Target).ToHashSet(StringComparer.Ordinal);
        return [.. inside.Where(id => !entered.Contains(id))];
    }

    // Surely: whichever way out of each step is taken.
    private bool Leads(string from, string to, bool surely, HashSet<string> seen)
    {
        if (from == to) return true;
        if (!seen.Add(from) || !_ways.TryGetValue(from, out var ways)) return false;
        if (!surely) return ways.Any(w => Leads(w.Target, to, surely, seen));
        var ports = ways.GroupBy(w => w.Port, StringComparer.Ordinal).ToList();
        var open = _nodes[from].Type is "Elsa.FlowDecision" or "Elsa.FlowSwitch" && ports.Count < 2;
        return !open && ports.TrueForAll(port => port.Any(w => Leads(w.Target, to, surely, [.. seen])));
    }

    private bool IsInLoop(ScenarioNode node)
    {
        for (var at = node; at.ParentNodeId is { } id && _nodes.TryGetValue(id, out var parent); at = parent)
            if (Loops.Contains(parent.Type)) return true;
        return false;
    }

    private void ReadActivity(JsonElement activity, string id)
    {
        if (activity.ValueKind != JsonValueKind.Object) return;
        if (activity.TryGetProperty("connections", out var connections) && connections.ValueKind == JsonValueKind.Array)
        {
            _charts.Add(id);
            foreach (var connection in connections.EnumerateArray()) ReadWay(connection, id);
        }

        foreach (var member in activity.EnumerateObject().Where(m => m.Name is not ("connections" or "customProperties"))) ReadInside(member.Value, id);
    }

    private void ReadInside(JsonElement value, string parent)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) ReadInside(item, parent);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            if (Text(value, "id") is { } id && _nodes.ContainsKey(Join(parent, id))) ReadActivity(value, Join(parent, id));
            else foreach (var member in value.EnumerateObject()) ReadInside(member.Value, parent);
        }
    }

    private void ReadWay(JsonElement connection, string chart)
    {
        if (!TryEnd(connection, "source", out var source) || !TryEnd(connection, "target", out var target)) return;
        var from = Join(chart, source.Activity);
        if (!_nodes.ContainsKey(from) || !_nodes.ContainsKey(Join(chart, target.Activity))) return;
        if (!_ways.TryGetValue(from, out var ways)) _ways[from] = ways = [];
        ways.Add((source.Port ?? "Done", Join(chart, target.Activity)));
    }

    private static bool TryEnd(JsonElement connection, string name, out (string Activity, string? Port) end)
    {
        end = default;
        if (connection.ValueKind != JsonValueKind.Object || !connection.TryGetProperty(name, out var value)) return false;
        if (value.ValueKind == JsonValueKind.String) end = (value.GetString()!, Text(connection, name + "Port"));
        else if (Text(value, "activity") is { } activity) end = (activity, Text(value, "port"));
        return end.Activity is not null;
    }

    private static string Join(string parent, string id) => $"{parent}:{id}";

    private static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
