using System.Text.Json;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>What became of an event.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsNew">False when an earlier attempt of the same step has published it: it was not published again.</param>
public sealed record EventReceipt(string Id, bool IsNew);

/// <summary>Events for the runs of the organization that wait for them (<c>events</c>). One that nobody waits for yet is kept. A step that is tried again publishes an event once.</summary>
public sealed class EventsCapability
{
    private readonly ComponentContext _context;

    internal EventsCapability(ComponentContext context) => _context = context;

    /// <summary>Publishes an event.</summary>
    /// <param name="name">Name of the event.</param>
    /// <param name="payload">What it carries, or null.</param>
    /// <param name="correlationId">Only runs with this correlation id are meant; null for all.</param>
    /// <param name="id">Tells events of one step apart; null for their order, which must then be the same in each attempt.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Result<EventReceipt>> PublishAsync(string name, JsonElement? payload, string? correlationId, string? id, CancellationToken cancellationToken) =>
        (await _context.RequestAsync(CapabilityNames.Events, "publish", new(name, correlationId, payload, id), CapabilityJson.Wire.EventArguments, CapabilityJson.Wire.EventReceipt, default, cancellationToken).ConfigureAwait(false))
            .TryGet(out var answer, out var failure) ? answer.Value : failure;

    /// <summary>Publishes an event for all runs that wait for it.</summary>
    public ValueTask<Result<EventReceipt>> PublishAsync(string name, JsonElement? payload, CancellationToken cancellationToken) => PublishAsync(name, payload, null, null, cancellationToken);
}
