using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Comparing;

/// <summary>The activities of two definitions, brought together: by where they stand, then by an id that each has once among what is left.</summary>
/// <param name="Both">Those that both have, in the order of the later one.</param>
/// <param name="Added">Those that only the later one has.</param>
/// <param name="Removed">Those that only the earlier one has.</param>
internal sealed record ActivityPairs(IReadOnlyList<(ActivityNode From, ActivityNode To)> Both, IReadOnlyList<ActivityNode> Added, IReadOnlyList<ActivityNode> Removed)
{
    public static ActivityPairs Of(ActivityNode[] from, ActivityNode[] to)
    {
        var paired = new Dictionary<ActivityNode, ActivityNode>();
        var open = from.ToLookup(a => a.NodeId, StringComparer.Ordinal);
        foreach (var group in to.ToLookup(a => a.NodeId, StringComparer.Ordinal))
        {
            foreach (var (before, now) in open[group.Key].Zip(group))
                paired[now] = before;
        }

        var taken = paired.Values.ToHashSet();
        var left = from.Where(a => !taken.Contains(a)).ToLookup(a => a.Id, StringComparer.Ordinal);
        foreach (var group in to.Where(a => !paired.ContainsKey(a)).ToLookup(a => a.Id, StringComparer.Ordinal))
        {
            if (group.Count() == 1 && left[group.Key].Take(2).ToArray() is [var before])
                paired[group.Single()] = before;
        }

        var found = paired.Values.ToHashSet();
        return new(
            [.. from now in to where paired.ContainsKey(now) select (paired[now], now)],
            [.. to.Where(a => !paired.ContainsKey(a))],
            [.. from.Where(a => !found.Contains(a))]);
    }
}
