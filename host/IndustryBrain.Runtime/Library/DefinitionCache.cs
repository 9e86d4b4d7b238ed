using System.Collections.Concurrent;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Library;

/// <summary>Parsed definitions of published versions, which never change; at most 500, the oldest go first.</summary>
internal sealed class DefinitionCache(IOrganizationSessions sessions, DefinitionLimits limits)
{
    private const int Most = 500;

    private readonly ConcurrentDictionary<(string Organization, string DefinitionId, int Version), ScenarioDefinition> _definitions = [];
    private readonly ConcurrentQueue<(string, string, int)> _order = [];

    public async Task<ScenarioDefinition?> GetAsync(string organization, string definitionId, int version, CancellationToken ct)
    {
        var key = (organization, definitionId, version);
        if (_definitions.TryGetValue(key, out var known))
            return known;
        await using var session = sessions.Query(organization);
        if (await session.LoadAsync<ScenarioVersion>(ScenarioVersion.IdOf(definitionId, version), ct) is not { } stored)
            return null;
        if (Read(stored, limits).Definition is not { } definition)
            return null;
        if (stored.IsPublished && _definitions.TryAdd(key, definition))
        {
            _order.Enqueue(key);
            while (_order.Count > Most && _order.TryDequeue(out var oldest))
                _definitions.TryRemove(oldest, out _);
        }

        return definition;
    }

    /// <summary>Reads a stored document under the ids of the library.</summary>
    public static DefinitionReading Read(ScenarioVersion stored, DefinitionLimits limits)
    {
        var reading = ScenarioDefinition.Read(stored.Document, limits);
        return reading with { Definition = reading.Definition?.With(stored.DefinitionId, stored.Id, stored.Version) };
    }
}
