using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Runtime.Tests;

/// <summary>What a host logs.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = [];
    private readonly ConcurrentQueue<IReadOnlyDictionary<string, object>> _scoped = [];
    private readonly LoggerExternalScopeProvider _scopes = new();

    /// <summary>What stood in scopes around lines that had any, a line each, with its trace.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object>> Scoped => [.. _scoped];

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

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, CapturedLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log._lines.Enqueue((logLevel, $"{category}: {formatter(state, exception)}"));
            var around = new Dictionary<string, object>(StringComparer.Ordinal);
            log._scopes.ForEachScope(static (scope, found) =>
            {
                foreach (var (name, value) in scope as IEnumerable<KeyValuePair<string, object>> ?? [])
                    found[name] = value;
            }, around);
            if (around.Count == 0)
                return;
            around["TraceId"] = Activity.Current?.TraceId.ToHexString() ?? "";
            log._scoped.Enqueue(around);
        }
    }
}
