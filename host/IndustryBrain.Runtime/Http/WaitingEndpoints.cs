using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace IndustryBrain.Runtime.Http;

/// <summary>An endpoint in the middle of a run that waits for a request.</summary>
internal sealed record WaitingEndpoint(Guid RunId, string StepId, HttpEndpointNode Endpoint, RouteValueDictionary Values);

/// <summary>What a look for waiting endpoints gave.</summary>
/// <param name="Found">Those that the request is for; more than one when it does not say which.</param>
/// <param name="OtherMethods">When there are none: the methods that the path is waited for with.</param>
internal sealed record WaitingLook(IReadOnlyList<WaitingEndpoint> Found, IReadOnlyList<string> OtherMethods);

/// <summary>Finds runs that wait for a request: as Elsa does by path and method, and by instance and correlation id where the request names them.</summary>
internal sealed class WaitingEndpoints(Database database, RunCoordinator runs, DefinitionCache definitions)
{
    /// <summary>Characters of a name by which paths with parameters are listed; a longer one is not found.</summary>
    private const int Listed = 500;

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Head, HttpMethods.Options];

    // From one to the next, however many runs wait with each.
    private const string Templates = $$"""
        with recursive t as (
            (select left(event, 500) as name from run_wait where organization = $1 and event like '{{HttpWaits.Prefix}}%{%' order by left(event, 500) limit 1)
            union all
            select (select left(w.event, 500) from run_wait w where w.organization = $1 and w.event like '{{HttpWaits.Prefix}}%{%' and left(w.event, 500) > t.name order by left(w.event, 500) limit 1)
            from t where t.name is not null)
        select name from t where name is not null
        """;

    private const string Waits = """
        select n.name, w.run_id from unnest($2) as n (name) cross join lateral (
            select run_id from run_wait where hashtextextended(event, 0) = hashtextextended(n.name, 0) and event = n.name and organization = $1
                and ($3::uuid is null or run_id = $3) and ($4::text is null or correlation_id = $4) limit 2) w
        """;

    public async Task<WaitingLook> FindAsync(Caller caller, RunScope scope, string method, string path, Guid? runId, string? correlationId, CancellationToken ct)
    {
        method = method.ToUpperInvariant();
        var names = new Dictionary<string, RouteValueDictionary>(StringComparer.Ordinal);
        foreach (var known in Methods.Append(method))
            names[HttpWaits.NameOf(known, HttpWaits.Normal(path))] = [];
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        foreach (var name in await TemplatesAsync(connection, scope.Key, ct))
        {
            if (HttpRoute.Parse(HttpWaits.Parse(name).Path)?.Match(path) is { } values)
                names[name] = values;
        }

        var waiting = await WaitsAsync(connection, scope.Key, [.. names.Keys], runId, correlationId, ct);
        List<WaitingEndpoint> found = [];
        foreach (var (name, run) in waiting.Where(w => HttpWaits.Parse(w.Name).Method == method))
            found.AddRange(await EndpointsAsync(caller, run, name, names[name], ct));
        return new(found, found.Count > 0 ? [] : [.. waiting.Select(w => HttpWaits.Parse(w.Name).Method).Where(m => m != method).Distinct().Order(StringComparer.Ordinal)]);
    }

    private static async Task<IReadOnlyList<string>> TemplatesAsync(NpgsqlConnection connection, string organization, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Templates, connection) { Parameters = { new() { Value = organization } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<string> names = [];
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetString(0) is { Length: < Listed } name)
                names.Add(name);
        }

        return names;
    }

    private static async Task<IReadOnlyList<(string Name, Guid RunId)>> WaitsAsync(NpgsqlConnection connection, string organization, string[] names, Guid? runId, string? correlationId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Waits, connection)
        {
            Parameters = { new() { Value = organization }, new() { Value = names }, new() { Value = (object?)runId ?? DBNull.Value }, new() { Value = (object?)correlationId ?? DBNull.Value } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<(string, Guid)> waits = [];
        while (await reader.ReadAsync(ct))
            waits.Add((reader.GetString(0), reader.GetGuid(1)));
        return waits;
    }

    private async Task<IEnumerable<WaitingEndpoint>> EndpointsAsync(Caller caller, Guid runId, string name, RouteValueDictionary values, CancellationToken ct)
    {
        if (!(await runs.GetAsync(caller, runId, ct)).TryGet(out var run, out _) || await definitions.GetAsync(caller.Organization, run.DefinitionId, run.Version, ct) is not { } definition)
            return [];
        var (method, path) = HttpWaits.Parse(name);
        var endpoints = HttpEndpointNode.Of(definition);
        return from step in run.Steps
               let waitsFor = step.WaitsFor ?? ""
               where waitsFor.StartsWith(HttpWaits.Prefix, StringComparison.Ordinal)
               let waits = HttpWaits.Parse(waitsFor)
               where waits.Path == path && waits.Method.Split(',').Contains(method)
               let endpoint = endpoints.FirstOrDefault(e => e.NodeId == step.NodeId)
               where endpoint is not null
               select new WaitingEndpoint(runId, step.Id, endpoint, Named(endpoint, path, values));
    }

    // The names of parameters as the definition writes them: a run compares its path in lower case.
    private static RouteValueDictionary Named(HttpEndpointNode endpoint, string path, RouteValueDictionary values)
    {
        if (endpoint.Path is not { } written || HttpWaits.Normal(written) != path || HttpRoute.Parse(written) is not { } route)
            return values;
        return new(values.Select(v => KeyValuePair.Create(route.Parameters.FirstOrDefault(p => p.Equals(v.Key, StringComparison.OrdinalIgnoreCase)) ?? v.Key, v.Value)));
    }
}
