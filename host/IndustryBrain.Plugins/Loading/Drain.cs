namespace IndustryBrain.Plugins.Loading;

/// <summary>Counts calls under way, so that whoever closes can wait for the last of them.</summary>
internal sealed class Drain
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;
    private bool _isClosing;

    /// <summary>Takes a place for one call; false when it is closing.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_isClosing)
            {
                return false;
            }

            _calls++;
            return true;
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_calls == 0 && _isClosing)
            {
                _drained.TrySetResult();
            }
        }
    }

    /// <summary>Lets nobody in any more and completes when those inside have left.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosing = true;
            if (_calls == 0)
            {
                _drained.TrySetResult();
            }
        }

        return _drained.Task;
    }
}
