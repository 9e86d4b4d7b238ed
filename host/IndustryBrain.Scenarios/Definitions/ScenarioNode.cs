using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>One activity of a definition, as people and other rooms see it.</summary>
/// <param name="NodeId">Ids of its ancestors and its own, joined by colons.</param>
/// <param name="Id">Its id, unique among its siblings.</param>
/// <param name="Type">Activity type, such as <c>Elsa.If</c> or <c>IndustryBrain.forecasting.des</c>.</param>
/// <param name="ComponentId">The component it calls, or null for a control-flow activity.</param>
/// <param name="Name">Its name in the document, or null.</param>
/// <param name="DisplayText">What people read.</param>
/// <param name="ParentNodeId">The activity that contains it; null for the root.</param>
/// <param name="IsContainer">True when it only contains others: Sequence, Flowchart, Parallel, a branch or a loop.</param>
public sealed record ScenarioNode(string NodeId, string Id, string Type, string? ComponentId, string? Name, LocalizedText DisplayText, string? ParentNodeId, bool IsContainer)
{
    /// <summary>The plugin version that it names for its component; null for none.</summary>
    public ComponentPin? Pin { get; init; }

    /// <summary>True within a definition that is used as an activity.</summary>
    public bool IsOfAnother { get; init; }
}
