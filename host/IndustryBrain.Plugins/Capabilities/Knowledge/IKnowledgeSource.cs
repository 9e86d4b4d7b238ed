using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.Knowledge;

/// <summary>Who can call the knowledge components that are installed.</summary>
internal interface IKnowledgeSource
{
    /// <summary>Asks a knowledge component on behalf of another call; IB1191 when there is none of that id, IB1192 when the questions go round or too deep.</summary>
    ValueTask<Result<KnowledgeReply<JsonElement>>> AskAsync(BrokeredContext asker, string componentId, JsonElement question, CancellationToken ct);
}
