using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

public sealed class IdentityTests(PostgresFixture postgres)
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<TestSite> StartAsync(string? key = null) => await TestSite.StartAsync(await postgres.CreateDatabaseAsync(Ct), Ct, key);

    [Fact]
    public async Task Request_FromLoopback_IsTheLocalPersonOfTheDemoOrganization()
    {
        await using var site = await StartAsync();

        var caller = await site.Client.GetFromJsonAsync<Caller>("/api/v1/caller", Ct);

        Assert.Equal("demo", caller!.Organization);
        Assert.Equal(ActorKind.Person, caller.Actor.Kind);
        Assert.Equal("127.0.0.1", caller.Source);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Host", "192.168.1.1")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("X-Forwarded-For", "203.0.113.1")]
    public async Task Request_ThatAnotherSiteCouldMake_IsRefused(string header, string value)
    {
        await using var site = await StartAsync();
        foreach (var path in new[] { "/api/v1/caller", "/_blazor" })
        {
            var response = await site.SendAsync(HttpMethod.Post, path, Ct, (header, value));

            Assert.True(response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, $"{path}: {response.StatusCode}");
            Assert.StartsWith("IB40", (await ProblemAsync(response)).GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Request_FromItsOwnPage_Passes()
    {
        await using var site = await StartAsync();
        var port = site.Client.BaseAddress!.Port;

        var own = await site.SendAsync(HttpMethod.Post, "/_blazor", Ct, ("Host", $"localhost:{port}"), ("Origin", $"http://localhost:{port}"), ("Sec-Fetch-Site", "same-origin"));
        var link = await site.SendAsync(HttpMethod.Get, "/", Ct, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"));
        var frame = await site.SendAsync(HttpMethod.Get, "/", Ct, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe"));

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.OK, link.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, frame.StatusCode);
    }

    [Fact]
    public async Task Api_WithBootstrapKey_NeedsIt()
    {
        await using var site = await StartAsync(Key);

        var without = await site.SendAsync(HttpMethod.Get, "/api/v1/caller", Ct);
        var otherCase = await site.SendAsync(HttpMethod.Get, "/API/v1/caller", Ct);
        var wrong = await site.SendAsync(HttpMethod.Get, "/api/v1/caller", Ct, ("X-Api-Key", Key + "x"));
        var header = await site.SendAsync(HttpMethod.Get, "/api/v1/caller", Ct, ("X-Api-Key", Key));
        var bearer = await site.SendAsync(HttpMethod.Post, "/api/v1/caller", Ct, ("Authorization", "Bearer " + Key));
        var page = await site.SendAsync(HttpMethod.Get, "/", Ct);

        Assert.Equal((HttpStatusCode.Unauthorized, "IB4001"), (without.StatusCode, await CodeAsync(without)));
        Assert.Equal(HttpStatusCode.Unauthorized, otherCase.StatusCode);
        Assert.Equal((HttpStatusCode.Unauthorized, "IB4002"), (wrong.StatusCode, await CodeAsync(wrong)));
        Assert.Equal(ActorKind.Key, (await header.Content.ReadFromJsonAsync<Caller>(Ct))!.Actor.Kind);
        Assert.Equal(HttpStatusCode.OK, bearer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task BootstrapKey_RevokedAndSetAgain_StaysRevoked()
    {
        var connection = await postgres.CreateDatabaseAsync(Ct);
        await using (var first = await TestSite.StartAsync(connection, Ct, Key))
        {
            var keys = first.Get<ApiKeyStore>();
            var key = await keys.FindAsync(Key, Ct);
            Assert.Null((await keys.RevokeAsync(TestStorage.Caller("demo"), key!.ShortId, Ct)).Failure);
        }

        await using var second = await TestSite.StartAsync(connection, Ct, Key);
        var response = await second.SendAsync(HttpMethod.Get, "/api/v1/caller", Ct, ("X-Api-Key", Key));

        Assert.Equal((HttpStatusCode.Unauthorized, "IB4002"), (response.StatusCode, await CodeAsync(response)));
    }

    [Fact]
    public async Task Start_BootstrapKeyOfPrintableText_OpensTheApi()
    {
        const string Printable = "0123456789 abcdef !\"#$%& (x) 0123456789";
        await using var site = await TestSite.StartAsync(await postgres.CreateDatabaseAsync(Ct), Ct, Printable);

        var response = await site.SendAsync(HttpMethod.Get, "/api/v1/caller", Ct, ("X-Api-Key", Printable));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("short")]
    [InlineData(" 0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef\t0123456789abcdef")]
    public async Task Start_BootstrapKeyOfAnotherForm_IsRefused(string key)
    {
        var connection = await postgres.CreateDatabaseAsync(Ct);

        var refused = await Assert.ThrowsAsync<StorageStartException>(() => TestSite.StartAsync(connection, Ct, key));

        Assert.Equal("IB4006", refused.Failure.Code);
    }

    [Fact]
    public async Task BootstrapKey_IsNotInTheDatabase()
    {
        var connection = await postgres.CreateDatabaseAsync(Ct);
        await using var site = await TestSite.StartAsync(connection, Ct, Key);
        await using var command = site.Get<Database>().DataSource.CreateCommand("select data::text from mt_doc_apikey union all select record::text from audit_record");
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var texts = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            texts.Add(reader.GetString(0));
        }

        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts, t => t.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Endpoint_WithoutPermission_IsRefusedRecordedAndFound()
    {
        await using var site = await StartAsync();

        var response = await site.SendAsync(HttpMethod.Get, "/forgotten", Ct);
        var records = await site.Get<AuditTrail>().ReadAsync("demo", 10, Ct);

        Assert.Equal((HttpStatusCode.Forbidden, "IB4008"), (response.StatusCode, await CodeAsync(response)));
        Assert.Contains(records, r => r.GetProperty("action").GetString() == "access.deny" && r.GetProperty("result").GetString() == "denied");
        Assert.Equal("HTTP: GET /forgotten", Assert.Single(site.Endpoints.FindUnguarded()));
    }

    [Fact]
    public async Task Key_WithoutThePermission_IsRefused()
    {
        await using var site = await StartAsync();
        await site.Get<ApiKeyStore>().AddAsync(TestStorage.Caller("demo"), Key, "reader", [Permission.ReadRuns], Ct);

        var read = await site.SendAsync(HttpMethod.Get, "/api/v1/caller", Ct, ("X-Api-Key", Key));
        var start = await site.SendAsync(HttpMethod.Post, "/api/v1/caller", Ct, ("X-Api-Key", Key));

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal((HttpStatusCode.Forbidden, "IB4007"), (start.StatusCode, await CodeAsync(start)));
    }

    [Theory]
    [InlineData("en-US,zh;q=0.5", "There is no file.", "Check it.")]
    [InlineData("fr,zh-CN", "没有文件。", "请检查。")]
    [InlineData("fr", "没有文件。", "请检查。")]
    public async Task Failure_AsAnswer_SpeaksTheLanguageAskedFor(string language, string title, string action)
    {
        await using var site = await StartAsync();

        var response = await site.SendAsync(HttpMethod.Get, "/api/v1/missing", Ct, ("Accept-Language", language));
        var problem = await ProblemAsync(response);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal((title, action, "x"), (problem.GetProperty("title").GetString(), problem.GetProperty("action").GetString(), problem.GetProperty("where").GetString()));
        Assert.Equal("There is no file.", problem.GetProperty("texts").GetProperty("en").GetProperty("title").GetString());
    }

    [Fact]
    public async Task Fault_AsAnswer_TellsNothing()
    {
        await using var site = await StartAsync();

        var response = await site.SendAsync(HttpMethod.Get, "/api/v1/fault", Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("IB0900", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_ThatIsNone_IsNotFound()
    {
        await using var site = await StartAsync();

        var response = await site.SendAsync(HttpMethod.Get, "/nothing", Ct);

        Assert.Equal((HttpStatusCode.NotFound, "IB0923"), (response.StatusCode, await CodeAsync(response)));
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>(Ct);

    private static async Task<string?> CodeAsync(HttpResponseMessage response) => (await ProblemAsync(response)).GetProperty("code").GetString();
}
