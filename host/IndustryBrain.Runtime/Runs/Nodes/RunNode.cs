using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Recording;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Wolverine.Runtime;

namespace IndustryBrain.Runtime.Runs.Nodes;

/// <summary>This process as a node: it joins before requests are served, claims queued and due runs, and finds what other nodes left behind.</summary>
internal sealed partial class RunNode(RunExecutor executor, WorkQueue queue, RunServices services, UsageMeter quotas, IWolverineRuntime messaging, OutageLog outage, ILogger<RunNode> logger) : BackgroundService
{
    private const int ClaimAtOnce = 64;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    /// <summary>What becomes due within this time is claimed by one look.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(5);

    private NpgsqlConnection? _membership;
    private long? _sweptAt;
    private DateTimeOffset _purgedAt;
    private DateTimeOffset _countedAt;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // A node that joins has no runs yet to look for.
        _countedAt = services.Time.GetUtcNow();
        _membership = await queue.JoinAsync(executor.NodeId, Messaging, cancellationToken);
        executor.IsOpen = true;
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await executor.StopAsync();
        await base.StopAsync(cancellationToken);
        try
        {
            await queue.GiveBackAsync(executor.NodeId, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            outage.Failed(e);
        }

        if (_membership is { } membership)
            await membership.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (wake, lookedAt) = (executor.Wake.Next, services.Time.GetTimestamp());
            var wait = executor.LookAfter;
            try
            {
                await SweepAsync(stoppingToken);
                await PurgeAsync(stoppingToken);
                await FindStraysAsync(stoppingToken);
                // What is due but has no free slot wakes the loop when a slot gets free, not before.
                if (await ClaimAsync(stoppingToken) is { } nextDue && executor.Slots.Full().Length == 0 && nextDue - services.Time.GetUtcNow() is var left && left < wait)
                    wait = left > TimeSpan.FromMilliseconds(5) ? left : TimeSpan.FromMilliseconds(5);
                outage.Succeeded();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                outage.Failed(e);
                await LeaveMembershipAsync();
            }

            using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(wake, Task.Delay(wait, services.Time, woken.Token));
            await woken.CancelAsync();
            if (wake.IsCompleted && services.Time.GetElapsedTime(lookedAt) < Gather)
                await Task.Delay(Gather, services.Time, stoppingToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private MessagingNode Messaging => new(messaging.Options.UniqueNodeId, messaging.Options.Durability.AssignedNodeNumber);

    private async Task SweepAsync(CancellationToken ct)
    {
        // A clock that is set back must not keep this node from saying that it lives.
        var now = services.Time.GetTimestamp();
        if (_sweptAt is { } last && services.Time.GetElapsedTime(last, now) < SweepEvery)
            return;
        _membership ??= await queue.JoinAsync(executor.NodeId, Messaging, ct);
        var swept = await WorkQueue.SweepAsync(_membership, executor.NodeId, Messaging, TimeSpan.FromSeconds(services.Options.LeaseSeconds), ct);
        _sweptAt = now;
        services.Changes.HasPeers = swept.Peers > 0;
        quotas.Nodes = (int)swept.Peers + 1;
        if (swept.Found > 0)
            LogFound(logger, swept.Found);
        // The messaging would find out by itself, but only after its stale timeout: until then the commands of that node would lie.
        foreach (var gone in swept.Gone)
            await messaging.Storage.Nodes.DeleteAsync(gone.Id, gone.Number);
    }

    private async Task PurgeAsync(CancellationToken ct)
    {
        var now = services.Time.GetUtcNow();
        if ((now - _purgedAt).Duration() < PurgeEvery)
            return;
        await queue.PurgeAsync(now - TimeSpan.FromDays(services.Options.KeepEventDays), now - TimeSpan.FromDays(services.Options.KeepCommandDays), now - TimeSpan.FromDays(services.Options.KeepFaultedDays), now, ct);
        _purgedAt = now;
    }

    /// <summary>Gives back runs that are this node's on record and that it does not know: their acceptance went through after it was given up for lost.</summary>
    private async Task FindStraysAsync(CancellationToken ct)
    {
        var (now, lease) = (services.Time.GetUtcNow(), TimeSpan.FromSeconds(services.Options.LeaseSeconds));
        if ((now - _countedAt).Duration() < lease)
            return;
        var active = executor.Active;
        var owned = await queue.OwnAsync(executor.NodeId, now + lease, ct);
        await AbandonAsync(active, owned);
        foreach (var own in owned.Where(o => o.AcceptedAt < now - lease))
        {
            if (executor.Has(own.RunId))
                continue;
            LogStray(logger, own.RunId);
            await queue.GiveBackAsync(executor.NodeId, own.RunId, own.Tries, now, ct);
        }

        _countedAt = now;
    }

    /// <summary>Calls off what is executed here although it is another node's or was ended: the news of it got lost.</summary>
    private static async Task AbandonAsync(IReadOnlyList<ActiveRun> active, IReadOnlyList<ClaimedRun> owned)
    {
        var ids = owned.Select(o => o.RunId).ToHashSet();
        foreach (var run in active.Where(a => !ids.Contains(a.Id) && !a.IsRecorded && a.Record.Status != RunStatuses.Finished))
            await run.AbandonAsync();
    }

    private async Task<DateTimeOffset?> ClaimAsync(CancellationToken ct)
    {
        while (true)
        {
            var look = await queue.LookAsync(executor.NodeId, services.Time.GetUtcNow(), ClaimAtOnce, executor.Slots.Full(), ct);
            foreach (var id in look.Told)
                executor.Tell(id);
            foreach (var claimed in look.Claimed)
            {
                if (executor.Slots.TryTake(claimed.Organization))
                    executor.Resume(claimed);
                else
                    await queue.ReturnAsync(claimed, ct);
            }

            if (look.Claimed.Count < ClaimAtOnce)
                return look.NextDue;
        }
    }

    private async Task LeaveMembershipAsync()
    {
        if (_membership is { } membership)
        {
            _membership = null;
            await membership.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} is on record as this node's, which does not know it: it is given back")]
    private static partial void LogStray(ILogger logger, Guid runId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Found {Count} runs that another node left behind")]
    private static partial void LogFound(ILogger logger, long count);
}
