namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>Events of one run that wait for the next commit. A step that begins and ends between two commits becomes one event, in the place of its beginning.</summary>
internal sealed class PendingEvents
{
    private readonly Dictionary<string, int> _begun = [];
    private readonly List<object> _events = [];

    public IReadOnlyList<object> Events => _events;

    public void Add(object entry)
    {
        switch (entry)
        {
            case StepBegan began:
                _begun[began.StepId] = _events.Count;
                break;
            case StepWaits waits:
                // What ends after it waited stands where it ended: told before, the wait would be the last that is known of it.
                _begun.Remove(waits.StepId);
                break;
            case StepEnded ended when _begun.Remove(ended.StepId, out var at):
                var start = (StepBegan)_events[at];
                _events[at] = ended with { StartedAt = start.At, Input = start.Input, Attempt = start.Attempt };
                return;
        }

        _events.Add(entry);
    }

    public IReadOnlyList<object> Take()
    {
        object[] taken = [.. _events];
        _events.Clear();
        _begun.Clear();
        return taken;
    }
}
