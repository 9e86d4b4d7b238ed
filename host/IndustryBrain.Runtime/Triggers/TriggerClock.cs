using IndustryBrain.Runtime.Runs.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>Looks for triggers that are due. Each node looks; what one has in hand the others pass over.</summary>
internal sealed class TriggerClock(ScenarioTriggers triggers, OutageLog outage, IOptions<TriggerOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = TimeSpan.FromSeconds(options.Value.LookSeconds);
            try
            {
                if (await triggers.FireAsync(stoppingToken) is { } next && next - time.GetUtcNow() is var left && left < wait)
                    wait = left > Shortest ? left : Shortest;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException || Storage.DatabaseOutage.Cause(e) is not null)
            {
                outage.Failed(e);
            }

            await Task.Delay(wait, time, stoppingToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
