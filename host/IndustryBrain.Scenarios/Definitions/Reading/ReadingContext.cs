using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>What readers share while one document is read.</summary>
internal sealed class ReadingContext(DefinitionLimits limits)
{
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    public DefinitionLimits Limits { get; } = limits;

    public List<Finding> Findings { get; } = [];

    public List<ActivityNode> Nodes { get; } = [];

    public Dictionary<string, int> GeneratedIds { get; } = new(StringComparer.Ordinal);

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
