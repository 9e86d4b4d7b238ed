using IndustryBrain.Plugins.Limits;
using IndustryBrain.Plugins.Loading;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Usage;

/// <summary>Counts and times the calls of one version of a plugin, and keeps its last lines.</summary>
internal sealed class CallMeter(TimeProvider time)
{
    private const int Minutes = 15;
    private const int KeptDurations = 512;
    private const int KeptLines = 1_000;
    private const int ShownLines = 50;
    private const int LongestLine = 500;

    private readonly Lock _gate = new();
    private readonly (long Minute, int Calls, int Failures)[] _minutes = new (long, int, int)[Minutes];
    private readonly TimeSpan[] _durations = new TimeSpan[KeptDurations];
    private readonly Queue<(string Organization, PluginLogLine Line)> _lines = new();
    private readonly SortedDictionary<string, long> _exceeded = new(StringComparer.Ordinal);
    private long _calls;
    private long _failures;

    public void Record(string organization, string component, TimeSpan duration, Failure? failure)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            _durations[_calls % KeptDurations] = duration;
            _calls++;
            _failures += failure is null ? 0 : 1;
            if (LimitMeters.IsLimit(failure))
            {
                _exceeded[failure!.Code] = _exceeded.GetValueOrDefault(failure.Code) + 1;
            }

            var minute = now.ToUnixTimeSeconds() / 60;
            ref var bucket = ref _minutes[minute % Minutes];
            bucket = bucket.Minute == minute ? bucket : (minute, 0, 0);
            bucket = (minute, bucket.Calls + 1, bucket.Failures + (failure is null ? 0 : 1));
        }

        if (failure is not null)
        {
            Log(organization, now, ComponentLogLevel.Warning, component, new($"{failure.Code} {Short(failure.Message.Zh)}", $"{failure.Code} {Short(failure.Message.En)}"));
        }
    }

    public void Log(string organization, string component, ComponentLogLevel level, string message) => Log(organization, time.GetUtcNow(), level, component, LocalizedText.Same(Short(message)));

    /// <summary>Keeps the first line of an exception and where it was thrown.</summary>
    public void Threw(string organization, string component, string details) =>
        Log(organization, time.GetUtcNow(), ComponentLogLevel.Warning, component, LocalizedText.Same(Short(details.Split('\n', 2)[0].TrimEnd())), SourcePlace.OfException(details));

    /// <summary>Keeps a request that was denied and where it was made.</summary>
    public void Denied(string organization, string component, Failure failure, string where) =>
        Log(organization, time.GetUtcNow(), ComponentLogLevel.Warning, component, new($"{failure.Code} {Short(failure.Message.Zh)}", $"{failure.Code} {Short(failure.Message.En)}"), where);

    /// <param name="organization">Whose lines are read: those of others are not for it. Null for all.</param>
    /// <param name="processes">Processes of its own.</param>
    /// <param name="memoryBytes">Their memory.</param>
    /// <param name="processorTime">Their processor time.</param>
    public PluginUsage Read(string? organization, int processes, long memoryBytes, TimeSpan processorTime)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        lock (_gate)
        {
            var recent = Enumerable.Range(0, Minutes).Select(i => minute - Minutes + 1 + i).Select(m => _minutes[m % Minutes] is var b && b.Minute == m ? b : default).ToList();
            TimeSpan[] durations = [.. _durations.Take((int)Math.Min(_calls, KeptDurations)).Order()];
            return new(
                _calls, _failures, [.. recent.Select(b => b.Calls)], recent.Sum(b => b.Calls), recent.Sum(b => b.Failures),
                Quantile(durations, 0.5), Quantile(durations, 0.95), processes, memoryBytes, processorTime, [.. _lines.Where(l => organization is null || l.Organization == organization).Select(l => l.Line).TakeLast(ShownLines)])
            {
                Exceeded = new Dictionary<string, long>(_exceeded),
            };
        }
    }

    private void Log(string organization, DateTimeOffset at, ComponentLogLevel level, string component, LocalizedText message, string? where = null)
    {
        lock (_gate)
        {
            if (_lines.Count == KeptLines)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue((organization, new(at, level, component, message, where)));
        }
    }

    private static string Short(string text) => text.Length <= LongestLine ? text : string.Concat(text.AsSpan(0, LongestLine), "…");

    // The nearest rank: the smallest value that so many do not exceed.
    private static TimeSpan? Quantile(TimeSpan[] sorted, double share) => sorted.Length == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
