using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;

namespace IndustryBrain.Scenarios.Definitions.Comparing;

/// <summary>
/// What differs between two definitions of a scenario, for people who decide about a version. Activities are the same when their ids are; ids and numbers of versions, dates, and where activities lie on the canvas are not compared.
/// </summary>
/// <param name="Activities">Activities, in the order of the later one, those that were removed last.</param>
/// <param name="Connections">Connections of flowcharts.</param>
/// <param name="Inputs">Declared inputs.</param>
/// <param name="Outputs">Declared outputs.</param>
/// <param name="Variables">Variables of the scenario and of its activities.</param>
/// <param name="Settings">What else the definition says: name, description, options, what it tells people about itself.</param>
public sealed record ScenarioComparison(
    IReadOnlyList<ActivityChange> Activities,
    IReadOnlyList<ConnectionChange> Connections,
    IReadOnlyList<DeclarationChange> Inputs,
    IReadOnlyList<DeclarationChange> Outputs,
    IReadOnlyList<DeclarationChange> Variables,
    IReadOnlyList<FieldChange> Settings)
{
    private static readonly string[] OfTheVersion = ["$schema", "id", "definitionId", "version", "createdAt", "isLatest", "isPublished", "isReadonly", "isSystem", "toolVersion", "root", "inputs", "outputs", "variables"];

    /// <summary>True when nothing differs that is compared.</summary>
    public bool IsSame => Count == 0;

    /// <summary>How many parts differ.</summary>
    public int Count => Activities.Count + Connections.Count + Inputs.Count + Outputs.Count + Variables.Count + Settings.Count;

    /// <summary>Compares two definitions.</summary>
    /// <param name="from">The earlier one.</param>
    /// <param name="to">The later one.</param>
    public static ScenarioComparison Of(ScenarioDefinition from, ScenarioDefinition to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var pairs = ActivityPairs.Of(from.Activities, to.Activities);
        return new(
            ActivityDifferences.Of(pairs),
            ConnectionsOf(pairs),
            Declarations.Differences(from.Source, to.Source, "inputs", null),
            Declarations.Differences(from.Source, to.Source, "outputs", null),
            [.. Declarations.Differences(from.Source, to.Source, "variables", null), .. pairs.Both.SelectMany(p => Declarations.Differences(p.From.Json, p.To.Json, "variables", p.To.NodeId))],
            JsonDifferences.Of(from.Source, to.Source, OfTheVersion));
    }

    private static List<ConnectionChange> ConnectionsOf(ActivityPairs pairs)
    {
        List<ConnectionChange> changes = [];
        foreach (var (before, now) in pairs.Both.Where(p => p.From.Kind == ActivityKind.Flowchart || p.To.Kind == ActivityKind.Flowchart))
        {
            var (old, later) = (EndsOf(before), EndsOf(now));
            changes.AddRange(later.Except(old).Select(e => new ConnectionChange(ChangeKind.Added, now.NodeId, e.Source, e.Port, e.Target)));
            changes.AddRange(old.Except(later).Select(e => new ConnectionChange(ChangeKind.Removed, now.NodeId, e.Source, e.Port, e.Target)));
        }

        return changes;
    }

    private static HashSet<(string Source, string? Port, string Target)> EndsOf(ActivityNode flowchart) =>
        [.. flowchart.Connections.Select(c => (flowchart.Children[c.Source].Id, c.Port, flowchart.Children[c.Target].Id))];
}

/// <summary>What a definition or an activity declares by name.</summary>
internal static class Declarations
{
    public static IReadOnlyList<DeclarationChange> Differences(JsonElement from, JsonElement to, string member, string? nodeId)
    {
        var (old, later) = (Read(from, member), Read(to, member));
        List<DeclarationChange> changes = [];
        foreach (var (key, now) in later)
        {
            if (!old.TryGetValue(key, out var before))
                changes.Add(new(ChangeKind.Added, NameOf(now, key), nodeId, []));
            else if (JsonDifferences.Of(before, now, []) is { Count: > 0 } fields)
                changes.Add(new(ChangeKind.Changed, NameOf(now, key), nodeId, fields));
        }

        changes.AddRange(old.Where(o => !later.ContainsKey(o.Key)).Select(o => new DeclarationChange(ChangeKind.Removed, NameOf(o.Value, o.Key), nodeId, [])));
        return changes;
    }

    // A variable is known by its id, so that one with another name is the same; an input or output has none.
    private static Dictionary<string, JsonElement> Read(JsonElement holder, string member)
    {
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (!ReadingContext.TryMember(holder, member, out var items) || items.ValueKind != JsonValueKind.Array)
            return found;
        foreach (var item in items.EnumerateArray())
        {
            if ((ReadingContext.Text(item, "id") ?? ReadingContext.Text(item, "name")) is { Length: > 0 } key)
                found.TryAdd(key, item);
        }

        return found;
    }

    private static string NameOf(JsonElement item, string key) => ReadingContext.Text(item, "name") ?? key;
}
