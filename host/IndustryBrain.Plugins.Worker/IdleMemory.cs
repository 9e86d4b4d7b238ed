namespace IndustryBrain.Plugins.Worker;

/// <summary>Gives the memory of calls back once they have ceased: a worker may stay idle for minutes, and neither the collector nor the C library does so by itself. Used by the thread that reads frames.</summary>
internal sealed class IdleMemory
{
    private bool _wasCalled;
    private bool _isQuiet;

    /// <summary>A call has come.</summary>
    public void Called() => (_wasCalled, _isQuiet) = (true, false);

    /// <summary>A sign of life was asked for: when no call came since the one before, what calls took goes back, once.</summary>
    public void Beat(bool isIdle)
    {
        if (!_wasCalled || !isIdle)
        {
            return;
        }

        if (_isQuiet)
        {
            _wasCalled = false;
            ThreadPool.UnsafeQueueUserWorkItem(static _ => GiveBack(), null);
        }

        _isQuiet = true;
    }

    /// <summary>Gives back what is not in use.</summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        Native.TrimHeap();
    }
}
