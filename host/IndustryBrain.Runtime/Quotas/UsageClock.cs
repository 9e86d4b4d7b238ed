using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Storage;
using Microsoft.Extensions.Hosting;

namespace IndustryBrain.Runtime.Quotas;

/// <summary>Counts now and then what organizations use; a count that takes long is followed by a pause a hundred times as long.</summary>
internal sealed class UsageClock(UsageMeter meter, OutageLog outage, TimeProvider time) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await meter.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (DatabaseOutage.Cause(e) is not null || e is OperationCanceledException or TimeoutException or ObjectDisposedException)
        {
            outage.Failed(e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                await meter.LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseOutage.Cause(e) is not null || e is TimeoutException or InvalidOperationException)
            {
                outage.Failed(e);
            }

            var took = time.GetElapsedTime(began) * 100;
            await Task.Delay(took > meter.LookEvery ? took : meter.LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
