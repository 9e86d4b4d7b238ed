using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Identity.People;
using IndustryBrain.Runtime.Inputs;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Runtime.Tasks;

/// <summary>The tasks that runs ask people: lists, decisions, delegations, comments. Safe for use from many threads.</summary>
public sealed class HumanTasks
{
    /// <summary>The outcome when everybody has decided and no outcome has its quorum.</summary>
    public const string NoQuorum = "NoQuorum";

    private readonly TaskStore _store;
    private readonly IPersonDirectory _directory;
    private readonly IOrganizationSessions _sessions;
    private readonly RunInputs _inputs;
    private readonly FileStore _files;
    private readonly RunExecutor _executor;
    private readonly TaskOptions _options;
    private readonly TimeProvider _time;

    internal HumanTasks(TaskStore store, IPersonDirectory directory, IOrganizationSessions sessions, RunInputs inputs, FileStore files, RunExecutor executor, IOptions<TaskOptions> options, TimeProvider time) =>
        (_store, _directory, _sessions, _inputs, _files, _executor, _options, _time) = (store, directory, sessions, inputs, files, executor, options.Value, time);

    /// <summary>Tasks of the caller's organization.</summary>
    public async Task<TaskPage> ListAsync(Caller caller, TaskFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(filter);
        var person = await _directory.FindAsync(caller.Organization, caller.Actor, cancellationToken);
        var (rows, total) = await _store.ListAsync(caller.Organization, person, filter, cancellationToken);
        List<TaskSummary> items = [];
        foreach (var row in rows)
            items.Add(await SummaryAsync(caller, row, person, cancellationToken));
        return new(items, total, Math.Max(1, filter.Page), Math.Clamp(filter.PageSize, 1, 200));
    }

    /// <summary>A task with what happened to it. Refused: unknown (IB3070).</summary>
    public async Task<Result<TaskView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(id);
        if (TaskId.Parse(id) is not { } taskId || await _store.FindAsync(caller.Organization, taskId, cancellationToken) is not { } row)
            return RuntimeFailures.TaskUnknown(id);
        var person = await _directory.FindAsync(caller.Organization, caller.Actor, cancellationToken);
        return ViewOf(await SummaryAsync(caller, row, person, cancellationToken), row, await _store.EntriesAsync(taskId, cancellationToken));
    }

    /// <summary>
    /// Takes a person's decision; the run goes on as soon as enough have decided alike. Refused: unknown (IB3070), closed (IB3071), not asked (IB3072), no such outcome (IB3073), the starter under
    /// four eyes (IB3074), decided before (IB3075), data that do not fit the schema (IB71xx, IB2020–IB2022).
    /// </summary>
    public async Task<Result<TaskView>> DecideAsync(Caller caller, string id, TaskDecision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (await CheckAsync(caller, decision.Comment, decision.Files, isNeeded: false, cancellationToken) is { } refused)
            return refused;
        return await ChangeAsync(caller, id, "task.decide", async (connection, row, person, entries) =>
        {
            if (await MayDecideAsync(caller, row, person, cancellationToken) is { } failure)
                return failure;
            if (!row.Asked.Outcomes.Contains(decision.Outcome, StringComparer.Ordinal))
                return RuntimeFailures.OutcomeUnknown(decision.Outcome, row.Asked.Outcomes);
            if (await CheckDataAsync(caller, row.Asked.Schema, decision.Data, cancellationToken) is { } unfit)
                return unfit;
            var entry = new TaskEntry(TaskEntryKind.Decided, _time.GetUtcNow(), ActorOf(person, caller))
            {
                Outcome = decision.Outcome,
                Data = decision.Data,
                Comment = TextOf(decision.Comment),
                Files = decision.Files,
            };
            await TaskStore.AddAsync(connection, row.Id, entry, cancellationToken);
            await TaskStore.VoteAsync(connection, row.Id, person.Id, cancellationToken);
            TaskEntry[] votes = [.. entries.Where(e => e.Kind == TaskEntryKind.Decided), entry];
            if (OutcomeOf(row.Asked, votes) is not { } outcome)
                return Change.Made;
            await TaskStore.CloseAsync(connection, row.Id, outcome, entry.At, cancellationToken);
            return new Change(new TaskDecided(row.Id.StepId, DecisionOf(outcome, entry, votes)));
        }, cancellationToken);
    }

    /// <summary>Hands a person's decision to another. Refused as a decision is, and when the other cannot be found or may not decide (IB3076).</summary>
    public async Task<Result<TaskView>> DelegateAsync(Caller caller, string id, TaskDelegation delegation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delegation);
        if (await CheckAsync(caller, delegation.Comment, [], isNeeded: false, cancellationToken) is { } refused)
            return refused;
        return await ChangeAsync(caller, id, "task.delegate", async (connection, row, person, _) =>
        {
            if (await MayDecideAsync(caller, row, person, cancellationToken) is { } failure && failure.Code != RuntimeFailures.FourEyes().Code)
                return failure;
            if (!Storable.Fits(delegation.To) || await _directory.FindAsync(caller.Organization, delegation.To, cancellationToken) is not { } to)
                return RuntimeFailures.CannotDelegate(delegation.To, new("本组织没有这个人", "the organization knows no such person"));
            if (to.Id == person.Id)
                return RuntimeFailures.CannotDelegate(to.Id, new("是您本人", "it is you"));
            if (row.DecidedBy.Contains(to.Id, StringComparer.Ordinal))
                return RuntimeFailures.CannotDelegate(to.Id, new("已作出决定", "they have decided"));
            if (row.Asked.FourEyes && to.Id == await StarterAsync(caller, row, cancellationToken))
                return RuntimeFailures.CannotDelegate(to.Id, new("运行由其发起", "they started the run"));
            await TaskStore.AddAsync(connection, row.Id, new(TaskEntryKind.Delegated, _time.GetUtcNow(), ActorOf(person, caller)) { To = to.Id, Comment = TextOf(delegation.Comment) }, cancellationToken);
            await TaskStore.DelegateAsync(connection, row.Id, person.Id, to.Id, cancellationToken);
            return Change.Made;
        }, cancellationToken);
    }

    /// <summary>Adds what a person says; also somebody who is not asked may. Refused: unknown (IB3070), closed (IB3071), empty or too long (IB3077), too many (IB3078).</summary>
    public async Task<Result<TaskView>> CommentAsync(Caller caller, string id, TaskComment comment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(comment);
        if (await CheckAsync(caller, comment.Comment, comment.Files, isNeeded: true, cancellationToken) is { } refused)
            return refused;
        return await ChangeAsync(caller, id, "task.comment", async (connection, row, person, _) =>
        {
            await TaskStore.AddAsync(connection, row.Id, new(TaskEntryKind.Commented, _time.GetUtcNow(), ActorOf(person, caller)) { Comment = TextOf(comment.Comment), Files = comment.Files }, cancellationToken);
            return Change.Made;
        }, cancellationToken);
    }

    /// <summary>One change of an open task by a person of the organization, with its audit record, in one transaction.</summary>
    private async Task<Result<TaskView>> ChangeAsync(
        Caller caller, string id, string action, Func<NpgsqlConnection, TaskRow, Person, IReadOnlyList<TaskEntry>, Task<Result<Change>>> change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(id);
        if (TaskId.Parse(id) is not { } taskId)
            return RuntimeFailures.TaskUnknown(id);
        if (await _directory.FindAsync(caller.Organization, caller.Actor, ct) is not { } person)
            return RuntimeFailures.TaskNotYours();
        await using var session = _sessions.Open(caller.Organization);
        await session.BeginTransactionAsync(ct);
        var connection = session.Connection!;
        if (await TaskStore.HoldAsync(connection, caller.Organization, taskId, ct) is not { } row)
            return RuntimeFailures.TaskUnknown(id);
        if (row.State != TaskState.Open)
            return RuntimeFailures.TaskClosed(row.State, row.Outcome);
        var entries = await TaskStore.EntriesAsync(connection, taskId, ct);
        if (entries.Count >= _options.MaxEntries)
            return RuntimeFailures.TooManyOfTask("entries", _options.MaxEntries);
        if (!(await change(connection, row, person, entries)).TryGet(out var made, out var failure))
            return failure;
        if (made.Decided is { } decided)
            RunInbox.Deliver(session, taskId.RunId, decided);
        // A key that acts for a person is named beside the address that it came from.
        var signed = caller.Actor.Kind == ActorKind.Key && ActorOf(person, caller) is { Kind: ActorKind.Person } actor ? caller with { Actor = actor, Source = $"{caller.Source} {caller.Actor.Id}" } : caller;
        session.Append(signed, action, "task", taskId.ToString(), label: row.Asked.Title.Length <= 200 ? row.Asked.Title : row.Asked.Title[..200]);
        await session.SaveChangesAsync(ct);
        if (made.Decided is not null)
        {
            _executor.Tell(taskId.RunId);
            _executor.Wake.Pulse();
        }

        return await GetAsync(caller, id, ct);
    }

    private async Task<Failure?> MayDecideAsync(Caller caller, TaskRow row, Person person, CancellationToken ct)
    {
        if (row.DecidedBy.Contains(person.Id, StringComparer.Ordinal))
            return RuntimeFailures.DecidedBefore();
        if (!row.Asks(person))
            return RuntimeFailures.TaskNotYours();
        return row.Asked.FourEyes && person.Id == await StarterAsync(caller, row, ct) ? RuntimeFailures.FourEyes() : null;
    }

    /// <summary>Id of the person who started the run, or of the actor who is no person.</summary>
    private async ValueTask<string> StarterAsync(Caller caller, TaskRow row, CancellationToken ct) =>
        (await _directory.FindAsync(caller.Organization, row.Asked.StartedBy, ct))?.Id ?? row.Asked.StartedBy.Id;

    private async Task<Failure?> CheckAsync(Caller caller, string? comment, IReadOnlyList<string> files, bool isNeeded, CancellationToken ct)
    {
        if (comment is not null && (comment.Length > _options.MaxCommentLength || !Storable.Fits(comment)) || isNeeded && string.IsNullOrWhiteSpace(comment))
            return RuntimeFailures.CommentLength(_options.MaxCommentLength);
        if (files.Count > _options.MaxFiles)
            return RuntimeFailures.TooManyOfTask("files", _options.MaxFiles);
        foreach (var file in files)
        {
            if (file is null || !(await _files.FindAsync(caller, file, ct)).TryGet(out _, out _))
                return RuntimeFailures.FileUnknown("files", file ?? "null");
        }

        return null;
    }

    private async Task<Failure?> CheckDataAsync(Caller caller, JsonElement? schema, JsonElement? data, CancellationToken ct)
    {
        if (data is { } given && JsonMarshal.GetRawUtf8Value(given).Length > _options.MaxDataBytes)
            return RuntimeFailures.TooLarge("data", _options.MaxDataBytes);
        if (schema is null && data is null or { ValueKind: JsonValueKind.Null })
            return null;
        return await _inputs.CheckAsync(caller, schema ?? JsonElement.Parse("{}"), data is { ValueKind: not JsonValueKind.Null } value ? value : JsonElement.Parse("{}"), ct);
    }

    private async Task<TaskSummary> SummaryAsync(Caller caller, TaskRow row, Person? person, CancellationToken ct) => new()
    {
        Id = row.Id.ToString(),
        RunId = row.Id.RunId,
        DefinitionId = row.DefinitionId,
        Title = row.Asked.Title,
        State = row.State,
        CreatedAt = row.CreatedAt,
        Due = row.Due,
        Assignee = row.Assignee,
        Role = row.Role,
        EscalatedTo = row.EscalatedTo,
        Reminders = row.Reminders,
        ClosedAt = row.ClosedAt,
        Outcome = row.Outcome,
        MayDecide = row.State == TaskState.Open && person is not null && await MayDecideAsync(caller, row, person, ct) is null,
    };

    private static TaskView ViewOf(TaskSummary s, TaskRow row, IReadOnlyList<TaskEntry> entries) => new()
    {
        Id = s.Id,
        RunId = s.RunId,
        DefinitionId = s.DefinitionId,
        Title = s.Title,
        State = s.State,
        CreatedAt = s.CreatedAt,
        Due = s.Due,
        Assignee = s.Assignee,
        Role = s.Role,
        EscalatedTo = s.EscalatedTo,
        Reminders = s.Reminders,
        ClosedAt = s.ClosedAt,
        Outcome = s.Outcome,
        MayDecide = s.MayDecide,
        Description = row.Asked.Description,
        NodeId = row.Asked.NodeId,
        Schema = row.Asked.Schema,
        Data = row.Asked.Data,
        Outcomes = row.Asked.Outcomes,
        Quorum = row.Asked.Quorum,
        Voters = row.Asked.Voters,
        FourEyes = row.Asked.FourEyes,
        StartedBy = row.Asked.StartedBy,
        Entries = entries,
    };

    /// <summary>The outcome that enough chose; NoQuorum when none can be chosen often enough any more; null while others have to decide.</summary>
    internal static string? OutcomeOf(AskedTask asked, IReadOnlyList<TaskEntry> votes)
    {
        var leading = votes.GroupBy(v => v.Outcome, StringComparer.Ordinal).MaxBy(g => g.Count())!;
        if (leading.Count() >= asked.Quorum)
            return leading.Key;
        return asked.Voters is { } voters && leading.Count() + Math.Max(0, voters - votes.Count) < asked.Quorum ? NoQuorum : null;
    }

    private static JsonElement DecisionOf(string outcome, TaskEntry last, IReadOnlyList<TaskEntry> votes)
    {
        var deciding = votes.LastOrDefault(v => v.Outcome == outcome) ?? last;
        return TaskJson.Element(new
        {
            outcome,
            by = deciding.By.Id,
            data = deciding.Data,
            decisions = votes.Select(v => new { by = v.By.Id, name = v.By.DisplayName, v.Outcome, v.Data, v.Comment, v.Files, v.At }),
        });
    }

    private static Actor ActorOf(Person person, Caller caller) => person.StandsForAll ? caller.Actor : new(ActorKind.Person, person.Id, person.Name);

    private static string? TextOf(string? comment) => string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();

    /// <summary>What a change leads to.</summary>
    /// <param name="Decided">What the run is told, or null.</param>
    private sealed record Change(TaskDecided? Decided)
    {
        public static Change Made { get; } = new((TaskDecided?)null);
    }
}
