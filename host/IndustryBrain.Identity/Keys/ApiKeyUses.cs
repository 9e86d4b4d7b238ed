using System.Collections.Concurrent;
using IndustryBrain.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Keys;

/// <summary>Notes when keys are used; a request only marks its key, and what was marked is written every <see cref="ApiKeyOptions.UseSeconds"/>.</summary>
internal sealed partial class ApiKeyUses(IOrganizationSessions sessions, IOptions<ApiKeyOptions> options, TimeProvider time, ILogger<ApiKeyUses> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);

    internal void Note(string key, DateTimeOffset now) => _seen[key] = now;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.UseSeconds), time);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        var uses = _seen.Select(u => new ApiKeyUse(u.Key, u.Value)).ToList();
        if (uses.Count == 0)
        {
            return;
        }

        try
        {
            await using var session = sessions.OpenPlatform();
            session.Store<ApiKeyUse>(uses);
            await session.SaveChangesAsync(ct);
            foreach (var use in uses)
            {
                // What was used again meanwhile stays for the next time.
                _seen.TryRemove(new(use.Id, use.At));
            }
        }
        catch (Exception e) when (DatabaseOutage.Cause(e) is not null || e is TimeoutException)
        {
            LogFailed(logger, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last use of API keys could not be noted: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
