using System.Globalization;
using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Definitions.Comparing;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Runtime.Library;

/// <content>What becomes of versions: they go live, are retracted, compared, restored.</content>
public sealed partial class ScenarioLibrary
{
    private const string Draft = "draft";

    /// <summary>Publishes the latest version as the one that runs of production take; when it is live already nothing changes. Refused: unknown (IB3001), errors in the definition (IB3003).</summary>
    public Task<Result<ScenarioSummary>> PublishAsync(Caller caller, string definitionId, CancellationToken cancellationToken) =>
        PublishAsync(caller, definitionId, version: null, ScenarioEnvironments.Production, cancellationToken);

    /// <summary>
    /// Lets a version be the one that new runs of an environment take. A draft does not change from then on; a version that was published before goes live again as it is, after the same checks. Runs that go on stay with theirs.
    /// Refused: unknown (IB3001, IB3122, IB3123), errors in the definition or in parameters of the environment (IB3003), a document that was changed (IB3126).
    /// </summary>
    /// <param name="caller">Who publishes.</param>
    /// <param name="definitionId">The scenario.</param>
    /// <param name="version">The version; null for the latest.</param>
    /// <param name="environment">test or production.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ScenarioSummary>> PublishAsync(Caller caller, string definitionId, int? version, string environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!ScenarioEnvironments.All.Contains(environment, StringComparer.Ordinal))
            return VersionFailures.NoEnvironment(environment);
        await using var session = _sessions.Open(caller.Organization);
        if (await LoadAsync(session, definitionId, cancellationToken) is not { } record)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        var number = version ?? record.Version;
        return record.VersionIn(environment) == number
            ? record.ToSummary()
            : await GoLiveAsync(session, caller, record, number, environment, pins: null, environment == ScenarioEnvironments.Test ? "scenario.publish-test" : "scenario.publish", cancellationToken);
    }

    /// <summary>
    /// Lets the version that is live in test be the one of production: the same document, and components in the same versions. Refused as <see cref="PublishAsync(Caller, string, int?, string, CancellationToken)"/> does, and:
    /// nothing is in test (IB3121), or another version than was meant (IB3124).
    /// </summary>
    /// <param name="caller">Who promotes.</param>
    /// <param name="definitionId">The scenario.</param>
    /// <param name="version">The version that is meant; null for whichever is in test.</param>
    /// <param name="digest">SHA-256 of the document that is meant, in hexadecimal; null for whichever is in test.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ScenarioSummary>> PromoteAsync(Caller caller, string definitionId, int? version, string? digest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Open(caller.Organization);
        if (await LoadAsync(session, definitionId, cancellationToken) is not { } record)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        if (record.Test is not { } test)
            return VersionFailures.NotLive(record.Id, ScenarioEnvironments.Test);
        if ((version ?? test.Version) != test.Version
            || (digest is not null && !string.Equals(digest, (await FindAsync(session, record.Id, test.Version, cancellationToken))?.ComputeDigest(), StringComparison.OrdinalIgnoreCase)))
            return VersionFailures.NotTheTested(record.Id, test.Version);
        return record.PublishedVersion == test.Version
            ? record.ToSummary()
            : await GoLiveAsync(session, caller, record, test.Version, ScenarioEnvironments.Production, test.Plugins, "scenario.promote", cancellationToken);
    }

    /// <summary>Takes the version of an environment out of it: no new run begins, those that go on finish. It can be published again. Refused: unknown (IB3001, IB3122), none is live there (IB3121).</summary>
    public async Task<Result<ScenarioSummary>> RetractAsync(Caller caller, string definitionId, string environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!ScenarioEnvironments.All.Contains(environment, StringComparer.Ordinal))
            return VersionFailures.NoEnvironment(environment);
        await using var session = _sessions.Open(caller.Organization);
        if (await LoadAsync(session, definitionId, cancellationToken) is not { } record)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        if (record.VersionIn(environment) is not { } version)
            return VersionFailures.NotLive(record.Id, environment);
        var at = _time.GetUtcNow();
        if (environment == ScenarioEnvironments.Test)
        {
            record.Test = null;
        }
        else
        {
            record.LastPublished = record.Frozen;
            (record.PublishedVersion, record.Plugins, record.Endpoints, record.Retracted) = (null, null, [], new(version, at, caller.Actor));
        }

        session.Store(record);
        TriggerStore.Replace(session, environment, record.Id, [], at);
        session.Append(caller, environment == ScenarioEnvironments.Test ? "scenario.retract-test" : "scenario.retract", "scenario", ScenarioVersion.IdOf(record.Id, version));
        return await ChangeAsync(session, record, cancellationToken);
    }

    /// <summary>
    /// Makes an earlier version the draft, under a number of its own. Refused: unknown (IB3001, IB3123), a draft with other content is there and was not given up (IB3125).
    /// </summary>
    /// <param name="caller">Who restores.</param>
    /// <param name="definitionId">The scenario.</param>
    /// <param name="version">The version.</param>
    /// <param name="replaceDraft">True to give up a draft that is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ScenarioSummary>> RestoreAsync(Caller caller, string definitionId, int version, bool replaceDraft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Open(caller.Organization);
        if (await LoadAsync(session, definitionId, cancellationToken) is not { } record)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        if (await FindAsync(session, record.Id, version, cancellationToken) is not { } source || (await _definitions.ReadAsync(session, caller.Organization, source, cancellationToken)).Definition is not { } definition)
            return VersionFailures.NoVersion(record.Id, Number(version));
        if (record.HasDraft && await FindAsync(session, record.Id, record.Version, cancellationToken) is { } draft)
        {
            if (draft.Document.AsSpan().SequenceEqual(source.Document))
                return record.ToSummary();
            if (!replaceDraft)
                return VersionFailures.DraftInTheWay(record.Id, record.Version);
        }
        else
        {
            record.LastPublished = record.Frozen;
            record.Version++;
        }

        var at = _time.GetUtcNow();
        record.Findings = [.. LibraryFindings.Validate(definition, _components), .. await _rights.JudgeAsync(caller.Organization, definition, cancellationToken)];
        record.UpdatedAt = at;
        session.Store(record);
        session.Store(new ScenarioVersion
        {
            Id = ScenarioVersion.IdOf(record.Id, record.Version),
            DefinitionId = record.Id,
            Version = record.Version,
            Document = source.Document,
            UpdatedAt = at,
            RestoredFrom = version,
        });
        session.Append(caller, "scenario.restore", "scenario", ScenarioVersion.IdOf(record.Id, record.Version));
        return await SaveAsync(session, record, cancellationToken);
    }

    /// <summary>The versions of a scenario, the latest first, at most <see cref="LibraryOptions.ShownVersions"/>. Refused: unknown (IB3001).</summary>
    public async Task<Result<IReadOnlyList<VersionView>>> VersionsAsync(Caller caller, string definitionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Query(caller.Organization);
        if (await LoadAsync(session, definitionId, cancellationToken) is not { } record)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        var found = await session.Query<ScenarioVersion>().Where(v => v.DefinitionId == record.Id).OrderByDescending(v => v.Version).Take(_options.ShownVersions).ToListAsync(cancellationToken);
        return new([.. found.Select(v => new VersionView(v.Version, v.IsPublished, v.ComputeDigest(), v.UpdatedAt, v.PublishedAt ?? (v.IsPublished ? v.UpdatedAt : null), v.PublishedBy, v.RestoredFrom, [.. ScenarioEnvironments.All.Where(e => record.VersionIn(e) == v.Version)])
        {
            IsRetracted = record.Retracted?.Version == v.Version,
        })]);
    }

    /// <summary>What differs between two versions. Refused: unknown (IB3001, IB3123), none is live in an environment that is named (IB3121).</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="definitionId">The scenario.</param>
    /// <param name="from">The earlier one: its number, <c>draft</c>, <c>test</c> or <c>production</c>; null for production, or the version before the other one where none is live.</param>
    /// <param name="to">The later one, likewise; null for the latest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<VersionComparison>> CompareAsync(Caller caller, string definitionId, string? from, string? to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Query(caller.Organization);
        if (await LoadAsync(session, definitionId, cancellationToken) is not { } record)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        if (!VersionOf(record, to ?? Number(record.Version)).TryGet(out var later, out var failure)
            || !VersionOf(record, from ?? Number(record.PublishedVersion is { } live && live != later ? live : later - 1)).TryGet(out var earlier, out failure))
            return failure;
        if (await _definitions.GetAsync(caller.Organization, record.Id, earlier, cancellationToken) is not { } before)
            return VersionFailures.NoVersion(record.Id, from ?? Number(earlier));
        if (await _definitions.GetAsync(caller.Organization, record.Id, later, cancellationToken) is not { } now)
            return VersionFailures.NoVersion(record.Id, to ?? Number(later));
        return new VersionComparison(record.Id, earlier, later, ScenarioComparison.Of(before, now));
    }

    private static Result<int> VersionOf(ScenarioRecord record, string said)
    {
        if (said == Draft)
            return record.HasDraft ? record.Version : VersionFailures.NoVersion(record.Id, said);
        if (ScenarioEnvironments.All.Contains(said, StringComparer.Ordinal))
            return record.VersionIn(said) is { } live ? live : VersionFailures.NotLive(record.Id, said);
        return int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : VersionFailures.NoVersion(record.Id, said);
    }

    private async Task<Result<ScenarioSummary>> GoLiveAsync(IDocumentSession session, Caller caller, ScenarioRecord record, int number, string environment, IReadOnlyDictionary<string, PluginPin>? pins, string action, CancellationToken ct)
    {
        if (await FindAsync(session, record.Id, number, ct) is not { } version)
            return VersionFailures.NoVersion(record.Id, Number(number));
        if (version.Digest is { } digest && digest != version.ComputeDigest())
            return VersionFailures.DigestDiffers(record.Id, number);
        var reading = await _definitions.ReadAsync(session, caller.Organization, version, ct);
        var findings = reading.Definition is { } read ? await JudgeAsync(session, record, read, environment, ct) : reading.Findings;
        if (reading.Definition is not { } definition || findings.Any(f => f.Severity == FindingSeverity.Error))
            return RuntimeFailures.DefinitionRefused(findings);

        var at = _time.GetUtcNow();
        if (!version.IsPublished)
        {
            version.IsPublished = true;
            version.UpdatedAt = at;
            version.Uses = await _definitions.PinsOfAsync(session, caller.Organization, definition, ct);
            (version.PublishedAt, version.PublishedBy, version.Digest) = (at, caller.Actor, version.ComputeDigest());
            session.Store(version);
        }

        record.LastPublished = Math.Max(record.Frozen, number);
        var endpoints = HttpEndpointNode.Of(definition).Where(e => e.CanStart).ToArray();
        var held = RightsFindings.PinsOf(definition).Select(p => p.ComponentId);
        if (environment == ScenarioEnvironments.Test)
        {
            record.Test = new(number, PinsOf(definition), endpoints) { StartsByItself = record.Test?.StartsByItself ?? false };
            record.HeldComponents = [.. held.Union(record.HeldComponents ?? [])];
            record.Findings = number == record.Version ? findings : record.Findings;
        }
        else
        {
            (record.PublishedVersion, record.Plugins, record.Endpoints, record.Retracted) = (number, pins ?? PinsOf(definition), endpoints, null);
            record.HeldComponents = [.. held.Distinct()];
            record.ActivityType = definition.IsUsableAsActivity ? WorkflowReference.TypeOf(definition.Name) : null;
            Describe(record, definition.Profile, number == record.Version ? findings : record.Findings, at);
        }

        session.Store(record);
        if (environment == ScenarioEnvironments.Production || record.Test!.StartsByItself)
            TriggerStore.Replace(session, environment, record.Id, TriggersOf(definition, endpoints), at);
        session.Append(caller, action, "scenario", version.Id);
        return await ChangeAsync(session, record, ct);
    }

    private static IReadOnlyList<TriggerNode> TriggersOf(ScenarioDefinition definition, IEnumerable<HttpEndpointNode> endpoints) => [.. TriggerNode.Of(definition), .. endpoints.Select(TriggerNode.Of)];

    /// <summary>Saves what changes which version runs take, and tells all nodes.</summary>
    private async Task<Result<ScenarioSummary>> ChangeAsync(IDocumentSession session, ScenarioRecord record, CancellationToken ct)
    {
        PublishedScenarios.Tell(session);
        var saved = await SaveAsync(session, record, ct);
        _published.Forget();
        return saved;
    }

    private static Task<ScenarioVersion?> FindAsync(IQuerySession session, string definitionId, int version, CancellationToken ct) =>
        session.LoadAsync<ScenarioVersion>(ScenarioVersion.IdOf(definitionId, version), ct);

    private static string Number(int version) => version.ToString(CultureInfo.InvariantCulture);
}
