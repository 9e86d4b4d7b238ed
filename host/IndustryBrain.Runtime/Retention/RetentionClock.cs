using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Retention;

/// <summary>Archives and deletes what has been kept for long enough, in small transactions with a pause after each.</summary>
internal sealed partial class RetentionClock(RetentionPass pass, IOptions<RetentionOptions> options, OutageLog outage, TimeProvider time, ILogger<RetentionClock> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseOutage.Cause(e) is not null || e is TimeoutException or InvalidOperationException)
            {
                outage.Failed(e);
            }

            await Task.Delay(TimeSpan.FromMinutes(options.Value.LookMinutes), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        foreach (var organization in await pass.OrganizationsAsync(ct))
        {
            var (archived, deleted) = (await AllAsync(pass.ArchiveAsync, organization, ct), await AllAsync(pass.DeleteAsync, organization, ct));
            if (archived + deleted > 0)
                LogDone(logger, organization, archived, deleted);
        }
    }

    private async Task<int> AllAsync(Func<string, CancellationToken, Task<int>> batch, string organization, CancellationToken ct)
    {
        for (var total = 0; ; await Task.Delay(TimeSpan.FromMilliseconds(options.Value.PauseMilliseconds), time, ct))
        {
            var done = await batch(organization, ct);
            total += done;
            if (done < options.Value.BatchRuns)
                return total;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Of {Organization}, {Archived} runs were archived and {Deleted} deleted")]
    private static partial void LogDone(ILogger logger, string organization, int archived, int deleted);
}
