using System.Text.Json;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Http;

/// <summary>An endpoint with which a request starts a run.</summary>
internal sealed record StartRoute(string DefinitionId, HttpEndpointNode Endpoint, HttpRoute Route)
{
    /// <summary>The environment of the run.</summary>
    public string Environment { get; init; } = ScenarioEnvironments.Production;
}

/// <summary>An endpoint and the values of its parameters in one path.</summary>
internal sealed record MatchedRoute(StartRoute Start, RouteValueDictionary Values);

/// <summary>The endpoints of the published scenarios, as this node last read them: again when somebody has published, and now and then in case news got lost.</summary>
internal sealed class HttpRoutes(Database database, PublishedScenarios published, TimeProvider time) : IDisposable
{
    private const string Read = $"""
        select s.tenant_id, s.id, e.endpoints, e.environment from mt_doc_scenariorecord s
        cross join lateral (values
            ('{ScenarioEnvironments.Production}', case when s.data ->> 'publishedVersion' is not null then s.data ->> 'endpoints' end),
            ('{ScenarioEnvironments.Test}', case when (s.data -> 'test' ->> 'startsByItself')::boolean then s.data -> 'test' ->> 'endpoints' end)) e (environment, endpoints)
        where jsonb_array_length(coalesce(nullif(e.endpoints::jsonb, 'null'), '[]')) > 0
        """;

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private Table? _table;

    /// <summary>Organization and path of a request below <c>/workflows/</c>: the organization may be left out where there is one only. Null when the address names none.</summary>
    public async Task<(string Organization, string Path)?> LocateAsync(string path, CancellationToken ct)
    {
        var table = await TableAsync(ct);
        path = path.Trim('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? path : path[..slash];
        if (table.Organizations.Contains(first))
            return (first, slash < 0 ? "" : path[(slash + 1)..]);
        return table.Organizations is [var only] ? (only, path) : null;
    }

    /// <summary>The endpoints whose route is this path's, of whatever method; the one that is meant stands first.</summary>
    public async Task<IReadOnlyList<MatchedRoute>> MatchAsync(RunScope scope, string path, CancellationToken ct)
    {
        List<MatchedRoute> matched = [];
        foreach (var start in (await TableAsync(ct)).Starts.GetValueOrDefault(scope.Key, []))
        {
            if (start.Route.Match(path) is { } values)
                matched.Add(new(start, values));
        }

        return matched;
    }

    public void Dispose() => _one.Dispose();

    private async ValueTask<Table> TableAsync(CancellationToken ct)
    {
        if (_table is { } known && IsFresh(known))
            return known;
        await _one.WaitAsync(ct);
        try
        {
            return _table is { } read && IsFresh(read) ? read : _table = await ReadAsync(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    private bool IsFresh(Table table) => table.Forgotten == published.Forgotten && time.GetElapsedTime(table.ReadAt) < KeptFor;

    private async Task<Table> ReadAsync(CancellationToken ct)
    {
        var (forgotten, at) = (published.Forgotten, time.GetTimestamp());
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new("select distinct tenant_id from mt_doc_scenariorecord"));
        batch.BatchCommands.Add(new(Read));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        List<string> organizations = [];
        while (await reader.ReadAsync(ct))
            organizations.Add(reader.GetString(0));
        await reader.NextResultAsync(ct);
        Dictionary<string, List<StartRoute>> starts = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            foreach (var endpoint in JsonSerializer.Deserialize<HttpEndpointNode[]>(reader.GetString(2), JsonSerializerOptions.Web) ?? [])
            {
                var scope = new RunScope(reader.GetString(0), reader.GetString(3));
                if (!starts.TryGetValue(scope.Key, out var list))
                    starts[scope.Key] = list = [];
                if (endpoint.Path is { } path && HttpRoute.Parse(path) is { } route)
                    list.Add(new(reader.GetString(1), endpoint, route) { Environment = scope.Environment });
            }
        }

        return new(organizations, starts.ToDictionary(s => s.Key, s => (IReadOnlyList<StartRoute>)[.. s.Value.OrderBy(r => r.Route.Precedence)]), forgotten, at);
    }

    private sealed record Table(IReadOnlyList<string> Organizations, IReadOnlyDictionary<string, IReadOnlyList<StartRoute>> Starts, long Forgotten, long ReadAt);
}
