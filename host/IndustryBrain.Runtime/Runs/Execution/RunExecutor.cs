using System.Collections.Concurrent;
using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Runtime.Runs.Telemetry;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>The runs that this node executes.</summary>
internal sealed partial class RunExecutor(RunServices services, WorkQueue queue, DefinitionCache definitions, ExecutionServices engineServices, OrganizationEvaluators evaluators, RunTelemetry telemetry, UsageMeter quotas, OutageLog outage, ILogger<RunExecutor> logger) : IDisposable
{
    private const double MostDelay = 60_000;

    private readonly ConcurrentDictionary<Guid, ActiveRun> _active = [];
    private readonly ConcurrentDictionary<Guid, Task> _tasks = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>This process among those that share the database.</summary>
    public Guid NodeId { get; } = Guid.CreateVersion7(services.Time.GetUtcNow());

    /// <summary>True from joining to stopping: only then may this node own runs.</summary>
    public bool IsOpen { get; set; }

    public ExecutionSlots Slots { get; } = new(quotas.ShareOf);

    /// <summary>Pulses when a slot became free where none was, or a run began to wait that is due soon: time to look at the queue.</summary>
    public ChangeSignal Wake { get; } = new();

    public ActiveRun? Find(string organization, Guid id) => _active.TryGetValue(id, out var run) && run.Organization == organization ? run : null;

    /// <summary>A run was told something; nothing when this node does not execute it.</summary>
    public void Tell(Guid id)
    {
        if (_active.TryGetValue(id, out var run))
            run.Tell();
    }

    /// <summary>Calls off what is under way of a run that was ended elsewhere; nothing when this node does not execute it.</summary>
    public Task AbandonAsync(Guid id) => _active.TryGetValue(id, out var run) ? run.AbandonAsync() : Task.CompletedTask;

    /// <summary>The runs that this node executes now.</summary>
    public IReadOnlyList<ActiveRun> Active => [.. _active.Values];

    /// <summary>Starts a run that has just been accepted; its slot is taken.</summary>
    public void Start(string organization, RunRecord record, RunAccepted accepted, ScenarioDefinition definition)
    {
        var history = NewHistory(record.Id, definition);
        history.Apply(accepted);
        var engine = ScenarioExecution.Start(definition, EngineOf(organization, record), StartOf(record.Id, accepted));
        Launch(new(organization, record, engine, history, inbox: [], hasState: false, services));
    }

    /// <summary>Goes on with a run that this node claimed; its slot is taken.</summary>
    public void Resume(ClaimedRun claimed) => Track(claimed.RunId, Task.Run(() => ResumeAsync(claimed, _stopping.Token)));

    /// <summary>Puts into a run's inbox what somebody tells it; when it waits and a slot is free, this node goes on with it at once.</summary>
    public async Task TellAsync(Caller caller, string action, Guid id, InboxEntry entry)
    {
        var hasSlot = IsOpen && Slots.TryTake(caller.Organization);
        ClaimedRun? claimed = null;
        try
        {
            claimed = await services.Store.TellAsync(caller, action, id, entry, hasSlot ? NodeId : null);
        }
        finally
        {
            if (hasSlot && claimed is null && Slots.Release(caller.Organization))
                Wake.Pulse();
        }

        if (claimed is not null)
            Resume(claimed);
    }

    /// <summary>True while the database tells this node of what is to do.</summary>
    public bool IsListening { get; set; }

    /// <summary>How long until the next look at the queue when nothing calls for one before: longer while there is nothing to do and the database would say when there is.</summary>
    public TimeSpan LookAfter => IsListening && _tasks.IsEmpty ? services.Options.QuietPoll : TimeSpan.FromMilliseconds(services.Options.PollMilliseconds);

    /// <summary>True while this node has the run in hand, executing it or giving it back.</summary>
    public bool Has(Guid id) => _tasks.ContainsKey(id);

    /// <summary>Stops executing; what is not recorded is left to the next node.</summary>
    public async Task StopAsync()
    {
        IsOpen = false;
        await _stopping.CancelAsync();
        await Task.WhenAll(_tasks.Values).WaitAsync(TimeSpan.FromSeconds(services.Options.StopSeconds), services.Time).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public void Dispose() => _stopping.Dispose();

    public RunHistory NewHistory(Guid id, ScenarioDefinition? definition) => new(
        id,
        nodeId => definition?.Nodes.FirstOrDefault(n => n.NodeId == nodeId)?.DisplayText ?? LocalizedText.Same(nodeId),
        type => type.StartsWith("IndustryBrain.", StringComparison.Ordinal) && engineServices.Components.Find(type["IndustryBrain.".Length..]) is { } component
            ? JsonNamingPolicy.CamelCase.ConvertName(component.Kind.ToString())
            : "control");

    private async Task ResumeAsync(ClaimedRun claimed, CancellationToken ct)
    {
        ActiveRun? run = null;
        try
        {
            run = await RestoreAsync(claimed, ct);
        }
        catch (OperationCanceledException)
        {
        }
#pragma warning disable CA1031 // The edge of a background task: logged, and the run is given back.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (DatabaseOutage.IsOutage(e))
                outage.Failed(e);
            else
                LogNotResumed(logger, e, claimed.RunId);
            await RetryAsync(claimed.Organization, claimed.RunId, claimed.Tries, e);
        }

        if (run is not null)
            await ExecuteAsync(run);
        else if (Slots.Release(claimed.Organization))
            Wake.Pulse();
    }

    private async Task<ActiveRun?> RestoreAsync(ClaimedRun claimed, CancellationToken ct)
    {
        while (true)
        {
            var recorded = await services.Store.ReadAsync(claimed.Organization, claimed.RunId, withState: true, waitsFor: null, ct);
            if (recorded is null || recorded.Record.Status == RunStatuses.Finished)
            {
                await services.Store.ForgetAsync(claimed.RunId, ct);
                return null;
            }

            var taken = new RunTakenOver(NodeId, services.Time.GetUtcNow());
            if (claimed.TakenOver && !await services.Store.TakeOverAsync(claimed.Organization, recorded.Record, taken, ct))
                continue;
            if (claimed.TakenOver)
                LogTakenOver(logger, claimed.RunId, NodeId);

            var definition = await definitions.GetAsync(claimed.Organization, recorded.Record.DefinitionId, recorded.Record.Version, ct)
                ?? throw new InvalidOperationException($"Version {recorded.Record.Version} of {recorded.Record.DefinitionId} is gone.");
            await services.PluginCalls.EnsureAsync(recorded.Record.Plugins, ct);
            var history = NewHistory(claimed.RunId, definition);
            foreach (var entry in recorded.Events)
                history.Apply(entry);
            if (claimed.TakenOver)
                history.Apply(taken);
            var accepted = (RunAccepted)recorded.Events[0];
            var readable = Engine(claimed.Organization, recorded, definition, StartOf(claimed.RunId, accepted));
            if (!readable.TryGet(out var engine, out var failure))
            {
                LogStateUnreadable(logger, claimed.RunId, failure.Message.En);
                if (!await TryBreakAsync(claimed.Organization, claimed.RunId, RuntimeFailures.StateUnreadable()))
                    await RetryAsync(claimed.Organization, claimed.RunId, claimed.Tries, null);
                return null;
            }

            IReadOnlyList<InboxEntry> inbox = [.. recorded.Inbox, .. await FindEndedChildrenAsync(claimed, recorded, engine, ct)];
            return new(claimed.Organization, recorded.Record, engine, history, inbox, recorded.State is not null, services, claimed.Tries);
        }
    }

    /// <summary>What a run that broke was not told: the runs that it waits for may have ended while it was told nothing.</summary>
    private async Task<IReadOnlyList<InboxEntry>> FindEndedChildrenAsync(ClaimedRun claimed, RecordedRun recorded, ScenarioExecution engine, CancellationToken ct)
    {
        if (recorded.Events.LastOrDefault(e => e is RunPaused or RunEnded or RunRepaired) is not RunRepaired)
            return [];
        List<InboxEntry> ended = [];
        foreach (var (stepId, childId) in ActiveRun.AwaitedBy(engine, claimed.RunId))
        {
            if (await services.Store.ReadAsync(claimed.Organization, childId, withState: false, waitsFor: null, ct) is { Record.Status: RunStatuses.Finished } child
                && child.Events.OfType<RunEnded>().LastOrDefault() is { } end)
                ended.Add(new ChildStood(stepId, childId, child.Record.Status, child.Record.SubStatus, end.Output));
        }

        return ended;
    }

    /// <summary>A run that nobody executes, with its engine as it stands: to be judged, or let go on.</summary>
    public async Task<Result<StoppedRun>> OpenAsync(string organization, RecordedRun recorded, CancellationToken ct)
    {
        var record = recorded.Record;
        if (await definitions.GetAsync(organization, record.DefinitionId, record.Version, ct) is not { } definition || recorded.Events[0] is not RunAccepted accepted)
            return RuntimeFailures.NotResumable(record.Id);
        var engine = recorded.State is { } state
            ? ScenarioExecution.Restore(definition, EngineOf(organization, record), state)
            : HasDoneNothing(recorded.Events) ? ScenarioExecution.Start(definition, EngineOf(organization, record), StartOf(record.Id, accepted)) : RuntimeFailures.StateUnreadable();
        if (!engine.TryGet(out var restored, out _))
            return RuntimeFailures.NotResumable(record.Id);
        var history = NewHistory(record.Id, definition);
        foreach (var entry in recorded.Events)
            history.Apply(entry);
        return new StoppedRun(restored, history, definition);
    }

    /// <summary>What a run uses that goes on with these versions of plugins.</summary>
    public ExecutionServices ServicesOf(string organization, IReadOnlyDictionary<string, PluginPin>? plugins) => engineServices with
    {
        Components = plugins is { Count: > 0 } pins ? services.Plugins.CatalogOf(pins) : engineServices.Components,
        Expressions = evaluators.Of(organization),
        Limits = quotas.LimitsOf(organization, engineServices.Limits),
    };

    private Result<ScenarioExecution> Engine(string organization, RecordedRun recorded, ScenarioDefinition definition, ExecutionStart start)
    {
        if (recorded.State is { } state)
            return ScenarioExecution.Restore(definition, EngineOf(organization, recorded.Record), state);

        // Whoever records a step keeps a state with it. Without one the steps would be done a second time.
        return HasDoneNothing(recorded.Events) ? ScenarioExecution.Start(definition, EngineOf(organization, recorded.Record), start) : RuntimeFailures.StateUnreadable();
    }

    private static bool HasDoneNothing(IReadOnlyList<object> events) => events.All(e => e is RunAccepted or RunTakenOver or RunEnded or RunRepaired or PauseBegan or PauseEnded);

    private static ExecutionStart StartOf(Guid id, RunAccepted accepted) => new(id.ToString(), accepted.Input)
    {
        CorrelationId = accepted.CorrelationId,
        ParentRunId = accepted.Parent?.RunId.ToString(),
        TriggerActivityId = accepted.Trigger?.ActivityId,
        TriggerPayload = accepted.Trigger?.Payload,
    };

    private ExecutionServices EngineOf(string organization, RunRecord record) => ServicesOf(organization, record.Plugins);

    private void Launch(ActiveRun run)
    {
        // Known before its task starts: whoever asks right after the acceptance finds it.
        _active[run.Id] = run;
        Track(run.Id, Task.Run(() => ExecuteAsync(run)));
    }

    private void Track(Guid id, Task task)
    {
        _tasks[id] = task;
        task.ContinueWith(t => _tasks.TryRemove(new(id, t)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ExecuteAsync(ActiveRun run)
    {
        _active[run.Id] = run;
        services.Changes.Pulse(run.Id);
        using var execution = telemetry.Execute(run.Organization, run.Record);
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["RunId"] = run.Id, ["Organization"] = run.Organization });
        try
        {
            run.IsRecorded = await run.ExecuteAsync(_stopping.Token) != RunOutcome.Lost;
            if (!run.IsRecorded && !run.IsGone)
            {
                LogLost(logger, run.Id, NodeId);
                await RetryAsync(run, null);
            }
        }
        catch (OperationCanceledException) when (run.IsGone)
        {
            // Somebody ended it at once: its end is on record.
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node gives all its runs back when it leaves.
        }
#pragma warning disable CA1031 // The edge of a background task: logged once, and recorded in the run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (run.IsGone)
                return;
            Say(e, run.Id);
            await AfterBreakAsync(run, e);
        }
        finally
        {
            _active.TryRemove(new(run.Id, run));
            var wasFull = Slots.Release(run.Organization);
            run.Changes.Pulse();
            services.Changes.Pulse(run.Id);
            // A run that is over is no reason to look at the queue, nor is one that waits for longer than until the next look.
            if (wasFull || !run.IsRecorded || run.Due - services.Time.GetUtcNow() < services.Options.QuietPoll)
                Wake.Pulse();
        }
    }

    private async Task AfterBreakAsync(ActiveRun run, Exception e)
    {
        try
        {
            // What the database cannot take today it may take tomorrow; what it will never take, or what is our own mistake, ends the run.
            if (DatabaseOutage.IsOutage(e) || !await run.BreakAsync(IsRefusedText(e) ? RuntimeFailures.NotStorable("run") : RuntimeFailures.Broken("run"), CancellationToken.None))
                await RetryAsync(run, e);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception again)
#pragma warning restore CA1031
        {
            Say(again, run.Id);
            if (DatabaseOutage.IsOutage(again) || !await TryBreakAsync(run.Organization, run.Id, RuntimeFailures.Broken("run")))
                await RetryAsync(run, again);
        }
    }

    // This node may have taken the run up anew in between: then it is not this one's to give back.
    private Task RetryAsync(ActiveRun run, Exception? e) => _active.TryGetValue(run.Id, out var current) && current == run
        ? RetryAsync(run.Organization, run.Id, run.HasProgressed ? 0 : run.Tries, e)
        : Task.CompletedTask;

    /// <summary>Lets a run that broke be tried again later; ends it when it broke too often where it stands. While the database does not answer nothing is counted.</summary>
    private async Task RetryAsync(string organization, Guid id, int tries, Exception? e)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var owns = await queue.OwnsAsync(NodeId, id, _stopping.Token);
                if (owns is false)
                    return;
                if (owns is true && !DatabaseOutage.IsShortage(e))
                    tries++;
                if (tries >= services.Options.MaxTries && await TryBreakAsync(organization, id, RuntimeFailures.BrokeEachTime(tries)))
                    return;
                var delay = services.Options.RetryMilliseconds * Math.Pow(2, Math.Clamp(tries - 1, 0, 16));
                await queue.GiveBackAsync(NodeId, id, tries, services.Time.GetUtcNow() + TimeSpan.FromMilliseconds(Math.Min(delay, MostDelay)), _stopping.Token);
                Wake.Pulse();
                return;
            }
            catch (Exception again) when (DatabaseOutage.Cause(again) is not null)
            {
                Say(again, id);
                e = again;
                await Task.Delay(TimeSpan.FromSeconds(1), services.Time, _stopping.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<bool> TryBreakAsync(string organization, Guid id, Failure failure)
    {
        try
        {
            return await services.Store.BreakAsync(organization, id, failure, services.Time.GetUtcNow(), CancellationToken.None);
        }
#pragma warning disable CA1031 // As above; the run is tried again later.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Say(e, id);
            return false;
        }
    }

    // An outage is one line, not a trace for each run.
    private void Say(Exception exception, Guid id)
    {
        if (DatabaseOutage.IsOutage(exception))
            outage.Failed(exception);
        else
            LogBroke(logger, exception, id);
    }

    private static bool IsRefusedText(Exception e) =>
        (DatabaseOutage.Cause(e) as PostgresException)?.SqlState is PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.InvalidTextRepresentation or PostgresErrorCodes.CharacterNotInRepertoire;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} taken over by {NodeId}")]
    private static partial void LogTakenOver(ILogger logger, Guid runId, Guid nodeId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} is not executed by {NodeId} any more")]
    private static partial void LogLost(ILogger logger, Guid runId, Guid nodeId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} broke")]
    private static partial void LogBroke(ILogger logger, Exception exception, Guid runId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} could not be resumed")]
    private static partial void LogNotResumed(ILogger logger, Exception exception, Guid runId);

    [LoggerMessage(Level = LogLevel.Error, Message = "State of run {RunId} cannot be read, the run is ended with IB3018: {Reason}")]
    private static partial void LogStateUnreadable(ILogger logger, Guid runId, string reason);
}
