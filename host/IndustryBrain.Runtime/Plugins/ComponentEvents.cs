using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Plugins.Capabilities.Events;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>Brings the events of components to the runs of their organization. When one is answered, every run that waits for it has it in its inbox, or it is kept for the first that will.</summary>
internal sealed class ComponentEvents(IOrganizationSessions sessions, Lazy<ScenarioTriggers> triggers) : IEventPublisher
{
    public async ValueTask<Result<bool>> PublishAsync(string organization, PluginEvent published, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(published);
        if (organization.Length == 0)
            return RuntimeFailures.BadRequest("organization", new("事件须属于某个组织。", "An event belongs to an organization."));
        await using var session = sessions.Open(organization);
        await session.BeginTransactionAsync(cancellationToken);
        if (!await RunInbox.ReceiveAsync(session.Connection!, IdOf(organization, published.Id), cancellationToken))
            return false;

        // Not the run's own doing, unlike an event of a step of Elsa's: the run that called the component may wait for it as well.
        await triggers.Value.PublishAsync(session, new PublishEvent(published.Name, published.CorrelationId, published.Payload, Guid.Empty), cancellationToken);
        await session.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static Guid IdOf(string organization, string id) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"event\n{organization}\n{id}")).AsSpan(0, 16));
}
