using System.Collections.Concurrent;
using System.Security.Cryptography;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Runtime.Library;

/// <summary>Parsed definitions of published versions, which never change; at most 500, the oldest go first. What a version uses as activities is the versions of the moment of its publishing.</summary>
internal sealed partial class DefinitionCache(IOrganizationSessions sessions, DefinitionLimits limits, ILogger<DefinitionCache> logger)
{
    private const int Most = 500;

    private readonly ConcurrentDictionary<(string Organization, string DefinitionId, int Version), Kept> _definitions = [];
    private readonly ConcurrentQueue<(string, string, int)> _order = [];

    public async Task<ScenarioDefinition?> GetAsync(string organization, string definitionId, int version, CancellationToken ct)
    {
        if (_definitions.TryGetValue((organization, definitionId, version), out var known))
            return known.Definition;
        await using var session = sessions.Query(organization);
        return (await LoadAsync(session, organization, definitionId, version, ct))?.Definition;
    }

    /// <summary>Reads a stored document under the ids of the library, with the scenarios that it uses as activities: a draft with those that there are now.</summary>
    public async Task<DefinitionReading> ReadAsync(IQuerySession session, string organization, ScenarioVersion stored, CancellationToken ct)
    {
        var reading = await ReadAsync(session, organization, stored.Document, stored.IsPublished ? stored.Uses : null, ct);
        return reading with { Definition = reading.Definition?.With(stored.DefinitionId, stored.Id, stored.Version) };
    }

    /// <summary>Reads a document that nobody has published, with the scenarios that it may use as activities.</summary>
    public Task<DefinitionReading> ReadDraftAsync(IQuerySession session, string organization, ReadOnlyMemory<byte> document, CancellationToken ct) => ReadAsync(session, organization, document, null, ct);

    /// <summary>The versions that a definition uses as activities now, for it to hold on to.</summary>
    public async Task<IReadOnlyList<ScenarioPin>> PinsOfAsync(IQuerySession session, string organization, ScenarioDefinition definition, CancellationToken ct)
    {
        List<ScenarioPin> pins = [];
        foreach (var used in definition.Uses)
        {
            if (await FindAsync(session, organization, used.DefinitionId, used.Version, ct) is { } kept)
                pins.Add(new(used.DefinitionId, used.Version, kept.Sha256));
        }

        return pins;
    }

    private async Task<DefinitionReading> ReadAsync(IQuerySession session, string organization, ReadOnlyMemory<byte> document, IReadOnlyList<ScenarioPin>? pins, CancellationToken ct)
    {
        var reading = ScenarioDefinition.Read(document, limits);
        if (reading.Definition is not { References.Count: > 0 } definition || pins is { Count: 0 })
            return reading;
        var library = pins is null ? await UsableAsync(session, organization, definition.References, ct) : await PinnedAsync(session, organization, pins, ct);
        return library.Count == 0 ? reading : ScenarioDefinition.Read(document, limits, library);
    }

    private async Task<List<ScenarioDefinition>> PinnedAsync(IQuerySession session, string organization, IReadOnlyList<ScenarioPin> pins, CancellationToken ct)
    {
        List<ScenarioDefinition> library = [];
        foreach (var pin in pins)
        {
            if (await FindAsync(session, organization, pin.DefinitionId, pin.Version, ct) is { } kept && kept.Sha256 == pin.Sha256)
                library.Add(kept.Definition);
            else
                LogChanged(logger, pin.DefinitionId, pin.Version, organization);
        }

        return library;
    }

    // The published versions, and the earlier ones that an activity names.
    private async Task<List<ScenarioDefinition>> UsableAsync(IQuerySession session, string organization, IReadOnlyList<WorkflowReference> references, CancellationToken ct)
    {
        string[] types = [.. references.Select(r => r.Type).Distinct()];
        string[] ids = [.. references.Select(r => r.DefinitionId).OfType<string>().Distinct()];
        var records = await session.Query<ScenarioRecord>().Where(r => r.ActivityType != null && (r.ActivityType.IsOneOf(types) || r.Id.IsOneOf(ids))).OrderBy(r => r.Id).ToListAsync(ct);
        List<ScenarioDefinition> library = [];
        foreach (var record in records)
        {
            var named = references.SelectMany(r => new[] { r.Version, VersionOf(r.VersionId, record.Id) });
            foreach (var version in named.Append(record.PublishedVersion ?? 0).Where(v => v > 0 && v <= record.Version).Distinct())
            {
                if (await FindAsync(session, organization, record.Id, version, ct) is { IsPublished: true, Definition: var definition })
                    library.Add(definition.With(record.Id, ScenarioVersion.IdOf(record.Id, version), version, isPublished: version == record.PublishedVersion));
            }
        }

        return library;
    }

    private static int VersionOf(string? versionId, string definitionId) =>
        versionId is not null && versionId.StartsWith(definitionId + "@", StringComparison.Ordinal) && int.TryParse(versionId.AsSpan(definitionId.Length + 1), out var version) ? version : 0;

    private async Task<Kept?> FindAsync(IQuerySession session, string organization, string definitionId, int version, CancellationToken ct) =>
        _definitions.TryGetValue((organization, definitionId, version), out var known) ? known : await LoadAsync(session, organization, definitionId, version, ct);

    private async Task<Kept?> LoadAsync(IQuerySession session, string organization, string definitionId, int version, CancellationToken ct)
    {
        var key = (organization, definitionId, version);
        if (await session.LoadAsync<ScenarioVersion>(ScenarioVersion.IdOf(definitionId, version), ct) is not { } stored
            || (await ReadAsync(session, organization, stored, ct)).Definition is not { } definition)
            return null;
        var kept = new Kept(definition, Convert.ToHexStringLower(SHA256.HashData(stored.Document)), stored.IsPublished);
        if (kept.IsPublished && _definitions.TryAdd(key, kept))
        {
            _order.Enqueue(key);
            while (_order.Count > Most && _order.TryDequeue(out var oldest))
                _definitions.TryRemove(oldest, out _);
        }

        return kept;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Version {Version} of scenario {Scenario} of {Organization} is not what scenarios that use it as an activity were published with")]
    private static partial void LogChanged(ILogger logger, string scenario, int version, string organization);

    private sealed record Kept(ScenarioDefinition Definition, string Sha256, bool IsPublished);
}
