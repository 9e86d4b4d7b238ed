using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;

namespace IndustryBrain.Runtime.Runs.Execution;

internal sealed partial class ActiveRun
{
    private readonly CancellationTokenSource _gone = new();
    private RunPause? _pause;
    private bool _isCancelled;

    /// <summary>True when it has been ended elsewhere: nothing more may be recorded from here.</summary>
    public bool IsGone => _gone.IsCancellationRequested;

    /// <summary>It was ended elsewhere: whatever is under way is called off at once.</summary>
    public async Task AbandonAsync()
    {
        try
        {
            await _gone.CancelAsync();
            await _callsOff.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has left its executor by itself.
        }
    }

    private bool Note(PauseWanted wanted)
    {
        if (!_isCancelled)
            Want(wanted.Pause);
        return true;
    }

    private bool Note(ResumeWanted wanted)
    {
        if (_pause is { } pause)
        {
            Want(null);
            Happen(new PauseBegan(pause));
            Happen(new PauseEnded(wanted.By, services.Time.GetUtcNow(), wanted.Reason));
        }

        return true;
    }

    private void Happen(object entry)
    {
        _pending.Add(entry);
        Change(h => h.Apply(entry));
    }

    private void Want(RunPause? pause)
    {
        _pause = pause;
        Change(h => h.Asked(pause));
    }

    /// <summary>Records what happened, and that the run is held: nobody claims it before it is resumed.</summary>
    private Task<bool> PauseAsync(RunPause pause, CancellationToken ct) => CommitOpenAsync(due: null, pause with { At = services.Time.GetUtcNow() }, ct);
}
