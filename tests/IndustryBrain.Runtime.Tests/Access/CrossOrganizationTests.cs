using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Access;

/// <summary>Two organizations have the same things under the same names. With the key of one, every address of the API is asked for what the other has: nothing comes, nothing changes.</summary>
public sealed partial class CrossOrganizationTests(AccessHost access) : IClassFixture<AccessHost>
{
    private const string Scenario = "twin";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Address_AskedForWhatAnotherOrganizationHas_AnswersNothingAndChangesNothing()
    {
        var (theirs, ours) = (await FillAsync("theirs"), await FillAsync("ours"));
        var before = await SeenAsync(theirs);
        Assert.All(theirs.Ids.Values.Append(theirs.Marker), known => Assert.Contains(known, before, StringComparison.Ordinal));
        List<string> wrong = [];
        var asked = 0;

        foreach (var endpoint in access.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            if (!pattern.StartsWith("/api/v1/", StringComparison.Ordinal)) continue;
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(m => m == "GET" || pattern.Contains('{', StringComparison.Ordinal)))
            {
                foreach (var query in method == "GET" ? Queries(endpoint, theirs) : [""])
                {
                    var path = Fill(pattern, theirs);
                    var (status, body) = await SendAsync(ours.Key, method, path + query);
                    asked++;
                    if (theirs.Ids.Values.Any(id => body.Contains(id, StringComparison.Ordinal) && !(path + query).Contains(id, StringComparison.Ordinal)) || body.Contains(theirs.Marker, StringComparison.Ordinal) && !query.Contains(theirs.Marker, StringComparison.Ordinal))
                        wrong.Add($"{method} {path}{query} tells: {status} {body[..Math.Min(300, body.Length)]}");
                    else if (theirs.Ids.Values.Any(id => path.Contains(id, StringComparison.Ordinal)) && status is not (403 or 404 or 400 or 422 or 415))
                        wrong.Add($"{method} {path}{query} answers {status} {body[..Math.Min(300, body.Length)]}");
                }
            }
        }

        Assert.True(asked > 80, $"Only {asked} addresses were asked.");
        Assert.Empty(wrong);
        Assert.Equal(before, await SeenAsync(theirs));
    }

    /// <summary>What the other organization sees of its own, without what time alone changes.</summary>
    private async Task<string> SeenAsync(Filled of)
    {
        var seen = new StringBuilder();
        string[] paths =
        [
            "runs", $"runs/{of.Ids["runs"]}", $"tasks/{of.Ids["tasks"]}", "tasks", "scenarios", $"scenarios/{Scenario}/versions", $"scenarios/{Scenario}/export", $"files/{of.Ids["files"]}", "keys", "service-accounts", "members", "invitations",
            "approvals", "holds", "organization", "secrets", "secrets/same-secret", "data", "data/same-data", "data/same-data/rows", "connections", "connections/same-connection",
        ];
        foreach (var path in paths)
        {
            var (status, body) = await SendAsync(of.Key, "GET", "/api/v1/" + path);
            Assert.True(status == 200, $"{path}: {status} {body}");
            seen.AppendLine(path).AppendLine(Changing().Replace(body, ""));
        }

        return seen.ToString();
    }

    private async Task<Filled> FillAsync(string name)
    {
        var organization = AccessHost.Fresh(name);
        Assert.Null((await access.Host.Services.GetRequiredService<OrganizationStore>().CreateAsync(Caller.ForSystem(PlatformOrganization.Id), organization, "Org " + organization, OrganizationKind.Enterprise, null, Ct)).Failure);
        var owner = await access.MemberAsync(organization, Ct, Role.Owner);
        var second = await access.MemberAsync(organization, Ct, Role.Owner);
        var marker = $"marker-of-{organization}";
        Dictionary<string, string> ids = new(StringComparer.Ordinal) { ["members"] = second.Id };
        async Task<AccessHost.Answer> PostAsync(string path, object? body)
        {
            var answer = await access.AskAsync(owner.Key, "POST", path, body, Ct);
            Assert.True(answer.Status is >= 200 and < 300, $"{path}: {answer.Status} {answer.Body}");
            return answer;
        }

        var definition = Definitions.Sequence(
            Scenario,
            $$$"""{ "type": "IndustryBrain.HumanTask", "id": "ask", "version": 1, "customProperties": {}, "metadata": {}, "title": { "typeName": "String", "expression": { "type": "Literal", "value": "{{{marker}}}" } } }""");
        await PostAsync("scenarios/import", System.Text.Json.JsonElement.Parse(definition));
        await PostAsync($"scenarios/{Scenario}/publish", null);
        ids["runs"] = (await PostAsync($"scenarios/{Scenario}/runs", new { input = new { text = marker } }))["id"].GetString()!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (System.Text.Json.JsonElement tasks = default; !ids.ContainsKey("tasks"); await tick.WaitForNextTickAsync(patience.Token))
        {
            tasks = (await access.AskAsync(owner.Key, "GET", "tasks", null, Ct))["items"];
            if (tasks.GetArrayLength() > 0) ids["tasks"] = tasks[0].GetProperty("id").GetString()!;
        }

        using var upload = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/files?name=same.txt", UriKind.Relative)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(marker)) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } }, Headers = { { "X-Api-Key", owner.Key } } };
        using var uploaded = await access.Host.Client.SendAsync(upload, Ct);
        var file = System.Text.Json.JsonElement.Parse(await uploaded.Content.ReadAsStringAsync(Ct));
        ids["files"] = (file.TryGetProperty("id", out var id) ? id : file.GetProperty("file")).GetString()!;
        ids["keys"] = (await PostAsync("keys", new { name = "same", permissions = new[] { Identity.Permission.ReadRuns } }))["key"].GetProperty("id").GetString()!;
        ids["service-accounts"] = (await PostAsync("service-accounts", new { name = "same", roles = new[] { Role.Viewer } }))["id"].GetString()!;
        ids["invitations"] = (await PostAsync("invitations", new { roles = new[] { Role.Viewer }, userName = "same" }))["invitation"].GetProperty("id").GetString()!;
        ids["holds"] = (await PostAsync("holds", new { scope = "organization", reason = marker }))["id"].GetString()!;
        ids["approvals"] = (await access.AskAsync(owner.Key, "DELETE", "organization", null, Ct))["where"].GetString()!;
        using var table = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/data/same-data/versions?file=same.csv", UriKind.Relative)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes($"value\n{marker}\n")), Headers = { { "X-Api-Key", owner.Key } } };
        using var taken = await access.Host.Client.SendAsync(table, Ct);
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync(Ct));
        await PostAsync("secrets", new { name = "same-secret", description = marker, value = marker + "-value" });
        await PostAsync("connections", new { name = "same-connection", kind = "http", description = marker, settings = new { baseAddress = "https://10.0.0.1" } });
        ids["organizations"] = organization;
        return new(owner.Key, marker, ids);
    }

    /// <summary>Without parameters, and with each filter that could name or find something of theirs.</summary>
    private static IEnumerable<string> Queries(RouteEndpoint endpoint, Filled theirs)
    {
        yield return "";
        var path = endpoint.RoutePattern.RawText!.Trim('/');
        (string Path, string[] Filters)[] known =
        [
            ("api/v1/runs", [$"text={theirs.Marker}", $"parentId={theirs.Ids["runs"]}", $"definitionId={Scenario}"]),
            ("api/v1/tasks", [$"text={theirs.Marker}", $"runId={theirs.Ids["runs"]}", $"definitionId={Scenario}"]),
            ("api/v1/audit", [$"actor={theirs.Ids["keys"]}", $"object={theirs.Ids["runs"]}"]),
            ("api/v1/audit/export", [$"object={theirs.Ids["runs"]}", "action=run."]),
            ("api/v1/archive", [$"definitionId={Scenario}"]),
        ];
        foreach (var filter in known.Where(k => k.Path == path).SelectMany(k => k.Filters)) yield return "?" + filter;
    }

    private static string Fill(string pattern, Filled theirs) => Parameter().Replace(pattern, found =>
        pattern[..found.Index].TrimEnd('/').Split('/')[^1] is var room && theirs.Ids.TryGetValue(room, out var id) ? id
        : room switch { "archive" => theirs.Ids["runs"], "scenarios" => Scenario, "secrets" => "same-secret", "data" => "same-data", "connections" => "same-connection", _ => "none" });

    private async Task<(int Status, string Body)> SendAsync(string key, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(path, UriKind.Relative)) { Headers = { { "X-Api-Key", key } } };
        if (method is "POST" or "PUT") request.Content = RuntimeHost.Json("{}");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var answer = await access.Host.Client.SendAsync(request, limit.Token);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(limit.Token));
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("\"lastUsedAt\":(null|\"[^\"]*\")")]
    private static partial Regex Changing();

    private sealed record Filled(string Key, string Marker, Dictionary<string, string> Ids);
}
