using IndustryBrain.Plugins;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Runtime.Library.Environments;

/// <summary>The version of a scenario that is live in the test environment.</summary>
/// <param name="Version">The version.</param>
/// <param name="Plugins">The versions that its runs call components in, by component id; a promotion takes them along.</param>
/// <param name="Endpoints">Its endpoints with which a request starts a run.</param>
public sealed record LiveVersion(int Version, IReadOnlyDictionary<string, PluginPin> Plugins, IReadOnlyList<HttpEndpointNode> Endpoints)
{
    /// <summary>True when its triggers and endpoints start runs; else people and programs do alone.</summary>
    public bool StartsByItself { get; init; }
}
