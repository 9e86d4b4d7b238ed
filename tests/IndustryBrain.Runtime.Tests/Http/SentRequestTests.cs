using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Secrets;
using IndustryBrain.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static IndustryBrain.Runtime.Tests.Http.HttpDefinitions;

namespace IndustryBrain.Runtime.Tests.Http;

public sealed class SentRequestTests(PostgresFixture postgres, ProbePackage plugins)
{
    private const string Secret = "Bearer c2VjcmV0";

    [Fact]
    public async Task Send_ToAListedHost_GoesOutWithTheKeyOfItsStep()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await CountingServer.StartAsync(http =>
        {
            http.Response.StatusCode = http.Request.Path == "/missing" ? 404 : 200;
            return http.Response.WriteAsJsonAsync(new { rate = 7.2 }, ct);
        }, ct);
        await using var host = await HostAsync(server.Url, ct);
        await host.PublishAsync(Definitions.Sequence(
            "sends",
            Send("post", server.Url + "/rates", "POST", $"\"content\":{Js("Object", "({ a: 1 })")},\"contentType\":{Literal("String", "application/json")},\"authorization\":{Literal("String", Secret)},\"expectedStatusCodes\":[{{\"statusCode\":200,\"activity\":{Definitions.Line("ok", "ok")}}}]"),
            Definitions.SetOutput("out", "getOutputFrom('post', 'ParsedContent').rate"),
            Send("get", server.Url + "/missing", "GET", $"\"unmatchedStatusCode\":{Definitions.Line("other", "other")}")), ct);

        var run = await RunAsync(host, "sends", ct);

        Assert.True(run.SubStatus == "Finished", JsonSerializer.Serialize(run.Incidents));
        Assert.Equal((7.2, "ok other"), (run.Output.GetProperty("result").GetDouble(), string.Join(' ', run.Lines)));
        var step = run.Steps.Single(s => s.NodeId.EndsWith(":post", StringComparison.Ordinal)).Id;
        Assert.Equal([new("POST", "/rates", "{\"a\":1}", $"{run.Id}:{step}", Secret), new("GET", "/missing", "", "", "")], server.Seen);
        Assert.DoesNotContain("c2VjcmV0", JsonSerializer.Serialize(await host.EventsAsync(run.Id, ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WithASecretOfItsEnvironment_GoesOutWithItAndRecordsTheReference()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await CountingServer.StartAsync(_ => Task.CompletedTask, ct);
        await using var host = await HostAsync(server.Url, ct);
        await host.Services.GetRequiredService<OrganizationSecrets>().CreateAsync(RuntimeHost.Person, new("scenario.erp-key", null, "c2VjcmV0", null), ct);
        var send = Send("send", server.Url + "/orders", "GET", $"\"authorization\":{Js("String", "'Bearer ' + getInput('gate')")}");
        await host.PublishAsync(Definitions.Document("keyed", """{"type":"object","properties":{"gate":{"type":"string"}}}""", send), ct);

        var asked = await host.StartRunAsync("keyed", """{"gate":"${secret:erp-key}"}""", ct);
        var refused = await host.EndedAsync(asked.Id, ct);
        await host.Library.ChangeEnvironmentAsync(RuntimeHost.Person, "keyed", "production", JsonElement.Parse("""{"gate":"${secret:erp-key}"}"""), null, null, ct);
        var run = await RunAsync(host, "keyed", ct);
        await host.Library.ChangeEnvironmentAsync(RuntimeHost.Person, "keyed", "production", JsonElement.Parse("""{"gate":"${secret:other}"}"""), null, null, ct);
        var missing = await RunAsync(host, "keyed", ct);

        Assert.Equal(("IB3110", "Finished", "IB3111"), (Assert.Single(refused.Incidents).Code, run.SubStatus, Assert.Single(missing.Incidents).Code));
        Assert.Equal(Secret, Assert.Single(server.Seen).Authorization);
        Assert.DoesNotContain("c2VjcmV0", JsonSerializer.Serialize(await host.EventsAsync(run.Id, ct)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public", "GET", "/x", "IB3061")]
    [InlineData("public", "DELETE", "/x", "IB3060")]
    [InlineData("private", "GET", "/elsewhere", "IB3060")]
    [InlineData("private", "GET", "/round", "IB3064")]
    [InlineData("private", "GET", "/large", "IB3062")]
    [InlineData("private", "TRACE", "/x", "IB3063")]
    [InlineData("none", "GET", "/x", "IB3060")]
    public async Task Send_WhatTheListDoesNotAllow_FaultsWithItsCode(string list, string method, string path, string code)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await CountingServer.StartAsync(http =>
        {
            http.Response.StatusCode = http.Request.Path == "/elsewhere" || http.Request.Path == "/round" ? 302 : 200;
            http.Response.Headers.Location = http.Request.Path == "/elsewhere" ? "http://169.254.169.254/latest" : "/round";
            return http.Request.Path == "/large" ? http.Response.WriteAsync(new string('x', 5000), ct) : Task.CompletedTask;
        }, ct);
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, list switch
        {
            "public" => [("Http:AllowedHosts:0", server.Url)],
            "private" => [("Http:PrivateHosts:0", server.Url), ("Http:MaxResponseBytes", "1024")],
            _ => [],
        });
        await host.PublishAsync(Definitions.Sequence("refused", Send("send", server.Url + path, method, ""), Definitions.Line("never", "never")), ct);

        var run = await RunAsync(host, "refused", ct);

        Assert.Equal(("Faulted", code, 0), (run.SubStatus, Assert.Single(run.Incidents).Code, run.Lines.Count));
        Assert.Equal(list == "private" && method == "GET", !server.Seen.IsEmpty);
    }

    [Fact]
    public async Task Send_WithoutAnAnswer_GoesOnWhereTheActivitySays()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await CountingServer.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted), ct);
        string closed;
        await using (var gone = await CountingServer.StartAsync(_ => Task.CompletedTask, ct))
            closed = gone.Url;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Http:PrivateHosts:0", server.Url), ("Http:PrivateHosts:1", closed), ("Http:SendSeconds", "1"));
        string Ports(string name) => $"\"timeout\":{Definitions.Line(name + "-late", "late")},\"failedToConnect\":{Definitions.Line(name + "-refused", "refused")}";
        await host.PublishAsync(Definitions.Sequence("fails", Send("slow", server.Url, "GET", Ports("slow")), Send("closed", closed, "GET", Ports("closed"))), ct);

        var run = await RunAsync(host, "fails", ct);

        Assert.Equal(("Finished", "late refused"), (run.SubStatus, string.Join(' ', run.Lines)));
    }

    [Fact]
    public async Task Download_OfAFile_IsAFileOfTheOrganization()
    {
        var ct = TestContext.Current.CancellationToken;
        byte[] bytes = [0, 1, 2, 255];
        await using var server = await CountingServer.StartAsync(http =>
        {
            http.Response.ContentType = "application/pdf";
            return http.Response.Body.WriteAsync(bytes, ct).AsTask();
        }, ct);
        await using var host = await HostAsync(server.Url, ct);
        await host.PublishAsync(Definitions.Sequence(
            "downloads",
            Send("file", server.Url + "/a/report.pdf", "GET", "").Replace("Elsa.SendHttpRequest", "Elsa.DownloadHttpFile", StringComparison.Ordinal),
            Definitions.SetOutput("out", "getOutputFrom('file', 'ResponseContentBytes')")), ct);

        var run = await RunAsync(host, "downloads", ct);

        Assert.True(run.SubStatus == "Finished", JsonSerializer.Serialize(run.Incidents));
        var file = run.Output.GetProperty("result");
        Assert.Equal("report.pdf", file.GetProperty("name").GetString());
        Assert.Equal(bytes, await host.Client.GetByteArrayAsync(new Uri("/api/v1/files/" + file.GetProperty("file").GetString(), UriKind.Relative), ct));
    }

    [Fact]
    public async Task Send_AfterItsNodeDied_IsRepeatedWithTheSameKey()
    {
        var ct = TestContext.Current.CancellationToken;
        var connection = await postgres.CreateDatabaseAsync(plugins, ct);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isSecond = false;
        await using var server = await CountingServer.StartAsync(async http =>
        {
            if (Volatile.Read(ref isSecond))
                return;
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }, ct);
        await using var dying = await DoomedNode.StartAsync(connection, plugins, ct, ("Http:PrivateHosts:0", "POST " + server.Url));
        await dying.Host.PublishAsync(Definitions.Sequence("repeats", Send("send", server.Url + "/effect", "POST", ""), Definitions.Line("done", "done")), ct);
        var id = (await dying.Host.StartRunAsync("repeats", "{}", ct)).Id;
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), ct);
        await dying.KillAsync(ct);
        Volatile.Write(ref isSecond, true);
        await using var next = await HostAsync(server.Url, ct, connection);

        var run = await next.EndedAsync(id, ct);

        Assert.Equal(("Finished", "done"), (run.SubStatus, string.Join(' ', run.Lines)));
        Assert.Equal(2, server.Seen.Count);
        Assert.StartsWith($"{id}:", Assert.Single(server.Seen.Select(s => s.Key).Distinct()), StringComparison.Ordinal);
    }

    private static string Send(string id, string url, string method, string more) => $$"""
        { "type": "Elsa.SendHttpRequest", "id": "{{id}}", "name": "{{id}}", "version": 1, "customProperties": {}, "metadata": {},
          "url": {{Literal("Uri", url)}}, "method": {{Literal("String", method)}}{{(more.Length == 0 ? "" : "," + more)}} }
        """;

    private static async Task<RunView> RunAsync(RuntimeHost host, string definition, CancellationToken ct) => await host.EndedAsync((await host.StartRunAsync(definition, "{}", ct)).Id, ct);

    private async Task<RuntimeHost> HostAsync(string url, CancellationToken ct, string? connection = null) =>
        await RuntimeHost.StartAsync(connection ?? await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Http:PrivateHosts:0", "GET,POST " + url));
}
