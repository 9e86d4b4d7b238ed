using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Runtime.Tests;

/// <summary>What a host logs.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = [];

    public IReadOnlyList<string> Of(LogLevel level) => [.. _lines.Where(l => l.Level == level).Select(l => l.Text)];

    /// <summary>Waits until there is a line of that level; fails after 30 s.</summary>
    public async Task UntilAsync(LogLevel level, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Of(level).Count == 0)
            await tick.WaitForNextTickAsync(patience.Token);
    }

    public void Attach(WebApplicationBuilder builder) => builder.Logging.ClearProviders().AddProvider(this).SetMinimumLevel(LogLevel.Information);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<(LogLevel, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, $"{category}: {formatter(state, exception)}"));
    }
}
