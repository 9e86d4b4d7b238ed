namespace IndustryBrain.Host.Startup;

/// <summary>Keeps back what the framework logs, stack and all, about a start that failed: the program says it in one sentence. At Debug it is shown.</summary>
internal sealed class StartLog
{
    private volatile bool _started;

    internal void SetStarted() => _started = true;

    internal void Hold(ILoggingBuilder logging, IConfiguration configuration)
    {
        var minimum = configuration.GetValue("Logging:LogLevel:Default", LogLevel.Warning);
        foreach (var category in new[] { "Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel" })
        {
            logging.AddFilter(category, level => level >= minimum && (_started || minimum <= LogLevel.Debug));
        }
    }
}
