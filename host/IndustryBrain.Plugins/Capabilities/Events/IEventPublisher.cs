using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Capabilities.Events;

/// <summary>An event that a component publishes.</summary>
/// <param name="Id">Its id, the same in each attempt of a step.</param>
/// <param name="Name">Its name.</param>
/// <param name="CorrelationId">The runs that are meant; null for all.</param>
/// <param name="Payload">What it carries; null for nothing.</param>
public sealed record PluginEvent(string Id, string Name, string? CorrelationId, JsonElement? Payload);

/// <summary>Brings events to the runs that wait for them.</summary>
public interface IEventPublisher
{
    /// <summary>Publishes an event in an organization: every run that waits for it hears it; it is kept when none does.</summary>
    /// <returns>False when an event of this id was published before: nothing was done then.</returns>
    ValueTask<Result<bool>> PublishAsync(string organization, PluginEvent published, CancellationToken cancellationToken);
}
