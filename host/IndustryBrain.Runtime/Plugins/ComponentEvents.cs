using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Plugins.Capabilities.Events;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Npgsql;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>Brings the events of components to the runs of their organization. When one is answered, every run that waits for it has it in its inbox, or it is kept for the first that will.</summary>
internal sealed class ComponentEvents(IOrganizationSessions sessions, TimeProvider time) : IEventPublisher
{
    public async ValueTask<Result<bool>> PublishAsync(string organization, PluginEvent published, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(published);
        if (organization.Length == 0)
            return RuntimeFailures.BadRequest("organization", new("事件须属于某个组织。", "An event belongs to an organization."));
        await using var session = sessions.Open(organization);
        await session.BeginTransactionAsync(cancellationToken);
        if (!await ReceiveAsync(session, IdOf(organization, published.Id), cancellationToken))
            return false;

        // Not the run's own doing, unlike an event of a step of Elsa's: the run that called the component may wait for it as well.
        RunWaits.Publish(session, new PublishEvent(published.Name, published.CorrelationId, published.Payload, Guid.Empty), time.GetUtcNow());
        await session.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static async Task<bool> ReceiveAsync(IDocumentSession session, Guid id, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand("insert into run_command (id) values ($1) on conflict do nothing returning id") { Parameters = { new() { Value = id } } };
        await using var inserted = await session.ExecuteReaderAsync(insert, ct);
        return await inserted.ReadAsync(ct);
    }

    private static Guid IdOf(string organization, string id) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"event\n{organization}\n{id}")).AsSpan(0, 16));
}
