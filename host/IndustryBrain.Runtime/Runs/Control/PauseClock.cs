using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Storage;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace IndustryBrain.Runtime.Runs.Control;

/// <summary>Ends pauses whose time is up, and lets the runs begin whose scenario is held no more. Every node looks; what one of them does the others find done.</summary>
internal sealed class PauseClock(Database database, RunControls controls, ScenarioPauses pauses, OutageLog outage, TimeProvider time) : BackgroundService
{
    private const int AtOnce = 200;
    private const string Expired = $"select w.run_id, w.organization from run_work w where w.state = '{WorkStates.Paused}' and w.due <= $1 order by w.due limit $2";
    private const string Released = $"""
        select w.run_id, w.organization from run_work w join run r on r.id = w.run_id
        where w.state = '{WorkStates.Paused}' and (r.record -> 'pause' ->> 'isOfScenario')::boolean
            and not exists (select 1 from scenario_pause p where p.organization = r.organization and p.definition_id = r.definition_id)
        order by w.accepted_at limit $1
        """;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReleaseEvery = TimeSpan.FromSeconds(30);

    private Task _resumed = Task.CompletedTask;
    private long _releasedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                outage.Succeeded();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseOutage.Cause(e) is not null || e is TimeoutException or InvalidOperationException)
            {
                outage.Failed(e);
            }

            using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(_resumed.IsCompleted ? Task.Delay(Timeout.InfiniteTimeSpan, time, woken.Token) : _resumed, Task.Delay(LookEvery, time, woken.Token));
            await woken.CancelAsync();
        }
    }

    /// <summary>Does what is due now.</summary>
    internal async Task LookAsync(CancellationToken ct)
    {
        foreach (var (run, organization) in await FindAsync(Expired, ct, time.GetUtcNow().UtcDateTime, AtOnce))
            await controls.ExpireAsync(Caller.ForSystem(organization), run, ct);
        await pauses.ExpireAsync(ct);
        // Somebody resumed a scenario, here or on a node whose news got lost; or there are more than one look takes.
        if (!_resumed.IsCompleted && time.GetElapsedTime(_releasedAt) < ReleaseEvery)
            return;
        (_resumed, _releasedAt) = (pauses.Resumed, time.GetTimestamp());
        var released = await FindAsync(Released, ct, AtOnce);
        foreach (var (run, organization) in released)
            await controls.ResumeAsync(Caller.ForSystem(organization), run, null, ct);
        if (released.Count == AtOnce)
            _resumed = Task.CompletedTask;
    }

    private async Task<IReadOnlyList<(Guid Run, string Organization)>> FindAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<(Guid, string)> found = [];
        while (await reader.ReadAsync(ct))
            found.Add((reader.GetGuid(0), reader.GetString(1)));
        return found;
    }
}
