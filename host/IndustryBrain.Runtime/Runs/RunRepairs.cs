using System.Buffers;
using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Inputs;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs;

/// <summary>Lets runs go on that broke. Safe for use from many threads.</summary>
public sealed class RunRepairs
{
    private const int LongestComment = 1_000;
    private const int MostNames = 1_000;
    private static readonly JsonElement NoOutputs = JsonElement.Parse("{}");

    private readonly RunCoordinator _runs;
    private readonly ScenarioLibrary _library;
    private readonly RunExecutor _executor;
    private readonly RunServices _services;
    private readonly RunInputs _inputs;

    internal RunRepairs(RunCoordinator runs, ScenarioLibrary library, RunExecutor executor, RunServices services, RunInputs inputs) =>
        (_runs, _library, _executor, _services, _inputs) = (runs, library, executor, services, inputs);

    /// <summary>
    /// Lets a run go on. Refused: unknown (IB3005), nothing broken (IB3080), being executed (IB3081), its state gone (IB3082), several steps where one is meant (IB3083), a step that did not break (IB3084) or cannot be
    /// tried or skipped (IB3085), outputs that do not fit (IB3086, IB71xx, IB2020–IB2022), a version that does not fit the run (IB3087–IB3089, IB3091).
    /// </summary>
    /// <param name="caller">Who does.</param>
    /// <param name="id">The run.</param>
    /// <param name="repair">What is done.</param>
    /// <param name="key">What makes it the same request when it comes again; null for a request of its own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<RunView>> RepairAsync(Caller caller, Guid id, RunRepair repair, string? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(repair);
        Guid? command = key is null ? null : ChildAdmission.IdOf(caller.Organization, "repair", id.ToString(), key);
        if (await _services.Store.FindAsync(caller.Organization, id, cancellationToken) is null)
            return RuntimeFailures.RunUnknown(id);
        if (command is { } known && await _services.Store.IsReceivedAsync(known, cancellationToken))
            return await _runs.GetAsync(caller, id, cancellationToken);
        if (!(await PrepareAsync(caller, id, repair, cancellationToken)).TryGet(out var prepared, out var failure))
            return failure;
        if (await _services.Store.RepairAsync(caller, prepared.Write, prepared.HasEnded, command, cancellationToken) == RepairOutcome.Executing)
            return RuntimeFailures.BeingExecuted(id);
        _executor.Wake.Pulse();
        _services.Changes.Pulse(id);
        return await _runs.GetAsync(caller, id, cancellationToken);
    }

    /// <summary>
    /// Lets many runs go on, each as by itself: one that is refused does not keep the others. At most <see cref="RunOptions.MaxRepairsTogether"/>, those that broke first before others; safe to repeat, because a run that goes on
    /// is broken no more. Refused as a whole: neither runs nor a filter, or both (IB3009), more runs named than that (IB3092), a repair that no run could have (IB3009).
    /// </summary>
    public async Task<Result<BulkRepaired>> RepairAsync(Caller caller, BulkRepair bulk, string? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(bulk);
        var most = _services.Options.MaxRepairsTogether;
        if (bulk.Runs.Count > 0 == bulk.Filter is not null)
            return RuntimeFailures.BadRequest("runs", new("请给出 runs 或 filter 之一。", "Give either runs or a filter."));
        if (bulk.Runs.Count > most)
            return RuntimeFailures.TooManyRepairs(most);
        if (bulk.Repair is null)
            return Refusals.Missing("repair");
        if (Judge(bulk.Repair) is { } unfit)
            return unfit;
        if (bulk.Filter is { } asked && !new[] { asked.DefinitionId, asked.Code, asked.Step }.All(Storable.Fits))
            return RuntimeFailures.BadRequest("filter", new("filter 含有无法保存的字符。", "The filter holds characters that cannot be stored."));
        IReadOnlyList<Guid> ids = [.. bulk.Runs.Distinct()];
        long total = ids.Count;
        if (bulk.Filter is { } filter)
            (ids, total) = await _services.Store.FindBrokenAsync(caller.Organization, filter.ToRuns(), most, cancellationToken);

        List<RunRepairResult> results = [];
        Dictionary<(string, int, string, string?), RepairGroup> groups = [];
        foreach (var id in ids)
        {
            var before = await _services.Store.FindAsync(caller.Organization, id, cancellationToken);
            var failure = bulk.Preview
                ? (await PrepareAsync(caller, id, bulk.Repair, cancellationToken)).Failure
                : (await RepairAsync(caller, id, bulk.Repair, key, cancellationToken)).Failure;
            results.Add(new(id, failure));
            if (failure is not null || before is null)
                continue;
            var (node, code) = (before.Incident?.NodeId ?? "", before.Incident?.Code);
            var place = (before.DefinitionId, before.Version, node, code);
            groups[place] = groups.TryGetValue(place, out var group) ? group with { Count = group.Count + 1 } : new(before.DefinitionId, before.ScenarioName, before.Version, node, code, 1);
        }

        return new BulkRepaired(bulk.Preview, total, total - ids.Count, [.. groups.Values.OrderByDescending(g => g.Count).ThenBy(g => g.DefinitionId, StringComparer.Ordinal)], results);
    }

    /// <summary>What a repair would do, without doing it. Refused as the repair itself.</summary>
    internal async Task<Result<PreparedRepair>> PrepareAsync(Caller caller, Guid id, RunRepair repair, CancellationToken ct)
    {
        if (Judge(repair) is { } unfit)
            return unfit;
        if (await _services.Store.ReadAsync(caller.Organization, id, withState: true, waitsFor: null, ct) is not { } recorded)
            return RuntimeFailures.RunUnknown(id);
        var record = recorded.Record;
        var hasEnded = record.Status == RunStatuses.Finished;
        if (record.Pause is { } pause)
            return ControlFailures.IsPaused(id, pause);
        if (record.SubStatus is not (RunStatuses.Faulted or RunStatuses.Suspended))
            return hasEnded || record.Incident is null ? RuntimeFailures.NothingBroken(id) : RuntimeFailures.BeingExecuted(id);
        if (hasEnded && record.SubStatus != RunStatuses.Faulted)
            return RuntimeFailures.NothingBroken(id);
        await _services.PluginCalls.EnsureAsync(record.Plugins, ct);
        if (!(await _executor.OpenAsync(caller.Organization, recorded, ct)).TryGet(out var stopped, out var failure))
            return failure;
        var broken = stopped.Engine.BrokenSteps;
        if (!hasEnded && broken.Count == 0)
            return RuntimeFailures.NothingBroken(id);
        if (!StepsOf(repair, broken).TryGet(out var steps, out failure))
            return failure;
        if (repair.Kind == RepairKinds.Move)
        {
            if (!(await MoveAsync(caller, record, stopped, repair, ct)).TryGet(out stopped, out failure))
                return failure;
            await _services.PluginCalls.EnsureAsync(record.Plugins, ct);
        }

        var nodes = steps.Select(s => s.NodeId).ToArray();
        if (await ChangeAsync(caller, stopped.Engine, repair, steps, ct) is { } refused)
            return refused;
        return new PreparedRepair(WriteOf(caller, record, stopped, repair, steps, hasEnded), hasEnded, record, nodes);
    }

    private async Task<Failure?> ChangeAsync(Caller caller, ScenarioExecution engine, RunRepair repair, IReadOnlyList<BrokenStep> steps, CancellationToken ct)
    {
        if (steps.Count == 0)
        {
            if (repair.Kind == RepairKinds.Skip)
                return RuntimeFailures.NameTheStep([]);
            engine.Reopen();
        }

        foreach (var step in steps)
        {
            if (repair.Kind != RepairKinds.Skip)
            {
                // What is within another step that is tried again goes with it.
                if (engine.BrokenSteps.Any(b => b.StepId == step.StepId) && engine.Retry(step.StepId) is { } refused)
                    return refused;
                continue;
            }

            var outputs = repair.Outputs is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given ? given : NoOutputs;
            if (await _inputs.CheckFilesAsync(caller, engine.OutputSchemaOf(step.StepId), outputs, ct) is { } unknown)
                return unknown;
            if (engine.Skip(step.StepId, outputs, repair.Outcomes) is { } unfit)
                return unfit;
        }

        return null;
    }

    private static Result<IReadOnlyList<BrokenStep>> StepsOf(RunRepair repair, IReadOnlyList<BrokenStep> broken)
    {
        if (repair.Steps.Count == 0)
            return repair.Kind == RepairKinds.Skip && broken.Count > 1 ? RuntimeFailures.NameTheStep(broken.Select(b => b.StepId)) : new Result<IReadOnlyList<BrokenStep>>(broken);
        List<BrokenStep> steps = [];
        foreach (var name in repair.Steps)
        {
            BrokenStep[] named = [.. broken.Where(b => b.StepId == name || b.ActivityId == name || b.NodeId == name)];
            if (named.Length == 0)
                return RuntimeFailures.StepNotBroken(name);
            steps.AddRange(named.Except(steps));
        }

        return steps;
    }

    private async Task<Result<StoppedRun>> MoveAsync(Caller caller, RunRecord record, StoppedRun stopped, RunRepair repair, CancellationToken ct)
    {
        if (!(await _library.FindVersionAsync(caller.Organization, record.DefinitionId, repair.Version!.Value, ct)).TryGet(out var version, out var failure))
            return failure;
        if (!stopped.Engine.MoveTo(version.Definition, _executor.ServicesOf(caller.Organization, version.Plugins), repair.Nodes).TryGet(out var moved, out failure))
            return failure;
        (record.Version, record.Plugins, record.ScenarioName) = (version.Definition.Version, version.Plugins, version.Definition.Profile.Name);
        return stopped with { Engine = moved, Definition = version.Definition };
    }

    private RunWrite WriteOf(Caller caller, RunRecord record, StoppedRun stopped, RunRepair repair, IReadOnlyList<BrokenStep> steps, bool hasEnded)
    {
        var at = _services.Time.GetUtcNow();
        var engine = stopped.Engine;
        var incidents = RunIncidents.Of(engine);
        var isMove = repair.Kind == RepairKinds.Move;
        var repaired = new RunRepaired(repair.Kind, [.. steps.Select(s => s.StepId)], caller.Actor, incidents, at)
        {
            Comment = string.IsNullOrWhiteSpace(repair.Comment) ? null : repair.Comment.Trim(),
            Version = isMove ? record.Version : null,
            Plugins = isMove ? record.Plugins : null,
        };
        (record.Status, record.SubStatus, record.FinishedAt, record.Incident) = (RunStatuses.Running, RunStatuses.Pending, null, incidents.Count > 0 ? incidents[0] : null);
        List<object> events = [repaired, .. engine.TakeEvents().Select(e => StepEvents.Of(e, stopped.History)).OfType<object>()];
        var state = new ArrayBufferWriter<byte>(1024);
        engine.Save(state);
        var asked = engine.Bookmarks.Where(b => b.Name == AskedTask.Kind).Select(b => AskedTask.Of(b, record)).ToList();
        var commit = new RunCommit(events, record.StreamVersion, state.WrittenSpan.ToArray(), null)
        {
            Waits = ActiveRun.WaitsOf(engine),
            Tasks = asked.Count > 0 ? new(asked, [], at) : null,
        };
        return RunWrite.Repair(caller.Organization, record, commit, hasEnded);
    }

    private static Failure? Judge(RunRepair repair)
    {
        if (!RepairKinds.All.Contains(repair.Kind, StringComparer.Ordinal))
            return RuntimeFailures.BadRequest("kind", new($"kind 应为：{string.Join("、", RepairKinds.All)}。", $"kind is one of: {string.Join(", ", RepairKinds.All)}."));
        if (repair.Kind == RepairKinds.Move != repair.Version.HasValue)
            return RuntimeFailures.BadRequest("version", new("version 与 kind=move 须同时给出。", "version goes with kind move, and only with it."));
        if (repair.Kind != RepairKinds.Move && repair.Nodes.Count > 0)
            return RuntimeFailures.BadRequest("nodes", new("nodes 仅用于 kind=move。", "nodes goes with kind move only."));
        if (repair.Kind != RepairKinds.Skip && (repair.Outputs is { ValueKind: not JsonValueKind.Null } || repair.Outcomes.Count > 0))
            return RuntimeFailures.BadRequest(repair.Outcomes.Count > 0 ? "outcomes" : "outputs", new("outputs 与 outcomes 仅用于 kind=skip。", "outputs and outcomes go with kind skip only."));
        if (repair.Outputs is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Object) })
            return RuntimeFailures.BadRequest("outputs", new("outputs 应为对象。", "outputs is an object."));
        if (repair.Steps.Count + repair.Nodes.Count + repair.Outcomes.Count > MostNames)
            return RuntimeFailures.BadRequest("steps", new($"名称最多 {MostNames} 个。", $"There are at most {MostNames} names."));
        foreach (var text in (IEnumerable<string?>)[.. repair.Steps, .. repair.Outcomes, .. repair.Nodes.Keys, .. repair.Nodes.Values])
        {
            if (text is null || !Storable.Fits(text))
                return RuntimeFailures.BadRequest("steps", new("名称须为可保存的文本。", "A name is a text that can be stored."));
        }

        return repair.Comment is { } comment && (comment.Length > LongestComment || !Storable.Fits(comment))
            ? RuntimeFailures.BadRequest("comment", new($"comment 最多 {LongestComment} 个字符，不含 U+0000。", $"comment has at most {LongestComment} characters, none of them U+0000."))
            : null;
    }
}

/// <summary>A repair that is ready to be recorded.</summary>
/// <param name="Write">What is recorded.</param>
/// <param name="HasEnded">Whether the run had ended.</param>
/// <param name="Record">How the run stands after it.</param>
/// <param name="Nodes">The nodes that go on.</param>
internal sealed record PreparedRepair(RunWrite Write, bool HasEnded, RunRecord Record, IReadOnlyList<string> Nodes);
