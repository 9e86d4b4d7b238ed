namespace IndustryBrain.Plugins.Calls;

/// <summary>The places for the calls of one plugin. Where calls wait, the next place is for the organization that holds fewest, and there for the call that has waited longest.</summary>
/// <param name="limit">How many there are.</param>
internal sealed class CallGate(int limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Organization, TaskCompletionSource Place)> _waiting = [];
    private readonly int _share = FairShare.Of(limit);
    private int _taken;

    public int Limit => limit;

    public bool TryEnter(string organization)
    {
        lock (_lock)
        {
            return _waiting.Count == 0 && TryTake(organization);
        }
    }

    public async Task WaitAsync(string organization, CancellationToken ct)
    {
        var mine = new LinkedListNode<(string Organization, TaskCompletionSource Place)>((organization, new(TaskCreationOptions.RunContinuationsAsynchronously)));
        lock (_lock)
        {
            _waiting.AddLast(mine);
            Admit();
        }

        await using var cancelled = ct.Register(() =>
        {
            lock (_lock)
            {
                // One that has its place by now keeps it.
                if (mine.List is not null)
                {
                    _waiting.Remove(mine);
                    mine.Value.Place.SetCanceled(ct);
                }
            }
        }).ConfigureAwait(false);
        await mine.Value.Place.Task.ConfigureAwait(false);
    }

    public void Leave(string organization)
    {
        lock (_lock)
        {
            _taken--;
            if (--_held[organization] == 0)
            {
                _held.Remove(organization);
            }

            Admit();
        }
    }

    private void Admit()
    {
        while (_taken < limit && Next() is { } next)
        {
            _waiting.Remove(next);
            TryTake(next.Value.Organization);
            next.Value.Place.SetResult();
        }
    }

    private LinkedListNode<(string Organization, TaskCompletionSource Place)>? Next()
    {
        (LinkedListNode<(string Organization, TaskCompletionSource Place)>? next, var fewest) = (null, _share);
        for (var node = _waiting.First; node is not null && fewest > 0; node = node.Next)
        {
            if (_held.GetValueOrDefault(node.Value.Organization) is var held && held < fewest)
            {
                (next, fewest) = (node, held);
            }
        }

        return next;
    }

    private bool TryTake(string organization)
    {
        var held = _held.GetValueOrDefault(organization);
        if (_taken >= limit || held >= _share)
        {
            return false;
        }

        _taken++;
        _held[organization] = held + 1;
        return true;
    }
}

/// <summary>A place that a call holds.</summary>
/// <param name="gate">Whose it is; null where none is needed.</param>
/// <param name="organization">Who holds it.</param>
internal sealed class CallPlace(CallGate? gate, string organization)
{
    /// <summary>One that nobody else wants.</summary>
    public static CallPlace Open { get; } = new(null, "");

    public void Leave() => gate?.Leave(organization);
}
