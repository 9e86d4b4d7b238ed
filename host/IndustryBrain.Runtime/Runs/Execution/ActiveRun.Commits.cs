using System.Buffers;
using System.Text.Json;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Runtime.Runs.Execution;

internal sealed partial class ActiveRun
{
    private static JsonSerializerOptions ComponentJsonOptions => ComponentJson.Options;

    private WaitSet _waits = WaitsOf(engine);

    /// <summary>Records what happened since the last commit, and goes on.</summary>
    private Task<bool> CommitMiddleAsync(CancellationToken ct) => CommitOpenAsync(due: null, pause: null, ct);

    /// <summary>Records what happened and lets the run wait; any node goes on with it when it is due.</summary>
    private Task<bool> WaitAsync(CancellationToken ct)
    {
        var since = engine.Bookmarks.Min(b => (DateTimeOffset?)b.CreatedAt) ?? services.Time.GetUtcNow();
        since = record.ResumedAt > since ? record.ResumedAt.Value : since;
        var latest = since + TimeSpan.FromDays(services.Options.MaxWaitingDays);
        var due = EarliestDue() is { } earliest && earliest < latest ? earliest : latest;
        return CommitOpenAsync(due, pause: null, ct);
    }

    private async Task<bool> CommitOpenAsync(DateTimeOffset? due, RunPause? pause, CancellationToken ct)
    {
        var at = services.Time.GetUtcNow();
        var isSuspended = due is not null && engine.SubStatus == ExecutionSubStatus.Suspended;
        var paused = new RunPaused(isSuspended ? RunStatuses.Suspended : RunStatuses.Executing, Output(), Incidents(), Name(), CorrelationId(), at);
        _pending.Add(paused);
        var held = pause is null ? null : new PauseBegan(pause);
        if (held is not null)
            _pending.Add(held);
        Stand(held is null ? paused.SubStatus : RunStatuses.Paused, paused.Incidents);
        record.Pause = pause;
        var state = new ArrayBufferWriter<byte>(1024);
        engine.Save(state);
        if (isSuspended)
            TellParent(RunStatuses.Running, RunStatuses.Suspended);
        var waits = Waits();
        var commit = new RunCommit(await TakeAsync(ct), record.StreamVersion, state.WrittenSpan.ToArray(), pause?.Until ?? due)
        {
            Known = _known,
            Taken = [.. _taken],
            IsPaused = pause is not null,
            Waits = waits.Equals(_waits) ? null : waits,
            Tasks = Tasks(at),
            Commands = [.. _commands],
        };
        if (!await CommitAsync(commit, ct))
            return false;
        _waits = waits;
        TasksAreRecorded();
        Due = due;
        HasProgressed = true;
        _stateChanged = false;
        _recordedAt = services.Time.GetTimestamp();
        Change(h =>
        {
            h.Apply(paused);
            if (held is not null)
                h.Apply(held);
        });
        return true;
    }

    private Task<bool> EndAsync(CancellationToken ct)
    {
        byte[]? state = null;
        if (engine.SubStatus == ExecutionSubStatus.Faulted)
        {
            var saved = new ArrayBufferWriter<byte>(1024);
            engine.Save(saved);
            state = saved.WrittenSpan.ToArray();
        }

        return CommitEndAsync(engine.SubStatus.ToString(), Incidents(), services.Time.GetUtcNow(), ct, state);
    }

    private async Task<bool> CommitEndAsync(string subStatus, IReadOnlyList<IncidentView> incidents, DateTimeOffset at, CancellationToken ct, byte[]? state = null)
    {
        var ended = new RunEnded(subStatus, await services.Blobs.ReferAsync(organization, Output(), "output", ct), incidents, Name(), CorrelationId(), at);
        _pending.Add(ended);
        (record.Status, record.Pause) = (RunStatuses.Finished, null);
        record.FinishedAt = at;
        Stand(subStatus, incidents);
        TellParent(RunStatuses.Finished, subStatus);
        if (!await CommitAsync(new(await TakeAsync(ct), record.StreamVersion, state, null) { Tasks = _tasks.Count > 0 ? TaskChanges.End(at) : null, Commands = [.. _commands] }, ct))
            return false;
        Change(h => h.Apply(ended));
        return true;
    }

    private async Task<bool> CommitAsync(RunCommit commit, CancellationToken ct)
    {
        if (!await services.Store.CommitAsync(organization, record, commit with { Began = Began }, ct))
            return false;
        _taken.Clear();
        _commands.Clear();
        foreach (var answer in _given)
            Change(h => h.Apply(answer));
        _given.Clear();
        services.Changes.Changed(Id);
        return true;
    }

    private void Stand(string subStatus, IReadOnlyList<IncidentView> incidents)
    {
        record.SubStatus = subStatus;
        record.Name = Name();
        record.CorrelationId = CorrelationId();
        record.Incident = incidents.Count > 0 ? incidents[0] : null;
        lock (_lock)
            record.StepCount = history.StepCount;
    }

    private async Task<IReadOnlyList<object>> TakeAsync(CancellationToken ct)
    {
        var events = _pending.Take();
        if (!events.Any(NeedsBlob))
            return events;
        var referred = new List<object>(events.Count);
        foreach (var entry in events)
        {
            referred.Add(entry switch
            {
                StepBegan e when NeedsBlob(e) => e with { Input = await services.Blobs.ReferAsync(organization, e.Input, $"{e.StepId}-input", ct) },
                StepEnded e when NeedsBlob(e) => e with
                {
                    Input = await services.Blobs.ReferAsync(organization, e.Input, $"{e.StepId}-input", ct),
                    Output = await services.Blobs.ReferAsync(organization, e.Output, $"{e.StepId}-output", ct),
                },
                AnswerGiven e when NeedsBlob(e) => e with { Content = await services.Blobs.ReferAsync(organization, e.Content, "answer", ct), Files = await ReferAsync(e.Files, ct) },
                _ => entry,
            });
        }

        return referred;
    }

    private async Task<IReadOnlyList<JsonElement>> ReferAsync(IReadOnlyList<JsonElement> files, CancellationToken ct)
    {
        List<JsonElement> referred = [];
        foreach (var file in files)
            referred.Add(await services.Blobs.ReferAsync(organization, file, "answer-file", ct));
        return referred;
    }

    private bool NeedsBlob(object entry) => entry switch
    {
        StepBegan e => services.Blobs.IsLarge(e.Input),
        AnswerGiven e => services.Blobs.IsLarge(e.Content) || e.Files.Any(f => services.Blobs.IsLarge(f)),
        StepEnded e => services.Blobs.IsLarge(e.Input) || services.Blobs.IsLarge(e.Output),
        _ => false,
    };
}
