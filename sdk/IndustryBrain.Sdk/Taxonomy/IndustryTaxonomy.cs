using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Taxonomy;

/// <summary>One published state of a taxonomy of industry clusters. Data, not code: each state is a file of its own that never changes.</summary>
/// <param name="Id">Id of the taxonomy, such as <c>cq-33618</c>.</param>
/// <param name="Version">Version of this state.</param>
/// <param name="ValidFrom">First day of validity.</param>
/// <param name="ValidTo">Last day of validity; null when it still holds.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Nodes">Its nodes in published order.</param>
/// <param name="Note">What a reader should know, or null.</param>
public sealed record IndustryTaxonomy(
    [property: JsonPropertyName("taxonomy")] string Id,
    string Version,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    string Source,
    IReadOnlyList<IndustryCluster> Nodes,
    string? Note = null)
{
    private const string Folder = "IndustryBrain.Sdk.Taxonomy.";

    private static readonly Lazy<IReadOnlyList<IndustryTaxonomy>> Known = new(ReadAll);

    /// <summary>Every state that this SDK carries, oldest first within a taxonomy.</summary>
    public static IReadOnlyList<IndustryTaxonomy> All => Known.Value;

    /// <summary>Chongqing's 33618 system of modern manufacturing clusters in its newest state.</summary>
    public static IndustryTaxonomy Cq33618 => All.Last(t => t.Id == "cq-33618");

    /// <summary>The state of a taxonomy that holds on a day, or null.</summary>
    public static IndustryTaxonomy? AsOf(string id, DateOnly day) => All.LastOrDefault(t => t.Id == id && t.ValidFrom <= day && (t.ValidTo is null || day <= t.ValidTo));

    /// <summary>The node with <paramref name="code"/>, superseded ones included; null when there is none.</summary>
    public IndustryCluster? Find(string code) => Nodes.FirstOrDefault(n => n.Code == code);

    /// <summary>The nodes that a stored code stands for now: itself, or what replaced it, each once. Empty when the code is unknown or nothing replaced it.</summary>
    public IReadOnlyList<IndustryCluster> Resolve(string code)
    {
        var current = new List<IndustryCluster>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([code]);
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next) || Find(next) is not { } node)
            {
                continue;
            }

            if (node.Status != IndustryClusterStatus.Superseded)
            {
                current.Add(node);
            }

            foreach (var successor in node.ReplacedBy)
            {
                open.Enqueue(successor);
            }
        }

        return current;
    }

    private static List<IndustryTaxonomy> ReadAll()
    {
        var assembly = typeof(IndustryTaxonomy).Assembly;
        var all = new List<IndustryTaxonomy>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var content = assembly.GetManifestResourceStream(name)!;
            all.Add(JsonSerializer.Deserialize(content, TaxonomyJson.Default.IndustryTaxonomy)!);
        }

        return [.. all.OrderBy(t => t.Id, StringComparer.Ordinal).ThenBy(t => t.ValidFrom)];
    }
}
