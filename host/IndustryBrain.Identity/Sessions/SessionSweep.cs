using IndustryBrain.Identity.Passkeys;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Identity.Sessions;

/// <summary>Deletes what sessions and attempts leave behind, once an hour.</summary>
internal sealed partial class SessionSweep(SessionStore sessions, AttemptCounter attempts, PasskeyStore passkeys, TimeProvider time, ILogger<SessionSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sessions.SweepAsync(time.GetUtcNow() - Kept, stoppingToken);
                await attempts.SweepAsync(stoppingToken);
                await passkeys.SweepAsync(time.GetUtcNow() - Interval, stoppingToken);
            }
            catch (Exception e) when (DatabaseOutage.IsOutage(e))
            {
                LogOutage(logger, e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ended sessions stay until the next hour: {Reason}")]
    private static partial void LogOutage(ILogger logger, string reason);
}
