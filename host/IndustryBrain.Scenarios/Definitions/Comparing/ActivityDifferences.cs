using System.Globalization;
using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Comparing;

/// <summary>What became of the activities of two definitions.</summary>
internal static class ActivityDifferences
{
    // What stands in them is compared on its own: ids by the pairing, variables as declarations, connections by their ends.
    private static readonly string[] Elsewhere = ["id", "nodeId", "variables", "connections"];

    /// <summary>In the order of the later definition, those that were removed last.</summary>
    public static IReadOnlyList<ActivityChange> Of(ActivityPairs pairs)
    {
        var before = pairs.Both.ToDictionary(p => p.To, p => p.From);
        var outOfOrder = pairs.Both.SelectMany(p => OutOfOrder(p.From, p.To, before)).ToHashSet();
        List<(int Index, ActivityChange Change)> changes = [];
        foreach (var (from, to) in pairs.Both)
        {
            var fields = JsonDifferences.Of(from.Json, to.Json, Elsewhere);
            if (outOfOrder.Contains(to) || !StandIn(from.Parent, to.Parent, before))
                changes.Add((to.Index, Of(ChangeKind.Moved, to, fields) with { MovedFrom = PlaceOf(from), MovedTo = PlaceOf(to) }));
            else if (fields.Count > 0)
                changes.Add((to.Index, Of(ChangeKind.Changed, to, fields)));
        }

        changes.AddRange(pairs.Added.Select(a => (a.Index, Of(ChangeKind.Added, a, []))));
        return [.. changes.OrderBy(c => c.Index).Select(c => c.Change), .. pairs.Removed.Select(a => Of(ChangeKind.Removed, a, []))];
    }

    private static ActivityChange Of(ChangeKind kind, ActivityNode node, IReadOnlyList<FieldChange> fields) => new(kind, node.Id, node.NodeId, node.DisplayText, node.Type, fields);

    private static bool StandIn(ActivityNode? from, ActivityNode? to, Dictionary<ActivityNode, ActivityNode> before) =>
        to is null ? from is null : before.TryGetValue(to, out var same) ? same == from : from is not null && from.NodeId == to.NodeId;

    private static string PlaceOf(ActivityNode node) => node.Parent is not { } parent
        ? ""
        : Array.IndexOf(parent.Children, node) is >= 0 and var place ? string.Create(CultureInfo.InvariantCulture, $"{parent.NodeId} {place + 1}") : parent.NodeId;

    /// <summary>The fewest activities whose moving gives the new order; in a flowchart the order says nothing.</summary>
    private static IEnumerable<ActivityNode> OutOfOrder(ActivityNode from, ActivityNode to, Dictionary<ActivityNode, ActivityNode> before)
    {
        if (to.Kind == ActivityKind.Flowchart || to.Children.Length < 2)
            return [];
        var places = new Dictionary<ActivityNode, int>();
        for (var i = 0; i < from.Children.Length; i++)
            places[from.Children[i]] = i;
        var stayed = to.Children.Where(c => before.TryGetValue(c, out var was) && places.ContainsKey(was)).ToArray();
        var inOrder = LongestRise([.. stayed.Select(c => places[before[c]])]);
        return stayed.Where((_, i) => !inOrder.Contains(i));
    }

    /// <summary>Positions of a longest rising part of these numbers, each of which is there once.</summary>
    private static HashSet<int> LongestRise(int[] numbers)
    {
        var previous = new int[numbers.Length];
        List<int> ends = [];
        for (var i = 0; i < numbers.Length; i++)
        {
            var (low, high) = (0, ends.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (numbers[ends[middle]] < numbers[i])
                    low = middle + 1;
                else
                    high = middle;
            }

            previous[i] = low > 0 ? ends[low - 1] : -1;
            if (low == ends.Count)
                ends.Add(i);
            else
                ends[low] = i;
        }

        HashSet<int> rise = [];
        for (var i = ends.Count > 0 ? ends[^1] : -1; i >= 0; i = previous[i])
            rise.Add(i);
        return rise;
    }
}
