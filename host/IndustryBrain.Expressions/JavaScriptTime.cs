using Jint;

namespace IndustryBrain.Expressions;

/// <summary>What <see cref="ScriptTime"/> is for the other languages, looked at between the statements of a script: what ends soon costs nothing.</summary>
internal sealed class JavaScriptTime(int milliseconds) : Constraint
{
    private long _began;
    private long _nextLook;
    private TimeSpan? _before;

    /// <summary>Counts from now on.</summary>
    public void Begin()
    {
        _began = Environment.TickCount64;
        (_nextLook, _before) = (_began + (long)ScriptTime.FirstLook.TotalMilliseconds, null);
    }

    /// <inheritdoc/>
    public override void Check()
    {
        if (Environment.TickCount64 is var now && now >= _nextLook)
            Look(now);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        // What is evaluated for one run counts as one, however often the engine begins anew within it.
    }

    private void Look(long now)
    {
        _before ??= ThreadTime.Own() - ScriptTime.FirstLook;
        var lasted = now - _began;
        var used = ThreadTime.Own() is { } processor && _before is { } before ? (long)(processor - before).TotalMilliseconds : lasted;
        if (used >= milliseconds || lasted >= milliseconds * (long)ScriptTime.MostWaiting)
            throw new TimeoutException();
        _nextLook = now + milliseconds - used;
    }
}
