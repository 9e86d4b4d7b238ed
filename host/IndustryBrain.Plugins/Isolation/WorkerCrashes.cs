using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>Crashes of a worker since the last call that was answered. Guarded by the pool.</summary>
internal sealed class WorkerCrashes
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);
    private long _last;
    private Failure? _startFailure;

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>Counts one more.</summary>
    /// <param name="at">Timestamp.</param>
    /// <param name="startFailure">Why the start failed; null when the worker crashed later.</param>
    public void Add(long at, Failure? startFailure) => (Count, _last, _startFailure) = (Count + 1, at, startFailure);

    /// <summary>A call was answered, or somebody lets the plugin start again.</summary>
    public void Forget() => Count = 0;

    /// <summary>Why it does not start now; null when it does. The first crash costs no delay, each further one doubles it.</summary>
    public Failure? HeldBack(string pluginId, WorkerOptions options, TimeProvider time)
    {
        if (Count == 0 || (Count == 1 && _startFailure is null))
        {
            return null;
        }

        if (Count >= options.MaxCrashes)
        {
            return PluginFailures.Tripped(pluginId, Count);
        }

        var delay = options.RestartDelay * Math.Pow(2, Math.Max(0, Count - 2));
        var left = (delay < LongestDelay ? delay : LongestDelay) - time.GetElapsedTime(_last);
        return left > TimeSpan.Zero ? _startFailure ?? PluginFailures.BackingOff(pluginId, left) : null;
    }
}
