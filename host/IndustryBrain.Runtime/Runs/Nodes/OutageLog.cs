using IndustryBrain.Storage;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Runtime.Runs.Nodes;

/// <summary>Says once that the database went away and once that it is back, however many attempts failed between.</summary>
internal sealed partial class OutageLog(TimeProvider time, ILogger<OutageLog> logger)
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _since;

    public void Failed(Exception exception)
    {
        if (!DatabaseOutage.IsOutage(exception))
        {
            LogFailed(logger, exception);
            return;
        }

        lock (_lock)
        {
            if (_since is not null)
                return;
            _since = time.GetUtcNow();
        }

        LogAway(logger, DatabaseOutage.Cause(exception)!.Message.ReplaceLineEndings(" "));
    }

    public void Succeeded()
    {
        DateTimeOffset since;
        lock (_lock)
        {
            if (_since is not { } began)
                return;
            (since, _since) = (began, null);
        }

        LogBack(logger, (int)(time.GetUtcNow() - since).TotalSeconds);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away, runs wait until it is back: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is back after {Seconds} s")]
    private static partial void LogBack(ILogger logger, int seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking for runs failed; trying again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
