using System.Text.Json;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>Questions to knowledge components of other plugins (<c>knowledge</c>). The host calls them for the same organization; a refusal of theirs is the answer here too.</summary>
public sealed class KnowledgeCapability
{
    private readonly ComponentContext _context;

    internal KnowledgeCapability(ComponentContext context) => _context = context;

    /// <summary>Asks a knowledge component.</summary>
    /// <typeparam name="TQuery">A record with the members of its input.</typeparam>
    /// <typeparam name="TAnswer">A record with those members of its output that are wanted.</typeparam>
    /// <param name="component">Id of the component.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Result<KnowledgeReply<TAnswer>>> AskAsync<TQuery, TAnswer>(string component, TQuery question, CancellationToken cancellationToken)
        where TQuery : notnull
        where TAnswer : notnull
    {
        if (!ComponentJson.Write(question).TryGet(out var json, out var failure)
            || !(await AskAsync(component, json, cancellationToken).ConfigureAwait(false)).TryGet(out var reply, out failure))
        {
            return failure;
        }

        return ComponentJson.Read<TAnswer>(reply.Answer).TryGet(out var answer, out failure) ? new KnowledgeReply<TAnswer>(answer, reply.Origin) : failure;
    }

    /// <summary>As <see cref="AskAsync{TQuery, TAnswer}"/>, with JSON objects.</summary>
    public async ValueTask<Result<KnowledgeReply<JsonElement>>> AskAsync(string component, JsonElement question, CancellationToken cancellationToken) =>
        (await _context.RequestAsync(CapabilityNames.Knowledge, "ask", new(component, question), CapabilityJson.Wire.KnowledgeArguments, CapabilityJson.Wire.KnowledgeReplyJsonElement, default, cancellationToken).ConfigureAwait(false))
            .TryGet(out var answer, out var failure) ? answer.Value : failure;
}
