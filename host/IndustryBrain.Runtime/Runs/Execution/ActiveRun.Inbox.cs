using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Runs.Recording;

namespace IndustryBrain.Runtime.Runs.Execution;

internal sealed partial class ActiveRun
{
    private readonly ChangeSignal _told = new();
    private readonly List<InboxEntry> _inbox = [.. inbox];
    private readonly HashSet<long> _known = [.. inbox.Select(e => e.Id)];
    private readonly List<long> _taken = [];

    // What came between the reading of its state and its being known here is told by the next look at the queue.
    private int _mustRead;

    /// <summary>The run was told something: it reads its inbox as soon as it can.</summary>
    public void Tell()
    {
        Interlocked.Exchange(ref _mustRead, 1);
        _told.Pulse();
    }

    /// <summary>Reads what the run was told since, and takes note of whatever it can use now; the rest stays for later.</summary>
    /// <returns>True when the engine has something to do for it.</returns>
    private async Task<bool> TakeNoteAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _mustRead, 0) == 1)
            _inbox.AddRange((await services.Inbox.ReadAsync(Id, ct)).Where(e => _known.Add(e.Id)));
        var noted = false;
        foreach (var entry in _inbox.ToArray())
        {
            if (!await NoteAsync(entry))
                continue;
            _inbox.Remove(entry);
            _taken.Add(entry.Id);
            noted = true;
        }

        _stateChanged |= noted;
        return noted;
    }

    private async Task<bool> NoteAsync(InboxEntry entry)
    {
        switch (entry)
        {
            case CancelWanted:
                await _callsOff.CancelAsync();
                EndAwaitedChildren();
                (_pause, _isCancelled) = (null, true);
                engine.Cancel();
                return true;
            case EventCame e:
                var heard = false;
                foreach (var bookmark in engine.Bookmarks.Where(b => b.EventName == e.Name).ToArray())
                    heard |= engine.Resume(bookmark.Id, e.Payload);
                return heard || e.IsAddressed;
            case RequestCame e:
                if (engine.Bookmarks.FirstOrDefault(b => b.StepId == e.StepId && b.Name == HttpWaits.ActivityType) is { } endpoint && engine.Resume(endpoint.Id, e.Request))
                {
                    _servingStepId = e.StepId;
                    _requests[e.StepId] = e.RequestId;
                }

                return true;
            case ChildStood e:
                return Note(e);
            case TaskDecided e:
                return Note(e);
            case PauseWanted e:
                return Note(e);
            case ResumeWanted e:
                return Note(e);
            default:
                return false;
        }
    }
}
