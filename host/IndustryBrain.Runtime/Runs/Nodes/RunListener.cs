using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Storage;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace IndustryBrain.Runtime.Runs.Nodes;

/// <summary>Hears from PostgreSQL what concerns this node, and tells the others which runs changed here. Looking at the queue now and then covers whatever gets lost.</summary>
internal sealed class RunListener(Database database, RunExecutor executor, RunChanges changes, PluginNode plugins, PublishedScenarios published, ScenarioPauses pauses, OrganizationQuotas quotas, TimeProvider time, OutageLog outage) : BackgroundService
{
    public const string Channel = "industrybrain_run";
    private const string Work = "work";
    private const string Inbox = "inbox:";
    private const string Changed = "changed:";
    public const string Ended = "ended:";
    private const int TellAtOnce = 200;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(AgainAndAgainAsync(ListenAsync, stoppingToken), AgainAndAgainAsync(TellAsync, stoppingToken));

    private async Task AgainAndAgainAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                outage.Failed(e);
                await Task.Delay(Pause, time, ct).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        connection.Notification += (_, e) => Hear(e.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        // What was said before this node listened.
        executor.Wake.Pulse();
        plugins.Wake();
        published.Forget();
        pauses.Forget();
        quotas.Forget();
        try
        {
            executor.IsListening = true;
            while (true)
                await connection.WaitAsync(ct);
        }
        finally
        {
            executor.IsListening = false;
        }
    }

    private void Hear(string said)
    {
        if (said == Work)
        {
            executor.Wake.Pulse();
        }
        else if (said == PluginNews.Changed)
        {
            published.Forget();
            plugins.Wake();
        }
        else if (said == PublishedScenarios.Changed)
        {
            published.Forget();
        }
        else if (said.StartsWith(Inbox, StringComparison.Ordinal))
        {
            if (Guid.TryParse(said.AsSpan(Inbox.Length), out var told))
                executor.Tell(told);
        }
        else if (said == ScenarioPauses.Changed)
        {
            pauses.Forget();
        }
        else if (said == OrganizationQuotas.Changed)
        {
            quotas.Forget();
        }
        else if (said.StartsWith(Ended, StringComparison.Ordinal))
        {
            if (Guid.TryParse(said.AsSpan(Ended.Length), out var ended))
            {
                _ = executor.AbandonAsync(ended);
                changes.Pulse(ended);
            }
        }
        else if (said.StartsWith(Changed, StringComparison.Ordinal))
        {
            foreach (var id in said.AsSpan(Changed.Length).Split(','))
            {
                if (Guid.TryParse(said.AsSpan(Changed.Length)[id], out var changed))
                    changes.Pulse(changed);
            }
        }
    }

    private async Task TellAsync(CancellationToken ct)
    {
        while (await changes.Untold.WaitToReadAsync(ct))
        {
            // Many commits of one moment are one telling, outside their transactions: commits that notify wait for each other.
            await Task.Delay(Gather, time, ct);
            HashSet<Guid> ids = [];
            while (ids.Count < TellAtOnce && changes.Untold.TryRead(out var id))
                ids.Add(id);
            await using var tell = database.DataSource.CreateCommand("select pg_notify($1, $2)");
            tell.Parameters.Add(new() { Value = Channel });
            tell.Parameters.Add(new() { Value = Changed + string.Join(',', ids.Select(id => id.ToString("N"))) });
            await tell.ExecuteNonQueryAsync(ct);
        }
    }
}
