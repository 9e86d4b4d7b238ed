using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Runtime.Tasks;

/// <summary>Reminds of open tasks and asks further roles when it is time. Each node looks; what one has in hand the others pass over.</summary>
internal sealed class TaskReminders(Database database, OutageLog outage, IOptions<TaskOptions> options, TimeProvider time) : BackgroundService
{
    private const int AtOnce = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await RemindAsync(stoppingToken) == AtOnce)
                {
                }

                await Task.Delay(TimeSpan.FromSeconds(options.Value.LookSeconds), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                outage.Failed(e);
                await Task.Delay(TimeSpan.FromSeconds(options.Value.LookSeconds), time, stoppingToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private async Task<int> RemindAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var due = await TaskStore.HoldDueAsync(connection, now, AtOnce, ct);
        foreach (var (organization, task) in due)
        {
            var escalates = task.EscalatedTo is null && task.Asked.EscalateAt <= now;
            var reminds = task.Asked.RemindEvery is not null && !escalates;
            if (escalates)
            {
                await TaskStore.AddAsync(connection, task.Id, new(TaskEntryKind.Escalated, now, Actor.System) { To = task.Asked.EscalateTo }, ct);
                await AuditTrail.InsertAsync(connection, Audit.Compose(now, Caller.ForSystem(organization), "task.escalate", "task", task.Id.ToString()), ct);
            }
            else if (reminds)
            {
                await TaskStore.AddAsync(connection, task.Id, new(TaskEntryKind.Reminded, now, Actor.System), ct);
            }

            await TaskStore.RemindAsync(connection, task.Id, reminds ? 1 : 0, escalates ? task.Asked.EscalateTo : null, task.Asked.NextAt(now, escalates || task.EscalatedTo is not null), ct);
        }

        await transaction.CommitAsync(ct);
        return due.Count;
    }
}
