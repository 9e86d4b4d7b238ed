using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>What readers share while one document is read.</summary>
internal sealed class ReadingContext(DefinitionLimits limits, IReadOnlyList<ScenarioDefinition> library)
{
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    public DefinitionLimits Limits { get; } = limits;

    public List<Finding> Findings { get; } = [];

    public List<ActivityNode> Nodes { get; } = [];

    public Dictionary<string, int> GeneratedIds { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids of the definitions whose activities are being read.</summary>
    public Stack<string> Within { get; } = new();

    public bool IsFull => Nodes.Count >= Limits.MaxNodes;

    public void Add(Finding finding) => Findings.Add(finding);

    public void AddOnce(Finding finding)
    {
        if (_reported.Add(finding.Rule + finding.NodeId + finding.Where))
            Findings.Add(finding);
    }

    public string NextId(string type)
    {
        var name = type[(type.LastIndexOf('.') + 1)..];
        var number = GeneratedIds.GetValueOrDefault(name) + 1;
        GeneratedIds[name] = number;
        return $"{name}{number}";
    }

    /// <summary>The definition that an activity of this type runs; null when there is none. Within a definition that was read before, those that it uses come first.</summary>
    public ScenarioDefinition? FindWorkflow(string type, JsonElement node, ActivityNode? parent)
    {
        var around = parent;
        while (around is { Workflow: null })
            around = around.Parent;
        return (around is null ? null : FindWorkflow(WorkflowReference.Of(type, node), around.Workflow!.Uses)) ?? FindWorkflow(WorkflowReference.Of(type, node), library);
    }

    private static ScenarioDefinition? FindWorkflow(WorkflowReference reference, IReadOnlyList<ScenarioDefinition> library)
    {
        if (library.Count == 0)
            return null;
        return (reference.VersionId is { } versionId ? Find(d => d.VersionId == versionId || Text(d.Source, "id") == versionId) : null)
            ?? Find(d => d.Version == reference.Version && WorkflowActivity.TypeOf(d.Name) == reference.Type)
            ?? Find(d => WorkflowActivity.TypeOf(d.Name) == reference.Type)
            ?? (reference.DefinitionId is { } definitionId ? Find(d => d.DefinitionId == definitionId) : null);

        // Of two with one name the one that is meant; then the published one before the newest.
        ScenarioDefinition? Find(Func<ScenarioDefinition, bool> fits) => library.Where(d => d.IsUsableAsActivity && fits(d))
            .OrderByDescending(d => d.DefinitionId == reference.DefinitionId).ThenByDescending(d => d.IsPublished).ThenByDescending(d => d.Version).FirstOrDefault();
    }

    /// <summary>A member by name, ignoring case where Elsa does.</summary>
    public static bool TryMember(JsonElement o, string name, out JsonElement value)
    {
        value = default;
        if (o.ValueKind != JsonValueKind.Object)
            return false;
        if (o.TryGetProperty(name, out value))
            return true;
        foreach (var member in o.EnumerateObject())
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                value = member.Value;
                return true;
            }
        }

        return false;
    }

    public static string? Text(JsonElement o, string name) =>
        TryMember(o, name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static string? ExactText(JsonElement o, string name) =>
        o.ValueKind == JsonValueKind.Object && o.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool Flag(JsonElement o, string name) => TryMember(o, name, out var value) && value.ValueKind == JsonValueKind.True;
}
