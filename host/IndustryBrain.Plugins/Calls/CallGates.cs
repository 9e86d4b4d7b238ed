using System.Collections.Concurrent;

namespace IndustryBrain.Plugins.Calls;

/// <summary>Lets as many calls of a plugin run at a time as it may have; the others wait for a while.</summary>
internal sealed class CallGates(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, CallGate> _byPlugin = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A place, which the caller leaves; null when there was none in time.</summary>
    public async ValueTask<CallPlace?> EnterAsync(string pluginId, string organization, int limit, TimeSpan atMost, CancellationToken ct)
    {
        // After a change new calls have places of their own: those under way leave the old ones.
        var gate = _byPlugin.GetOrAdd(pluginId, static (_, count) => new(count), limit);
        if (gate.Limit != limit)
        {
            gate = _byPlugin.AddOrUpdate(pluginId, static (_, count) => new(count), static (_, held, count) => held.Limit == count ? held : new(count), limit);
        }

        if (gate.TryEnter(organization))
        {
            return new(gate, organization);
        }

        using var deadline = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            await gate.WaitAsync(organization, either.Token).ConfigureAwait(false);
            return new(gate, organization);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
