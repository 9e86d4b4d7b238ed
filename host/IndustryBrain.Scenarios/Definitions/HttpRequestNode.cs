using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>An activity that sends a request to an address that can be told without a run.</summary>
/// <param name="NodeId">Its node.</param>
/// <param name="Method">Its method; GET when the definition names none.</param>
/// <param name="Url">Its address.</param>
public sealed record HttpRequestNode(string NodeId, string Method, string Url)
{
    /// <summary>Those of a definition, in document order; what a definition that it uses sends is that one's.</summary>
    public static IReadOnlyList<HttpRequestNode> Of(ScenarioDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return [.. definition.Activities
            .Where(n => n.Kind is ActivityKind.SendHttpRequest or ActivityKind.FlowSendHttpRequest or ActivityKind.DownloadHttpFile && !n.IsWithin(ActivityKind.Workflow))
            .Select(Read).OfType<HttpRequestNode>()];
    }

    private static HttpRequestNode? Read(ActivityNode node)
    {
        var inputs = new FixedInputs(node);
        var method = inputs.Find("method", TypeRef.String) as string;
        return inputs.Find("url", TypeRef.String) is string { Length: > 0 } url && inputs.Open.Count == 0 ? new(node.NodeId, string.IsNullOrWhiteSpace(method) ? "GET" : method, url) : null;
    }
}
