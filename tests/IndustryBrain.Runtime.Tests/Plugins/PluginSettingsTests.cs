using System.Net.Http.Headers;
using System.Text.Json;
using IndustryBrain.Runtime.Plugins.Settings;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Plugins;

/// <summary>What organizations set for plugins, and the limits that an administrator sets for them.</summary>
public sealed class PluginSettingsTests(PostgresFixture postgres, ProbePackage plugins)
{
    private const string Path = "plugins/" + VersionedPackage.Id;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_Set_TheNextCallHasThem_InAProcessOfItsOwn()
    {
        await using var host = await StartAsync();

        var (_, none) = await host.GetAsync($"{Path}/settings", Ct);
        var before = await TellAsync(host);
        var (status, set) = await PutAsync(host, $"{Path}/settings", """{"values":{"greeting":"早上好","interval":5},"revision":0}""");
        var after = await TellAsync(host);
        var (_, seen) = await host.GetAsync($"{Path}/settings", Ct);
        var reset = await host.Client.DeleteAsync(new Uri($"/api/v1/{Path}/settings", UriKind.Relative), Ct);
        var again = await TellAsync(host);

        Assert.Equal((JsonValueKind.Null, 0), (none.GetProperty("values").ValueKind, none.GetProperty("revision").GetInt32()));
        Assert.Equal("s", none.GetProperty("schema").GetProperty("properties").GetProperty("interval").GetProperty("x-unit").GetString());
        Assert.Equal((200, 1), (status, set.GetProperty("revision").GetInt32()));
        Assert.Equal("早上好", seen.GetProperty("values").GetProperty("greeting").GetString());
        Assert.Equal(("hello", "早上好", "hello"), (before.Greeting, after.Greeting, again.Greeting));
        Assert.NotEqual(before.Process, after.Process);
        Assert.True(reset.IsSuccessStatusCode);
        Assert.Equal(1, await host.CountAsync("select count(*) from audit_record where action = 'plugin.settings'", Ct));
    }

    [Theory]
    [InlineData(422, "IB7105", """{"values":{"interval":0}}""")]
    [InlineData(422, "IB7102", """{"values":{"interval":"often"}}""")]
    [InlineData(400, "IB2021", """{"values":{"greetings":"x"}}""")]
    [InlineData(422, "IB3041", """{"values":{"key":"s3cret-Value"}}""")]
    [InlineData(409, "IB3040", """{"values":{"greeting":"x"},"revision":7}""")]
    [InlineData(422, "IB7101", "{}")]
    public async Task Settings_NotGood_AreRefused(int status, string code, string body)
    {
        await using var host = await StartAsync();

        var (answered, problem) = await PutAsync(host, $"{Path}/settings", body);

        Assert.Equal((status, code), (answered, problem.GetProperty("code").GetString()));
        Assert.Equal(0, await host.CountAsync("select count(*) from mt_doc_pluginsettingsrecord", Ct));
    }

    [Fact]
    public async Task Settings_OfUnknownPluginOrOneWithout_AreNotFound()
    {
        await using var host = await StartAsync();

        var unknown = await host.GetAsync("plugins/Nobody.Here/settings", Ct);
        var without = await host.GetAsync("plugins/IndustryBrain.Probe/settings", Ct);

        Assert.Equal((404, "IB3030"), (unknown.Status, unknown.Body.GetProperty("code").GetString()));
        Assert.Equal((404, "IB3039"), (without.Status, without.Body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Settings_OfAnotherOrganization_AreNotSeen()
    {
        await using var host = await StartAsync();
        var settings = host.Services.GetRequiredService<PluginSettings>();
        await PutAsync(host, $"{Path}/settings", """{"values":{"greeting":"ours"}}""");

        var theirs = await settings.GetAsync(RuntimeHost.Person with { Organization = "other" }, VersionedPackage.Id, Ct);
        await settings.SetAsync(RuntimeHost.Person with { Organization = "other" }, VersionedPackage.Id, JsonElement.Parse("""{"greeting":"theirs"}"""), 0, Ct);

        Assert.True(theirs.TryGet(out var view, out _));
        Assert.Null(view.Values);
        Assert.Equal("ours", (await TellAsync(host)).Greeting);
    }

    [Fact]
    public async Task Settings_SecretsByName_AreOfferedAndTaken()
    {
        await using var host = await StartAsync(await VersionedPackage.WithSecretsAsync("1.0.0", "plant-key", "send plant-token"));

        var (_, view) = await host.GetAsync($"{Path}/settings", Ct);
        var named = await PutAsync(host, $"{Path}/settings", """{"values":{"key":"plant-token"}}""");
        var other = await PutAsync(host, $"{Path}/settings", """{"values":{"key":"other-key"}}""");

        Assert.Equal(["plant-key", "plant-token"], view.GetProperty("schema").GetProperty("properties").GetProperty("key").GetProperty("x-enum").EnumerateArray().Select(c => c.GetProperty("value").GetString()!));
        Assert.Equal((200, 422), (named.Status, other.Status));
    }

    [Fact]
    public async Task Settings_SetOnOneNode_AreHeardOnTheOther()
    {
        var database = await postgres.CreateDatabaseAsync(plugins, Ct);
        await using var first = await StartAsync(database: database);
        await using var second = await RuntimeHost.StartAsync(database, plugins, Ct);
        await second.GetAsync(Path, Ct);
        Assert.Equal("hello", (await TellAsync(second)).Greeting);

        await PutAsync(first, $"{Path}/settings", """{"values":{"greeting":"heard"}}""");

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await TellAsync(second)).Greeting != "heard")
            await tick.WaitForNextTickAsync(patience.Token);
    }

    [Fact]
    public async Task Limits_Set_NewCallsHaveThem_AndWhatExceedsThemIsCounted()
    {
        await using var host = await StartAsync();

        var (status, plugin) = await PutAsync(host, $"{Path}/limits", """{"callSeconds":0.3,"memoryMegabytes":256}""");
        var late = await host.PostAsync($"components/{VersionedPackage.Component}/calls", """{"input":{"milliseconds":20000}}""", Ct);
        var usage = (await host.GetAsync(Path, Ct)).Body.GetProperty("usage");
        var (_, freed) = await PutAsync(host, $"{Path}/limits", "{}");
        var refused = await PutAsync(host, $"{Path}/limits", """{"threads":1}""");
        var mistyped = await PutAsync(host, $"{Path}/limits", """{"memory":256}""");

        Assert.Equal((200, 0.3), (status, plugin.GetProperty("limits").GetProperty("callSeconds").GetDouble()));
        Assert.Equal("IB1112", late.Body.GetProperty("code").GetString());
        Assert.Equal(1, usage.GetProperty("exceeded").GetProperty("IB1112").GetInt64());
        Assert.Equal(JsonValueKind.Null, freed.GetProperty("limits").ValueKind);
        Assert.Equal((422, "IB7105"), (refused.Status, refused.Body.GetProperty("code").GetString()));
        Assert.Equal((400, "IB2021"), (mistyped.Status, mistyped.Body.GetProperty("code").GetString()));
        Assert.Equal(2, await host.CountAsync("select count(*) from audit_record where action = 'plugin.limit'", Ct));
    }

    private static async Task<(string? Greeting, int Process)> TellAsync(RuntimeHost host)
    {
        var (status, reply) = await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct);
        Assert.True(status == 200, $"{reply}");
        var output = reply.GetProperty("output");
        return (output.GetProperty("greeting").GetString(), output.GetProperty("processId").GetInt32());
    }

    private static async Task<(int Status, JsonElement Body)> PutAsync(RuntimeHost host, string path, string json)
    {
        using var content = RuntimeHost.Json(json);
        using var answer = await host.Client.PutAsync(new Uri("/api/v1/" + path, UriKind.Relative), content, Ct);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct)));
    }

    private async Task<RuntimeHost> StartAsync(byte[]? package = null, string? database = null)
    {
        var host = await RuntimeHost.StartAsync(database ?? await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct);
        using var content = new ByteArrayContent(package ?? await VersionedPackage.OfAsync("1.0.0"));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var installed = await host.Client.PostAsync(new Uri("/api/v1/plugins?consent=declared", UriKind.Relative), content, Ct);
        Assert.True(installed.IsSuccessStatusCode, await installed.Content.ReadAsStringAsync(Ct));
        return host;
    }
}
