using IndustryBrain.Identity;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;
using Marten;
using Npgsql;

namespace IndustryBrain.Runtime.Http;

/// <summary>What keeps a scenario with HTTP endpoints from being published: IBS0070 and on.</summary>
internal static class HttpFindings
{
    /// <summary>What the definition itself says.</summary>
    public static IEnumerable<Finding> Judge(ScenarioDefinition definition)
    {
        foreach (var endpoint in HttpEndpointNode.Of(definition))
        {
            if (endpoint.CanStart && string.IsNullOrWhiteSpace(endpoint.Path))
                yield return NoPath(endpoint);
            else if (endpoint.Path is { } path && HttpRoute.Parse(path) is null)
                yield return NoRoute(endpoint, path);
            foreach (var name in endpoint.OpenInputs.Where(i => i != "path" && (endpoint.CanStart || i != "supportedMethods")))
                yield return NotFixed(endpoint, name);
            if (endpoint.Policy is { } policy && !Permission.All.Contains(policy))
                yield return NoPermission(endpoint, policy);
        }
    }

    /// <summary>The endpoints that the definition has twice, or another scenario that is live in the environment has too. Until the session commits nobody else is told that there are none.</summary>
    public static async Task<IReadOnlyList<Finding>> FindConflictsAsync(IDocumentSession session, string definitionId, ScenarioDefinition definition, string environment, CancellationToken ct)
    {
        var own = Starts(definitionId, HttpEndpointNode.Of(definition));
        if (own.Count == 0)
            return [];
        await session.BeginTransactionAsync(ct);
        await using (var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 3303))") { Parameters = { new() { Value = session.TenantId } } })
        await using (await session.ExecuteReaderAsync(command, ct))
        {
        }

        var isTest = environment == ScenarioEnvironments.Test;
        var live = isTest ? session.Query<ScenarioRecord>().Where(r => r.Test != null) : session.Query<ScenarioRecord>().Where(r => r.PublishedVersion != null);
        var published = await live.Where(r => r.Id != definitionId).ToListAsync(ct);
        var others = published.SelectMany(r => Starts(r.Id, isTest ? r.Test!.Endpoints : r.Endpoints)).ToList();
        List<Finding> findings = [];
        for (var i = 0; i < own.Count; i++)
        {
            if (own.Take(i).Concat(others).FirstOrDefault(o => o.Route.Shape == own[i].Route.Shape && o.Endpoint.Methods.Intersect(own[i].Endpoint.Methods).Any()) is { } taken)
                findings.Add(Taken(own[i].Endpoint, taken));
        }

        return findings;
    }

    private static List<StartRoute> Starts(string definitionId, IEnumerable<HttpEndpointNode> endpoints) =>
        [.. from e in endpoints where e.CanStart let route = e.Path is null ? null : HttpRoute.Parse(e.Path) where route is not null select new StartRoute(definitionId, e, route)];

    private static Finding NoPath(HttpEndpointNode endpoint) =>
        new("IBS0070", FindingSeverity.Error, new("启动运行的 HTTP 端点须有固定的路径。", "An HTTP endpoint that starts runs has a fixed path."))
        { NodeId = endpoint.NodeId, Where = "path", Action = new("请把 path 写成文本，如 orders/{id}。", "Write path as a text, such as orders/{id}.") };

    private static Finding NoRoute(HttpEndpointNode endpoint, string path) =>
        new("IBS0071", FindingSeverity.Error, new($"「{Short(path)}」不是有效的路由。", $"“{Short(path)}” is no route."))
        { NodeId = endpoint.NodeId, Where = "path", Action = new("路由形如 orders/{id}、orders/{id:int}；不支持正则约束。", "A route looks like orders/{id} or orders/{id:int}; constraints by regular expressions are not known.") };

    private static Finding Taken(HttpEndpointNode endpoint, StartRoute by) =>
        new("IBS0072", FindingSeverity.Error, new(
            $"路由「{string.Join(',', endpoint.Methods)} {Short(endpoint.Path!)}」已被应用场景「{Short(by.DefinitionId)}」的端点「{Short(by.Endpoint.Id)}」使用。",
            $"The route “{string.Join(',', endpoint.Methods)} {Short(endpoint.Path!)}” belongs to the endpoint “{Short(by.Endpoint.Id)}” of the scenario “{Short(by.DefinitionId)}”."))
        { NodeId = endpoint.NodeId, Where = "path", Action = new("请换一个路径或方法。", "Choose another path or method.") };

    private static Finding NotFixed(HttpEndpointNode endpoint, string name) =>
        new("IBS0073", FindingSeverity.Error, new($"HTTP 端点的「{name}」须为固定的值。", $"“{name}” of an HTTP endpoint is a fixed value."))
        { NodeId = endpoint.NodeId, Where = name, Action = new("请把表达式改为字面值：请求到来时还没有运行可以求值。", "Write it as a literal: when a request comes there is no run yet that could evaluate it.") };

    private static Finding NoPermission(HttpEndpointNode endpoint, string policy) =>
        new("IBS0074", FindingSeverity.Error, new($"没有名为「{Short(policy)}」的权限。", $"There is no permission “{Short(policy)}”."))
        { NodeId = endpoint.NodeId, Where = "policy", Action = new($"可用：{string.Join("、", Permission.All)}。", $"There are: {string.Join(", ", Permission.All)}.") };

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
