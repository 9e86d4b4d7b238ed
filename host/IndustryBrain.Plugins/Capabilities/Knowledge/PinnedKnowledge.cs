using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.Knowledge;

/// <summary>Knowledge as one call sees it: in the versions that its run holds on to.</summary>
internal sealed class PinnedKnowledge(PluginHost host, IReadOnlyDictionary<string, PluginPin>? pins) : IKnowledgeSource
{
    public ValueTask<Result<KnowledgeReply<JsonElement>>> AskAsync(BrokeredContext asker, string componentId, JsonElement question, CancellationToken ct) =>
        host.AskAsync(asker, componentId, pins, question, this, ct);
}
