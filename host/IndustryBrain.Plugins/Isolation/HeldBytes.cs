namespace IndustryBrain.Plugins.Isolation;

/// <summary>What the host holds of all that workers have sent and nobody has taken yet: large outputs, and large arguments of requests. Who has no room for a frame leaves it in the pipe, which holds its worker back.</summary>
/// <param name="most">Bytes of all workers; those of one organization are three quarters of it at most, or one frame of any size.</param>
internal sealed class HeldBytes(long most)
{
    private readonly Dictionary<string, long> _byOrganization = new(StringComparer.Ordinal);
    private readonly object _gate = new();
    private long _all;

    /// <summary>Waits for room, on the thread that reads the worker; false when there was none in time.</summary>
    public bool TryEnter(string organization, long bytes, TimeSpan atMost)
    {
        var until = Environment.TickCount64 + (long)atMost.TotalMilliseconds;
        lock (_gate)
        {
            while (!Fits(organization, bytes))
            {
                if (until - Environment.TickCount64 is not (> 0 and var left) || !Monitor.Wait(_gate, (int)left))
                {
                    return false;
                }
            }

            _byOrganization[organization] = _byOrganization.GetValueOrDefault(organization) + bytes;
            _all += bytes;
            return true;
        }
    }

    /// <summary>Gives room back.</summary>
    public void Leave(string organization, long bytes)
    {
        if (bytes == 0)
        {
            return;
        }

        lock (_gate)
        {
            _all -= bytes;
            if ((_byOrganization[organization] -= bytes) == 0)
            {
                _byOrganization.Remove(organization);
            }

            Monitor.PulseAll(_gate);
        }
    }

    private bool Fits(string organization, long bytes)
    {
        var held = _byOrganization.GetValueOrDefault(organization);
        return held == 0 ? _all + bytes <= most || _all == 0 : _all + bytes <= most && held + bytes <= most - (most / 4);
    }
}
