using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Scenarios;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using JasperFx;
using Marten;

namespace IndustryBrain.Runtime.Library;

/// <summary>The scenarios of an organization: drafts, and published versions that never change.</summary>
public sealed partial class ScenarioLibrary
{
    private readonly IOrganizationSessions _sessions;
    private readonly PluginHost _components;
    private readonly PluginNode _plugins;
    private readonly DefinitionCache _definitions;
    private readonly PublishedScenarios _published;
    private readonly RightsFindings _rights;
    private readonly DefinitionLimits _limits;
    private readonly LibraryOptions _options;
    private readonly TimeProvider _time;

    internal ScenarioLibrary(IOrganizationSessions sessions, PluginHost components, PluginNode plugins, DefinitionCache definitions, PublishedScenarios published, RightsFindings rights, DefinitionLimits limits, LibraryOptions options, TimeProvider time) =>
        (_sessions, _components, _plugins, _definitions, _published, _rights, _limits, _options, _time) = (sessions, components, plugins, definitions, published, rights, limits, options, time);

    /// <summary>Imports an Elsa 3 workflow definition as the scenario's draft and answers with the draft's name; lists show the published version's until the draft is published. One without an id becomes a new scenario under an id made for it. Findings about its content come with the answer; a document that is no definition, or that the library cannot keep, is refused (IB3003, IB3008).</summary>
    public async Task<Result<ScenarioSummary>> ImportAsync(Caller caller, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (json.Length > _limits.MaxBytes)
            return RuntimeFailures.TooLarge("definition", _limits.MaxBytes);
        var refusals = LibraryFindings.Judge(json, _limits, _options, out var definition);
        if (definition is null || refusals.Count > 0)
            return RuntimeFailures.DefinitionRefused(refusals);
        if (!LibraryFindings.HasId(definition))
        {
            json = definition.Export(definitionId: NewId());
            if (json.Length > _limits.MaxBytes)
                return RuntimeFailures.TooLarge("definition", _limits.MaxBytes);
            definition = ScenarioDefinition.Read(json, _limits).Definition!;
        }

        var at = _time.GetUtcNow();
        await using var session = _sessions.Open(caller.Organization);
        definition = (await _definitions.ReadDraftAsync(session, caller.Organization, json, cancellationToken)).Definition!;
        IReadOnlyList<Finding> findings = [.. LibraryFindings.Validate(definition, _components), .. await _rights.JudgeAsync(caller.Organization, definition, cancellationToken)];
        var record = await session.LoadAsync<ScenarioRecord>(definition.DefinitionId, cancellationToken);
        record ??= new() { Id = definition.DefinitionId, Name = definition.Profile.Name };
        if (!record.HasDraft || record.Version == 0)
            record.Version++;
        // Until the draft is published, lists go on to show what runs take.
        var published = record.PublishedVersion is { } taken ? await _definitions.GetAsync(caller.Organization, record.Id, taken, cancellationToken) : null;
        Describe(record, (published ?? definition).Profile, findings, at);
        session.Store(record);
        session.Store(new ScenarioVersion
        {
            Id = ScenarioVersion.IdOf(record.Id, record.Version),
            DefinitionId = record.Id,
            Version = record.Version,
            Document = json.ToArray(),
            UpdatedAt = at,
        });
        session.Append(caller, "scenario.import", "scenario", ScenarioVersion.IdOf(record.Id, record.Version));
        var saved = await SaveAsync(session, record, cancellationToken);
        return saved.TryGet(out var summary, out var failure) ? Drafted(summary, definition.Profile) : failure;
    }

    /// <summary>The organization's scenarios by id.</summary>
    public async Task<IReadOnlyList<ScenarioSummary>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Query(caller.Organization);
        var records = await session.Query<ScenarioRecord>().OrderBy(r => r.Id).ToListAsync(cancellationToken);
        return [.. records.Select(r => r.ToSummary())];
    }

    /// <summary>One scenario: its version of production, else its latest; IB3001 when there is none.</summary>
    public Task<Result<ScenarioDetails>> FindAsync(Caller caller, string definitionId, CancellationToken cancellationToken) => FindAsync(caller, definitionId, ScenarioEnvironments.Production, cancellationToken);

    /// <summary>One scenario: its version of an environment, else its latest; IB3001 when there is none.</summary>
    public async Task<Result<ScenarioDetails>> FindAsync(Caller caller, string definitionId, string environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Query(caller.Organization);
        if (await LoadAsync(session, definitionId, cancellationToken) is not { } record)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        var version = record.VersionIn(environment) ?? record.Version;
        if (await _definitions.GetAsync(caller.Organization, record.Id, version, cancellationToken) is not { } definition)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        return new ScenarioDetails(
            definition,
            definition.Profile.Name,
            definition.Profile.Summary,
            version,
            record.VersionIn(environment) == version,
            definition.Profile.InputSchema,
            await SamplesAsync(session, definition, cancellationToken),
            version == record.Version ? record.Findings : LibraryFindings.Validate(definition, _components),
            record.UpdatedAt)
        {
            Scenario = record.ToSummary(),
            Environment = environment,
            Parameters = record.ParametersOf(environment) ?? EnvironmentParameters.None,
        };
    }

    /// <summary>The latest version's document, byte for byte as it was imported; under the id that it was given when it had none.</summary>
    public async Task<Result<byte[]>> ExportAsync(Caller caller, string definitionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Query(caller.Organization);
        return await LoadAsync(session, definitionId, cancellationToken) is { } record
            && await session.LoadAsync<ScenarioVersion>(ScenarioVersion.IdOf(record.Id, record.Version), cancellationToken) is { } version
            ? version.Document
            : RuntimeFailures.ScenarioUnknown(definitionId);
    }

    /// <summary>Why a document was refused.</summary>
    internal IReadOnlyList<Finding> JudgeImport(ReadOnlyMemory<byte> json) => LibraryFindings.Judge(json, _limits, _options, out _);

    /// <summary>What publishing a version finds now; null for the latest.</summary>
    internal async Task<IReadOnlyList<Finding>> JudgeAsync(Caller caller, string definitionId, int? version, string environment, CancellationToken ct)
    {
        await using var session = _sessions.Open(caller.Organization);
        if (await LoadAsync(session, definitionId, ct) is not { } record || await FindAsync(session, record.Id, version ?? record.Version, ct) is not { } stored)
            return [];
        var reading = await _definitions.ReadAsync(session, caller.Organization, stored, ct);
        return reading.Definition is { } definition ? await JudgeAsync(session, record, definition, environment, ct) : reading.Findings;
    }

    /// <summary>What refuses publishing: the definition's own findings, what it needs and is not allowed, what other published scenarios have already, and parameters that do not fit.</summary>
    private async Task<IReadOnlyList<Finding>> JudgeAsync(IDocumentSession session, ScenarioRecord record, ScenarioDefinition definition, string environment, CancellationToken ct) =>
    [
        .. LibraryFindings.Validate(definition, _components),
        .. await _rights.JudgeAsync(session.TenantId, definition, ct),
        .. EnvironmentParameters.Judge(definition, environment, record.ParametersOf(environment)),
        .. await HttpFindings.FindConflictsAsync(session, record.Id, definition, environment, ct),
    ];

    /// <summary>The version that a run of an environment takes, with the plugin versions that it holds on to. Refused besides: a plugin is disabled, removed or lacks the version (IB3031–IB3033).</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="definitionId">The scenario.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="isPart">True for a run that another run starts: it takes the version of production where none is live in test.</param>
    /// <param name="ct">Gives up.</param>
    internal async Task<Result<PublishedScenario>> FindPublishedAsync(string organization, string definitionId, string environment, bool isPart, CancellationToken ct)
    {
        if (!ScenarioEnvironments.All.Contains(environment, StringComparer.Ordinal))
            return VersionFailures.NoEnvironment(environment);
        if (_published.Find(organization, definitionId, environment, isPart) is not { } published)
        {
            var read = await ReadPublishedAsync(organization, definitionId, environment, isPart, ct);
            if (!read.TryGet(out published, out _))
                return read;
        }

        return await _plugins.RefusesAsync(published.Plugins, ct) is { } refused ? refused : published;
    }

    /// <summary>A version that was published, whether or not new runs still take it. Refused: IB3001, IB3091, and as <see cref="FindPublishedAsync"/> is.</summary>
    internal async Task<Result<PublishedScenario>> FindVersionAsync(string organization, string definitionId, int version, CancellationToken ct)
    {
        await using var session = _sessions.Query(organization);
        if (await LoadAsync(session, definitionId, ct) is not { } record)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        if (await session.LoadAsync<ScenarioVersion>(ScenarioVersion.IdOf(record.Id, version), ct) is not { IsPublished: true }
            || await _definitions.GetAsync(organization, record.Id, version, ct) is not { } definition)
            return RuntimeFailures.VersionNotPublished(record.Id, version);
        var plugins = record.PublishedVersion == version ? record.Plugins : null;
        var found = new PublishedScenario(definition, plugins ?? PinsOf(definition));
        return await _plugins.RefusesAsync(found.Plugins, ct) is { } refused ? refused : found;
    }

    private async Task<Result<PublishedScenario>> ReadPublishedAsync(string organization, string definitionId, string environment, bool isPart, CancellationToken ct)
    {
        var forgotten = _published.Forgotten;
        await using var session = _sessions.Query(organization);
        if (await LoadAsync(session, definitionId, ct) is not { } record)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        var test = environment == ScenarioEnvironments.Test ? record.Test : null;
        if (environment == ScenarioEnvironments.Test && test is null && !isPart)
            return VersionFailures.NotLive(definitionId, environment);
        if ((test?.Version ?? record.PublishedVersion) is not { } version || await _definitions.GetAsync(organization, record.Id, version, ct) is not { } definition)
            return record.Retracted is { } retraction ? VersionFailures.Retracted(definitionId, retraction) : RuntimeFailures.NotPublished(definitionId);
        var published = new PublishedScenario(definition, test?.Plugins ?? record.Plugins ?? PinsOf(definition)) { Environment = environment, Parameters = record.ParametersOf(environment) };
        _published.Keep(organization, definitionId, isPart, published, forgotten);
        return published;
    }

    // A run holds on to what its components may ask as it does to them: knowledge that changes in the middle would give two answers in one run.
    private Dictionary<string, PluginPin> PinsOf(ScenarioDefinition definition)
    {
        var pins = RightsFindings.PinsOf(definition).DistinctBy(p => p.ComponentId).ToDictionary(p => p.ComponentId, p => p.Pin, StringComparer.Ordinal);
        var used = new Queue<string>(definition.Nodes.Select(n => n.ComponentId).OfType<string>());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (used.TryDequeue(out var id))
        {
            if (!seen.Add(id) || !(pins.ContainsKey(id) || (_components.PinOf(id) is { } pin && pins.TryAdd(id, pin))))
                continue;
            foreach (var asked in _components.KnowledgeAskedBy(id))
                used.Enqueue(asked);
        }

        return pins;
    }

    // As Elsa makes them: 64 random bits.
    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private static async Task<ScenarioRecord?> LoadAsync(IQuerySession session, string definitionId, CancellationToken ct) =>
        string.IsNullOrEmpty(definitionId) || definitionId.Contains('\0', StringComparison.Ordinal) ? null : await session.LoadAsync<ScenarioRecord>(Storable.Composed(definitionId), ct);

    private static void Describe(ScenarioRecord record, ScenarioProfile profile, IReadOnlyList<Finding> findings, DateTimeOffset at)
    {
        record.Name = profile.Name;
        record.Summary = profile.Summary;
        record.Level = profile.Level;
        record.Mode = profile.Mode;
        record.Clusters = profile.Clusters;
        record.Findings = findings;
        record.UpdatedAt = at;
    }

    // The answer to an import speaks of what was imported.
    private static ScenarioSummary Drafted(ScenarioSummary summary, ScenarioProfile draft) =>
        summary with { Name = draft.Name, Summary = draft.Summary, Level = draft.Level, Mode = draft.Mode, Clusters = draft.Clusters };

    private static async Task<Result<ScenarioSummary>> SaveAsync(IDocumentSession session, ScenarioRecord record, CancellationToken ct)
    {
        try
        {
            await session.SaveChangesAsync(ct);
            return record.ToSummary();
        }
        catch (ConcurrencyException)
        {
            return RuntimeFailures.ChangedMeanwhile(record.Id);
        }
    }

    private static async Task<IReadOnlyList<ScenarioSample>> SamplesAsync(IQuerySession session, ScenarioDefinition definition, CancellationToken ct)
    {
        List<ScenarioSample> samples = [];
        foreach (var sample in definition.Profile.Samples)
        {
            var input = JsonNode.Parse(sample.Input.GetRawText());
            samples.Add(await ReplaceAsync(session, definition.DefinitionId, input, ct) ? sample with { Input = JsonSerializer.SerializeToElement(input) } : sample);
        }

        return samples;
    }

    private static async Task<bool> ReplaceAsync(IQuerySession session, string definitionId, JsonNode? node, CancellationToken ct)
    {
        if (node is not JsonObject members)
            return false;
        var replaced = false;
        if (members.Count == 1 && members["path"] is JsonValue value && value.TryGetValue<string>(out var path)
            && await session.LoadAsync<SampleFile>(SampleFile.IdOf(definitionId, path), ct) is { } file)
        {
            members.Clear();
            members["file"] = file.FileId;
            members["name"] = file.Name;
            return true;
        }

        foreach (var (_, child) in members.ToArray())
            replaced |= await ReplaceAsync(session, definitionId, child, ct);
        return replaced;
    }
}

/// <summary>What a new run takes.</summary>
/// <param name="Definition">The published version.</param>
/// <param name="Plugins">The versions that it calls its components in, by component id.</param>
internal sealed record PublishedScenario(ScenarioDefinition Definition, IReadOnlyDictionary<string, PluginPin> Plugins)
{
    /// <summary>The environment that it is live in.</summary>
    public string Environment { get; init; } = ScenarioEnvironments.Production;

    /// <summary>The parameters of the environment; null for none.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>The secrets that the environment lets its runs use; null for none.</summary>
    public IReadOnlyList<string>? Secrets => SecretReference.NamesIn(Parameters);

    /// <summary>What a run records of its environment; null stands for production.</summary>
    public string? RecordedEnvironment => Environment == ScenarioEnvironments.Production ? null : Environment;

    /// <summary>An input with the environment's parameters for what it lacks.</summary>
    public JsonElement Complete(JsonElement input) => EnvironmentParameters.Complete(Parameters, Definition, input);
}
