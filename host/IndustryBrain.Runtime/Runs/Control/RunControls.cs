using System.Text.Json;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Npgsql;

namespace IndustryBrain.Runtime.Runs.Control;

/// <summary>
/// Pauses, resumes and terminates runs. What is decided holds because the run's row in the index is locked, and because the journal's key of run and version is the fence, as for any commit. Safe for use from many threads.
/// </summary>
public sealed class RunControls
{
    private const int LongestReason = 1_000;
    private const int MostTries = 50;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly JsonElement NoOutput = JsonElement.Parse("{}");
    private static readonly string[] Actions = ["pause", "resume", "terminate"];

    private readonly RunCoordinator _runs;
    private readonly RunExecutor _executor;
    private readonly RunServices _services;
    private readonly IOrganizationSessions _sessions;
    private readonly ScenarioLibrary _library;
    private readonly ScenarioPauses _pauses;

    internal RunControls(RunCoordinator runs, RunExecutor executor, RunServices services, IOrganizationSessions sessions, ScenarioLibrary library, ScenarioPauses pauses) =>
        (_runs, _executor, _services, _sessions, _library, _pauses) = (runs, executor, services, sessions, library, pauses);

    /// <summary>
    /// Holds a run: at once when it waits, else at its next commit, when the calls under way have ended. Timers, events, requests, ends of other runs and decisions that come meanwhile are kept for when it goes on.
    /// Refused: unknown (IB3005), ended (IB3130), paused already (IB3131).
    /// </summary>
    public async Task<Result<RunView>> PauseAsync(Caller caller, Guid id, PauseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        if (Judge(request.Reason, isNeeded: false) is { } unfit)
            return unfit;
        if (!PauseOf(caller, request).TryGet(out var pause, out var failure))
            return failure;
        var isWanted = false;
        var refused = await TryAsync(caller, id, async (session, connection, record, state) =>
        {
            if (state == WorkStates.Paused || (state == WorkStates.Executing && await IsToldAsync(connection, id, cancellationToken)))
                return ControlFailures.IsPaused(id, record.Pause);
            session.Append(caller, "run.pause", "run", id.ToString(), label: pause.Reason);
            isWanted = state == WorkStates.Executing;
            if (isWanted)
                RunInbox.Deliver(session, id, new PauseWanted(pause));
            else if (!await WriteAsync(connection, RunWrite.Hold(caller.Organization, record, new(pause)), cancellationToken))
                return ControlFailures.MovesOn(id);
            return null;
        }, cancellationToken);
        if (refused is not null)
            return refused;
        _executor.Tell(id);
        _services.Changes.Changed(id);
        if (!isWanted)
            return await _runs.GetAsync(caller, id, cancellationToken);
        var held = await _runs.WaitAsync(caller, id, static view => view.HasEnded || view.IsPaused, Grace, cancellationToken);
        return held.TryGet(out var view, out _) && view.HasEnded ? ControlFailures.HasEnded(id) : held;
    }

    /// <summary>Lets a paused run go on. Refused: unknown (IB3005), ended (IB3130), not paused (IB3132).</summary>
    public async Task<Result<RunView>> ResumeAsync(Caller caller, Guid id, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (Judge(reason, isNeeded: false) is { } unfit)
            return unfit;
        var refused = await TryAsync(caller, id, async (session, connection, record, state) =>
        {
            if (state != WorkStates.Paused)
            {
                // It is to be held, and a call that is under way keeps it from that.
                if (!await IsToldAsync(connection, id, cancellationToken))
                    return ControlFailures.NotPaused(id);
                RunInbox.Deliver(session, id, new ResumeWanted(caller.Actor, Trim(reason)));
            }
            else
            {
                var ended = new PauseEnded(caller.Actor, _services.Time.GetUtcNow(), Trim(reason));
                if (!await WriteAsync(connection, RunWrite.GoOn(caller.Organization, record, ended), cancellationToken))
                    return ControlFailures.MovesOn(id);
                await WorkQueue.GoOnAsync(connection, id, ended.At, cancellationToken);
            }

            session.Append(caller, "run.resume", "run", id.ToString(), label: Trim(reason));
            return null;
        }, cancellationToken);
        if (refused is not null)
            return refused;
        _executor.Tell(id);
        _executor.Wake.Pulse();
        _services.Changes.Changed(id);
        return await _runs.GetAsync(caller, id, cancellationToken);
    }

    /// <summary>
    /// Ends a run at once, and the runs that it waits for: no compensation, no Finally, no Catch. What is under way outside is called off, and its process killed when it does not obey within <c>Plugins:CancellationGrace</c>.
    /// Refused: unknown (IB3005), ended (IB3130), no reason given (IB3009).
    /// </summary>
    public async Task<Result<RunView>> TerminateAsync(Caller caller, Guid id, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (Judge(reason, isNeeded: true) is { } unfit)
            return unfit;
        List<(RunRecord Record, RunEnded End)> ended = [];
        var refused = await TryAsync(caller, id, async (session, connection, record, _) =>
        {
            ended.Clear();
            if (!await EndAsync(session, connection, caller, record, new(caller.Actor, reason!.Trim()), ended, cancellationToken))
                return ControlFailures.MovesOn(id);
            if (record.Parent is { IsAwaited: true } parent)
                await _services.Store.SendAsync(session, [new ChildStopped(parent.RunId, parent.StepId, id, RunStatuses.Finished, RunStatuses.Cancelled, NoOutput)]);
            await _services.Store.TellEndAsync(session, record, RunStatuses.Cancelled, NoOutput, cancellationToken);
            foreach (var (run, _) in ended)
                session.QueueSqlCommand("select pg_notify(?, ?)", RunListener.Channel, RunListener.Ended + run.Id);
            return null;
        }, cancellationToken);
        if (refused is not null)
            return refused;
        foreach (var (run, end) in ended)
        {
            _services.Store.Told(caller.Organization, run, end);
            await _executor.AbandonAsync(run.Id);
            _services.Changes.Changed(run.Id);
        }

        // What this node executed leaves its executor now; until then its view is that of before.
        return await _runs.WaitAsync(caller, id, static view => view.HasEnded, Grace, cancellationToken);
    }

    /// <summary>Holds the runs of a scenario that start from now on; those under way go on. Refused: unknown (IB3001).</summary>
    public async Task<Result<PausedScenario>> PauseScenarioAsync(Caller caller, string definitionId, PauseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        if (Judge(request.Reason, isNeeded: false) is { } unfit)
            return unfit;
        if (!PauseOf(caller, request).TryGet(out var pause, out var failure))
            return failure;
        // One that is live nowhere starts nothing; it holds in every environment.
        if (!(await _library.FindPublishedAsync(caller.Organization, definitionId, ScenarioEnvironments.Production, isPart: false, cancellationToken)).TryGet(out var published, out failure)
            && !(await _library.FindPublishedAsync(caller.Organization, definitionId, ScenarioEnvironments.Test, isPart: false, cancellationToken)).TryGet(out published, out _))
            return failure;
        if (pause.Then != PauseEnds.Resume)
            return RuntimeFailures.BadRequest("then", new("应用场景的暂停只能以 resume 结束。", "The pause of a scenario ends with resume only."));
        await _pauses.PauseAsync(caller, published.Definition.DefinitionId, pause, cancellationToken);
        return new PausedScenario(published.Definition.DefinitionId, pause with { IsOfScenario = true });
    }

    /// <summary>Lets runs of a scenario begin again. Refused: nobody holds it (IB3132).</summary>
    public async Task<Failure?> ResumeScenarioAsync(Caller caller, string definitionId, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return Judge(reason, isNeeded: false) ?? (await _pauses.ResumeAsync(caller, definitionId, Trim(reason), cancellationToken) ? null : ControlFailures.ScenarioNotPaused(definitionId));
    }

    /// <summary>Does with a run whose pause is over what was said when it began.</summary>
    internal async Task ExpireAsync(Caller system, Guid id, CancellationToken ct)
    {
        switch ((await _services.Store.FindAsync(system.Organization, id, ct))?.Pause?.Then)
        {
            case PauseEnds.Cancel:
                await _services.Store.SendAsync(system, "run.cancel", id, new EndRun(id), ct);
                break;
            case PauseEnds.Terminate:
                await TerminateAsync(system, id, "until", ct);
                break;
            default:
                await ResumeAsync(system, id, null, ct);
                break;
        }
    }

    /// <summary>Does the same to many runs, each by itself, at most <see cref="RunOptions.MaxRepairsTogether"/>, oldest first. Refused as a whole: IB3009, IB3134.</summary>
    public async Task<Result<BulkIntervened>> ApplyAsync(Caller caller, BulkIntervention bulk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(bulk);
        if (!Actions.Contains(bulk.Action, StringComparer.Ordinal))
            return RuntimeFailures.BadRequest("action", new($"action 应为：{string.Join("、", Actions)}。", $"action is one of: {string.Join(", ", Actions)}."));
        if (bulk.Runs.Count > 0 == bulk.Filter is not null)
            return RuntimeFailures.BadRequest("runs", new("请给出 runs 或 filter 之一。", "Give either runs or a filter."));
        var most = _services.Options.MaxRepairsTogether;
        if (bulk.Runs.Count > most)
            return ControlFailures.TooMany(most);
        var request = new PauseRequest { Reason = bulk.Reason, Until = bulk.Until, Then = bulk.Then };
        if (Judge(bulk.Reason, isNeeded: bulk.Action == "terminate") is { } unfit)
            return unfit;
        if (!PauseOf(caller, request).TryGet(out _, out var failure))
            return failure;
        if (bulk.Filter is { } asked && !new[] { asked.DefinitionId, asked.SubStatus }.All(Storable.Fits))
            return RuntimeFailures.BadRequest("filter", new("filter 含有无法保存的字符。", "The filter holds characters that cannot be stored."));
        IReadOnlyList<Guid> ids = [.. bulk.Runs.Distinct()];
        long total = ids.Count;
        if (bulk.Filter is { } filter)
        {
            var runs = new RunFilter
            {
                Status = RunStatuses.Running,
                DefinitionId = filter.DefinitionId,
                SubStatus = bulk.Action == "resume" ? RunStatuses.Paused : filter.SubStatus,
                ExceptSubStatus = bulk.Action == "pause" ? RunStatuses.Paused : null,
                From = filter.From,
                To = filter.To,
            };
            (ids, total) = await _services.Store.FindIdsAsync(caller.Organization, runs, "created_at", most, cancellationToken);
        }

        List<RunRepairResult> results = [];
        foreach (var id in ids)
        {
            var done = bulk.Preview ? await PreviewAsync(caller, id, bulk.Action, cancellationToken) : bulk.Action switch
            {
                "pause" => (await PauseAsync(caller, id, request, cancellationToken)).Failure,
                "resume" => (await ResumeAsync(caller, id, bulk.Reason, cancellationToken)).Failure,
                _ => (await TerminateAsync(caller, id, bulk.Reason, cancellationToken)).Failure,
            };
            results.Add(new(id, done));
        }

        return new BulkIntervened(bulk.Preview, total, total - ids.Count, results);
    }

    private async Task<Failure?> PreviewAsync(Caller caller, Guid id, string action, CancellationToken ct) => await _services.Store.FindAsync(caller.Organization, id, ct) switch
    {
        null => RuntimeFailures.RunUnknown(id),
        { Status: RunStatuses.Finished } => ControlFailures.HasEnded(id),
        { Pause: { } pause } when action == "pause" => ControlFailures.IsPaused(id, pause),
        { Pause: null } when action == "resume" => ControlFailures.NotPaused(id),
        _ => null,
    };

    /// <summary>Holds the run's row for a transaction and decides in it; again when a commit of the run came between.</summary>
    private async Task<Failure?> TryAsync(Caller caller, Guid id, Func<IDocumentSession, NpgsqlConnection, RunRecord, string, Task<Failure?>> decide, CancellationToken ct)
    {
        if (await _services.Store.FindAsync(caller.Organization, id, ct) is not { } before)
            return RuntimeFailures.RunUnknown(id);
        for (var i = 0; i < MostTries; i++)
        {
            try
            {
                await using var session = _sessions.Open(caller.Organization);
                await session.BeginTransactionAsync(ct);
                var connection = session.Connection!;
                if (await RunStatements.HoldAsync(connection, caller.Organization, before, ct) is not { } state || await RunStore.FindAsync(connection, caller.Organization, id, ct) is not { Status: RunStatuses.Running } record)
                    return ControlFailures.HasEnded(id);
                var refused = await decide(session, connection, record, state);
                if (refused is null)
                {
                    await session.SaveChangesAsync(ct);
                    return null;
                }

                if (refused.Code != "IB3133")
                    return refused;
            }
            catch (Exception e) when (DatabaseOutage.Cause(e) is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure })
            {
                // The commits that it stood against have gone on.
            }
        }

        return ControlFailures.MovesOn(id);
    }

    /// <summary>Ends a run whose row is held, and after it the runs that it waits for.</summary>
    private async Task<bool> EndAsync(IDocumentSession session, NpgsqlConnection connection, Caller caller, RunRecord record, RunTermination termination, List<(RunRecord Record, RunEnded End)> ended, CancellationToken ct)
    {
        var known = await _services.Store.ReadAsync(caller.Organization, record.Id, withState: false, waitsFor: null, ct);
        var last = known?.Events.OfType<RunPaused>().LastOrDefault();
        var at = _services.Time.GetUtcNow();
        var end = new RunEnded(RunStatuses.Terminated, last?.Output ?? NoOutput, last?.Incidents ?? [], record.Name, record.CorrelationId, at) { Terminated = termination };
        if (!await WriteAsync(connection, RunWrite.Terminate(caller.Organization, record, end), ct))
            return false;
        session.Append(caller, "run.terminate", "run", record.Id.ToString(), label: termination.Reason);
        ended.Add((record, end));
        foreach (var childId in await RunStore.AwaitedAsync(connection, caller.Organization, record.Id, ct))
        {
            if (await RunStore.FindAsync(connection, caller.Organization, childId, ct) is not { } child || await RunStatements.HoldAsync(connection, caller.Organization, child, ct) is null)
                continue;
            child = (await RunStore.FindAsync(connection, caller.Organization, childId, ct))!;
            if (child.Status == RunStatuses.Running && !await EndAsync(session, connection, caller, child, termination, ended, ct))
                return false;
        }

        return true;
    }

    private static async Task<bool> WriteAsync(NpgsqlConnection connection, RunWrite write, CancellationToken ct) => (await RunStatements.WriteAsync(connection, [write], [], ct)).Won.Contains(write.Record.Id);

    private static async Task<bool> IsToldAsync(NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select kind from run_inbox where run_id = $1 and kind in ('pause', 'resume') order by id desc limit 1", connection) { Parameters = { new() { Value = id } } };
        return await command.ExecuteScalarAsync(ct) is RunInbox.PauseKind;
    }

    private Result<RunPause> PauseOf(Caller caller, PauseRequest request)
    {
        var now = _services.Time.GetUtcNow();
        var then = request.Then ?? PauseEnds.Resume;
        if (!PauseEnds.All.Contains(then, StringComparer.Ordinal))
            return RuntimeFailures.BadRequest("then", new($"then 应为：{string.Join("、", PauseEnds.All)}。", $"then is one of: {string.Join(", ", PauseEnds.All)}."));
        if (request.Then is not null && request.Until is null)
            return RuntimeFailures.BadRequest("then", new("then 须与 until 同时给出。", "then goes with until."));
        return request.Until <= now
            ? RuntimeFailures.BadRequest("until", new("until 应为将来的时刻。", "until is a moment in the future."))
            : new RunPause(caller.Actor, now, Trim(request.Reason), request.Until?.ToUniversalTime(), then);
    }

    internal static Failure? Judge(string? reason, bool isNeeded)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return isNeeded ? RuntimeFailures.BadRequest("reason", new("须说明原因。", "A reason is needed.")) : null;
        return reason.Length > LongestReason || !Storable.Fits(reason)
            ? RuntimeFailures.BadRequest("reason", new($"reason 最多 {LongestReason} 个字符，不含 U+0000。", $"reason has at most {LongestReason} characters, none of them U+0000."))
            : null;
    }

    internal static string? Trim(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
}
