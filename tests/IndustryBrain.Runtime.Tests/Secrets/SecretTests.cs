using System.Net.Http.Json;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Runtime.Library.Environments;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Secrets;

/// <summary>Secrets go in and never come out, but for what they are for.</summary>
public sealed class SecretTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Marker = "s3cret-Marker/Ω";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_IsEncryptedAtRest_AndAnsweredNowhere()
    {
        var (status, made) = await SendAsync("POST", "secrets", new { name = "at-rest", description = "the plant's API", value = Marker });
        var seen = JsonSerializer.Serialize((await shared.Host.GetAsync("secrets", Ct)).Body) + JsonSerializer.Serialize((await shared.Host.GetAsync("secrets/at-rest", Ct)).Body) + JsonSerializer.Serialize(made);

        Assert.Equal(201, status);
        Assert.Equal(Marker, await FindAsync("at-rest"));
        Assert.DoesNotContain("s3cret", seen, StringComparison.Ordinal);
        Assert.Equal(1, await shared.Host.CountAsync("select count(*) from mt_doc_secretrecord where id = 'at-rest' and data::text not like '%s3cret%' and data::text not like '%' || encode(convert_to('s3cret-Marker', 'utf8'), 'base64') || '%'", Ct));
        Assert.Equal(1, await shared.Host.CountAsync("select count(*) from audit_record where action = 'secret.create' and record::text like '%at-rest%' and record::text not like '%s3cret%'", Ct));
        Assert.Equal(1, await shared.Host.CountAsync("select count(*) from mt_doc_datakey where length(data->>'wrapped') > 60", Ct));
    }

    [Fact]
    public async Task Rotate_TheNewValueCounts_TheOldIsNowhere_AndAnEnvironmentMayHaveItsOwn()
    {
        await SendAsync("POST", "secrets", new { name = "turned", value = "first" });
        var before = await shared.Host.CountAsync("select count(*) from mt_doc_secretrecord where id = 'turned' and data->'values'->0->>'version' = '1'", Ct);

        var (status, view) = await SendAsync("PUT", "secrets/turned/value", new { value = "second" });
        var (_, both) = await SendAsync("PUT", "secrets/turned/value", new { value = "of test", environment = "test" });

        Assert.Equal((200, 1L), (status, before));
        Assert.Equal(2, view.GetProperty("values")[0].GetProperty("version").GetInt32());
        Assert.Equal([(null, 2), ("test", 3)], both.GetProperty("values").EnumerateArray().Select(v => (v.GetProperty("environment").GetString(), v.GetProperty("version").GetInt32())));
        Assert.Equal(("second", "second", "of test"), (await FindAsync("turned"), await FindAsync("turned", "production"), await FindAsync("turned", "test")));
        var used = (await shared.Host.GetAsync("secrets/turned", Ct)).Body.GetProperty("values");
        Assert.All(used.EnumerateArray(), v => Assert.NotEqual(JsonValueKind.Null, v.GetProperty("lastUsedAt").ValueKind));
    }

    [Fact]
    public async Task Value_MovedIntoAnotherSecretOrAltered_DoesNotOpen()
    {
        await SendAsync("POST", "secrets", new { name = "moved-from", value = "one" });
        await SendAsync("POST", "secrets", new { name = "moved-to", value = "two" });
        await shared.Host.ExecuteAsync("update mt_doc_secretrecord t set data = jsonb_set(t.data, '{values}', s.data->'values') from mt_doc_secretrecord s where t.id = 'moved-to' and s.id = 'moved-from'", Ct);

        var found = await shared.Host.Services.GetRequiredService<ISecretStore>().FindAsync(RuntimeHost.Organization, "moved-to", null, Ct);

        Assert.Equal("IB5007", found.Failure?.Code);
        Assert.Equal("one", await FindAsync("moved-from"));
    }

    [Fact]
    public async Task Secret_ThatAScenarioRefersTo_SaysWhere_AndIsNotDeleted()
    {
        await SendAsync("POST", "secrets", new { name = "scenario.erp", value = "x" });
        await shared.Host.PublishAsync(Definitions.Document("uses-secret", """{"type":"object","properties":{"gate":{"type":"string"}}}""", Definitions.Line("a", "a")), Ct);
        await shared.Host.Library.ChangeEnvironmentAsync(RuntimeHost.Person, "uses-secret", ScenarioEnvironments.Test, JsonElement.Parse("""{"gate":"${secret:erp}"}"""), null, null, Ct);

        var user = Assert.Single((await shared.Host.GetAsync("secrets/scenario.erp", Ct)).Body.GetProperty("usedBy").EnumerateArray());
        var kept = await SendAsync("DELETE", "secrets/scenario.erp", null);
        await shared.Host.Library.ChangeEnvironmentAsync(RuntimeHost.Person, "uses-secret", ScenarioEnvironments.Test, JsonElement.Parse("{}"), null, null, Ct);
        var gone = await SendAsync("DELETE", "secrets/scenario.erp", null);

        Assert.Equal(("scenario", "uses-secret", "test"), (user.GetProperty("kind").GetString(), user.GetProperty("id").GetString(), user.GetProperty("environment").GetString()));
        Assert.Equal((409, "IB5006", 204), (kept.Status, kept.Body.GetProperty("code").GetString(), gone.Status));
        Assert.Null(await FindAsync("scenario.erp"));
    }

    [Theory]
    [InlineData("POST", "secrets", """{"name":"Upper","value":"x"}""", 422, "IB5002")]
    [InlineData("POST", "secrets", """{"value":"x"}""", 422, "IB5002")]
    [InlineData("POST", "secrets", """{"name":"empty","value":""}""", 422, "IB5004")]
    [InlineData("POST", "secrets", """{"name":"where","value":"x","environment":"staging"}""", 400, "IB5008")]
    [InlineData("POST", "secrets", """{"name":"told","value":"x","description":"a\nb"}""", 422, "IB5010")]
    [InlineData("PUT", "secrets/nobody/value", """{"value":"x"}""", 404, "IB5001")]
    [InlineData("PUT", "secrets/nobody", """{"description":"x"}""", 404, "IB5001")]
    [InlineData("DELETE", "secrets/Nobody", null, 404, "IB5001")]
    public async Task Request_NotGood_IsRefusedWithItsCode(string method, string path, string? body, int status, string code)
    {
        var (answered, problem) = await SendAsync(method, path, body is null ? null : JsonElement.Parse(body));

        Assert.Equal((status, code), (answered, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Create_NameThatIsTaken_IsRefused_AndTheValueStays()
    {
        await SendAsync("POST", "secrets", new { name = "taken", value = "first" });

        var (status, problem) = await SendAsync("POST", "secrets", new { name = "taken", value = "second" });

        Assert.Equal((409, "IB5003", "first"), (status, problem.GetProperty("code").GetString(), await FindAsync("taken")));
    }

    private async Task<string?> FindAsync(string name, string? environment = null)
    {
        var found = await shared.Host.Services.GetRequiredService<ISecretStore>().FindAsync(RuntimeHost.Organization, name, environment, Ct);
        return found.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Code);
    }

    private async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, object? body)
    {
        using var request = new HttpRequestMessage(new(method), new Uri("/api/v1/" + path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await shared.Host.Client.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }
}
