using System.Net;
using System.Text;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Testing;

namespace IndustryBrain.Sdk.Tests.Testing;

/// <summary>Recorded against a real server of this machine, replayed without it.</summary>
public sealed class CassetteTests : IDisposable
{
    private readonly string _cassette = Path.Combine(Directory.CreateTempSubdirectory("ib-cassette-").FullName, "rain.json");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_cassette)!, recursive: true);

    [Fact]
    public async Task Replay_AfterTheServerIsGone_GivesWhatWasRecorded()
    {
        string origin;
        await using (var server = new LoopbackServer(context => Text(context, $"{context.Request.HttpMethod} {context.Request.Url!.PathAndQuery}")))
        {
            origin = server.Origin;
            var recording = new FakeHost();
            recording.Http.Record(_cassette);
            Assert.Equal("GET /rain?day=1", await GetAsync(recording, $"{origin}/rain?day=1"));
            Assert.Equal("GET /rain?day=2", await GetAsync(recording, $"{origin}/rain?day=2"));
        }

        var host = new FakeHost();
        host.Http.Replay(_cassette);

        Assert.Equal("GET /rain?day=2", await GetAsync(host, $"{origin}/rain?day=2"));
        Assert.Equal("GET /rain?day=1", await GetAsync(host, $"{origin}/rain?day=1"));
        Assert.Equal("GET /rain?day=1", await GetAsync(host, $"{origin}/rain?day=1"));
        var other = (await new FakeContext(host).Http.GetAsync(new($"{origin}/rain?day=3"), Ct)).Failure;
        Assert.Equal(("IB7112", $"GET {origin}/rain?day=3"), (other?.Code, other?.Where));
    }

    [Fact]
    public async Task Replay_EqualRequests_GetTheirRepliesInOrder()
    {
        string url;
        var replies = 0;
        await using (var server = new LoopbackServer(context => Text(context, $"{Interlocked.Increment(ref replies)}")))
        {
            url = $"{server.Origin}/state";
            var recording = new FakeHost();
            recording.Http.Record(_cassette);
            await GetAsync(recording, url);
            await GetAsync(recording, url);
        }

        var host = new FakeHost();
        host.Http.Replay(_cassette);

        Assert.Equal(["1", "2", "2"], [await GetAsync(host, url), await GetAsync(host, url), await GetAsync(host, url)]);
    }

    [Fact]
    public async Task Record_Secrets_StandNowhereOnTheCassetteAndRepliesAreFoundAgain()
    {
        string url;
        await using (var server = new LoopbackServer(context =>
        {
            context.Response.Headers["Set-Cookie"] = "sid=cookie-of-server";
            return Text(context, """{"access_token":"token-of-server","echo":"key-of-vendor","rain":3}""", "application/json");
        }))
        {
            url = $"{server.Origin}/login?api_key=key-in-query&day=1";
            var recording = new FakeHost();
            recording.Secrets.Add("erp", "key-of-vendor");
            recording.Http.Record(_cassette);

            Assert.Contains("token-of-server", await PostAsync(recording, url, """{"password":"in-json","station":"key-of-vendor/7"}"""), StringComparison.Ordinal);
        }

        var written = await File.ReadAllTextAsync(_cassette, Ct);
        Assert.All(["cookie-of-server", "token-of-server", "key-of-vendor", "key-in-query", "in-json", "cookie-of-client", "bearer-of-client", "a2V5LW9mLXZlbmRvcg"], secret => Assert.DoesNotContain(secret, written, StringComparison.Ordinal));
        Assert.Contains("\"Authorization\"", written, StringComparison.Ordinal);

        var host = new FakeHost();
        host.Secrets.Add("erp", "another-key");
        host.Http.Replay(_cassette);
        Assert.Contains("\"rain\": 3", (await PostAsync(host, url, """{"password":"other","station":"another-key/7"}""")).Replace("\"rain\":3", "\"rain\": 3", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_RedirectToAnotherHost_TakesNoCredentialThere()
    {
        var credentials = new List<string?>();
        await using var target = new LoopbackServer(context =>
        {
            credentials.Add(context.Request.Headers["Authorization"] ?? context.Request.Headers["X-Api-Key"] ?? context.Request.Headers["Cookie"]);
            return Text(context, "there");
        });
        await using var server = new LoopbackServer(context =>
        {
            context.Response.Redirect($"{target.Origin}/next");
            return Text(context, "");
        });
        var host = new FakeHost();
        host.Secrets.Add("erp", "key-of-vendor");
        host.Http.Record(_cassette);

        Assert.Equal("there", await PostAsync(host, $"{server.Origin}/start", "{}"));
        Assert.Equal([null], credentials);
    }

    [Fact]
    public async Task Record_BytesThatAreNoText_ComeBackAsTheyWere()
    {
        byte[] bytes = [0xff, 0x00, 0x80, .. "key-of-vendor"u8, 0xfe];
        string url;
        await using (var server = new LoopbackServer(async context =>
        {
            context.Response.ContentType = "application/octet-stream";
            await context.Response.OutputStream.WriteAsync(bytes, Ct);
        }))
        {
            url = $"{server.Origin}/model.bin";
            var recording = new FakeHost();
            recording.Secrets.Add("erp", "key-of-vendor");
            recording.Http.Record(_cassette);
            await GetAsync(recording, url);
        }

        var host = new FakeHost();
        host.Http.Replay(_cassette);

        Assert.True((await new FakeContext(host).Http.GetAsync(new(url), Ct)).TryGet(out var response, out _));
        using (response)
        {
            Assert.Equal([0xff, 0x00, 0x80, .. "*************"u8, 0xfe], await response.Content.ReadAsByteArrayAsync(Ct));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no json")]
    [InlineData("""{"cassette":2,"exchanges":[]}""")]
    [InlineData("""{"cassette":1}""")]
    public async Task Replay_FileMissingOrDamaged_IsRefusedWithItsName(string? content)
    {
        if (content is not null)
        {
            await File.WriteAllTextAsync(_cassette, content, Ct);
        }

        var host = new FakeHost();
        host.Http.Replay(_cassette);
        var failure = (await new FakeContext(host).Http.GetAsync(new("https://api.acme.com/"), Ct)).Failure;

        Assert.Equal(("IB7113", "rain.json"), (failure?.Code, failure?.Where));
    }

    private static async Task<string> GetAsync(FakeHost host, string url)
    {
        var answered = await new FakeContext(host).Http.GetAsync(new(url), Ct);
        Assert.True(answered.TryGet(out var response, out var failure), failure?.ToString());
        using (response)
        {
            return await response.Content.ReadAsStringAsync(Ct);
        }
    }

    private static async Task<string> PostAsync(FakeHost host, string url, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Add("Cookie", "cookie-of-client");
        request.Headers.Add("Authorization", "Bearer bearer-of-client");
        HttpCapability.AddSecretHeader(request, "X-Api-Key", "erp");
        var answered = await new FakeContext(host).Http.SendAsync(request, Ct);
        Assert.True(answered.TryGet(out var response, out var failure), failure?.ToString());
        using (response)
        {
            return await response.Content.ReadAsStringAsync(Ct);
        }
    }

    private static async Task Text(HttpListenerContext context, string text, string type = "text/plain")
    {
        context.Response.ContentType = type;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text), Ct);
    }
}
