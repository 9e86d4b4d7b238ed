using IndustryBrain.Identity.Keys;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Identity.Organizations;

/// <summary>
/// Deletes organizations whose cooling-off is over: first nobody gets in and nothing starts; at the next look, when what was under way has come to rest, the data goes. A legal hold stops both.
/// What the audit trail has of it stays, and so does the id, which is never given again.
/// </summary>
public sealed partial class OrganizationDepartures : BackgroundService
{
    private readonly IOrganizationSessions _sessions;
    private readonly OrganizationData _data;
    private readonly ApiKeyStore _keys;
    private readonly IEnumerable<IDeletionHold> _holds;
    private readonly IOptions<OrganizationOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<OrganizationDepartures> _logger;

    /// <summary>Made by the host.</summary>
    public OrganizationDepartures(IOrganizationSessions sessions, OrganizationData data, ApiKeyStore keys, IEnumerable<IDeletionHold> holds, IOptions<OrganizationOptions> options, TimeProvider time, ILogger<OrganizationDepartures> logger) =>
        (_sessions, _data, _keys, _holds, _options, _time, _logger) = (sessions, data, keys, holds, options, time, logger);

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        // One host at a time looks.
        await using var session = await _sessions.OpenExclusiveAsync(PlatformOrganization.Id, cancellationToken);
        var (now, changed) = (_time.GetUtcNow(), false);
        var going = await session.Query<Organization>().Where(o => o.State == OrganizationState.Leaving || (o.State == OrganizationState.Deleted && o.ErasedAt == null)).ToListAsync(cancellationToken);
        foreach (var organization in going.Where(o => o.State == OrganizationState.Deleted || o.DeletesAt <= now))
        {
            if (await IsHeldAsync(organization.Id, cancellationToken))
            {
                continue;
            }

            var caller = Caller.ForSystem(organization.Id);
            if (organization.State == OrganizationState.Deleted)
            {
                await _data.EraseAsync(caller, cancellationToken);
                session.DeleteWhere<Membership>(m => m.Organization == organization.Id);
                session.DeleteWhere<Invitation>(i => i.Organization == organization.Id);
                session.DeleteWhere<ServiceAccount>(a => a.Organization == organization.Id);
                session.DeleteWhere<ApiKey>(k => k.Organization == organization.Id);
                session.Store(organization with { ErasedAt = now });
            }
            else
            {
                session.Store(organization with { State = OrganizationState.Deleted });
                session.Append(caller, "organization.close", "organization", organization.Id, label: organization.Name);
            }

            changed = true;
        }

        if (changed)
        {
            await session.SaveChangesAsync(cancellationToken);
            _keys.Forget();
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMinutes(_options.Value.LookMinutes), _time);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception e) when (DatabaseOutage.Cause(e) is not null || e is TimeoutException or PostgresException)
                {
                    LogFailed(_logger, e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> IsHeldAsync(string organization, CancellationToken ct)
    {
        foreach (var hold in _holds)
        {
            if (await hold.HoldsAsync(organization, ct))
            {
                return true;
            }
        }

        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Organizations whose cooling-off is over could not be looked for: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
