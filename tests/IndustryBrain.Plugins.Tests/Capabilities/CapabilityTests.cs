using System.Net;
using System.Text;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Http;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>What plugins use through the host, from the plugin's side, in process and jailed.</summary>
public sealed class CapabilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<PluginTier> Tiers => [PluginTier.Trusted, PluginTier.Jailed];

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Http_LoopbackGrantedByName_AnswersThroughBothWays(PluginTier tier)
    {
        await using var server = new LoopbackServer(c => LoopbackServer.Write(c, "prices"));
        await using var brain = await StartAsync(tier, new Grant("http.private") { Targets = [$"GET {server.Url}"] });

        var fetched = await brain.OutputAsync("connector.fetch", new { url = server.Url + "/a" });
        var got = await brain.OutputAsync("connector.client", new { url = server.Url + "/b" });

        Assert.Equal(("prices", 200), (fetched.GetProperty("text").GetString(), fetched.GetProperty("status").GetInt32()));
        Assert.Equal("prices", got.GetProperty("text").GetString());
        Assert.Equal("IB1131", await brain.RefusalAsync("connector.fetch", new { url = server.Url, method = "POST", body = "x" }));
        Assert.Equal("IB1131", await brain.RefusalAsync("connector.fetch", new { url = $"http://localhost:{server.Port}" }));
        Assert.Equal("IB1131", await brain.RefusalAsync("connector.client", new { url = $"http://localhost:{server.Port}" }));
        Assert.Equal("IB1132", await brain.RefusalAsync("connector.fetch", new { url = "https://api.other.org" }));
        Assert.Equal(["GET /a", "GET /b"], server.Seen);
        var use = Assert.Single(brain.Broker.Uses, u => u.Capability == "http");
        Assert.Equal((6, 4), (use.Requests, use.Denied));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://localhost:{0}")]
    [InlineData("http://127.1:{0}")]
    [InlineData("http://2130706433:{0}")]
    [InlineData("http://0x7f000001:{0}")]
    [InlineData("http://0177.0.0.1:{0}")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}")]
    [InlineData("http://[::1]:{0}")]
    [InlineData("http://0.0.0.0:{0}")]
    [InlineData("http://①②⑦.⓪.⓪.①:{0}")]
    [InlineData("http://169.254.169.254")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]")]
    public async Task Http_AnyPublicHostGranted_ReachesNoPrivateOne(string url)
    {
        await using var server = new LoopbackServer(c => LoopbackServer.Write(c, "inside"));
        await using var brain = await StartAsync(PluginTier.Trusted, new Grant("http") { Targets = ["GET http://*:*"] });

        Assert.Equal("IB1133", await brain.RefusalAsync("connector.fetch", new { url = string.Format(System.Globalization.CultureInfo.InvariantCulture, url, server.Port) }));
        Assert.Empty(server.Seen);
    }

    [Fact]
    public async Task Http_NameResolvedToAPublicAndAPrivateAddress_IsRefused_AndIsResolvedOnce()
    {
        await using var server = new LoopbackServer(c => LoopbackServer.Write(c, "inside"));
        var asked = 0;
        Task<IPAddress[]> Resolve(string name, CancellationToken ct) => Task.FromResult<IPAddress[]>(
            ++asked == 1 ? [IPAddress.Parse("93.184.215.14"), IPAddress.Loopback] : [IPAddress.Loopback]);
        await using var brain = await StartAsync(PluginTier.Trusted, Resolve, new Grant("http") { Targets = ["GET http://*:*"] });

        Assert.Equal("IB1133", await brain.RefusalAsync("connector.fetch", new { url = $"http://rebind.example.com:{server.Port}" }));
        Assert.Equal(1, asked);
        Assert.Equal("IB1133", await brain.RefusalAsync("connector.fetch", new { url = $"http://rebind.example.com:{server.Port}" }));
        Assert.Empty(server.Seen);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Http_Redirect_IsJudgedAtEachHop(PluginTier tier)
    {
        await using var other = new LoopbackServer(c => LoopbackServer.Write(c, "other"));
        await using var server = new LoopbackServer(c =>
        {
            switch (c.Request.Url!.AbsolutePath)
            {
                case "/in":
                    c.Response.Redirect("/end");
                    break;
                case "/out":
                    c.Response.Redirect(other.Url + "/x");
                    break;
                case "/metadata":
                    c.Response.Redirect("http://169.254.169.254/latest");
                    break;
                case "/file":
                    c.Response.Redirect("file:///etc/passwd");
                    break;
                case "/nowhere":
                    c.Response.StatusCode = 302;
                    c.Response.Headers["Location"] = "//[x";
                    break;
                case "/loop":
                    c.Response.Redirect("/loop");
                    break;
                default:
                    LoopbackServer.Write(c, "end");
                    break;
            }
        });
        await using var brain = await StartAsync(tier, new Grant("http.private") { Targets = [$"GET {server.Url}"] }, new Grant("http") { Targets = ["GET http://*"] });

        var followed = await brain.OutputAsync("connector.fetch", new { url = server.Url + "/in" });

        Assert.Equal(("end", server.Url + "/end"), (followed.GetProperty("text").GetString(), followed.GetProperty("url").GetString()));
        Assert.Equal("IB1131", await brain.RefusalAsync("connector.fetch", new { url = server.Url + "/out" }));
        Assert.Equal("IB1133", await brain.RefusalAsync("connector.fetch", new { url = server.Url + "/metadata" }));
        Assert.Equal("IB1137", await brain.RefusalAsync("connector.fetch", new { url = server.Url + "/file" }));
        Assert.Equal("IB1146", await brain.RefusalAsync("connector.fetch", new { url = server.Url + "/loop" }));
        Assert.Equal(302, (await brain.OutputAsync("connector.fetch", new { url = server.Url + "/nowhere" })).GetProperty("status").GetInt32());
        Assert.Empty(other.Seen);
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override", "DELETE", "IB1137")]
    [InlineData("x-method-override", "DELETE", "IB1137")]
    [InlineData("Host", "other", "IB1137")]
    [InlineData("X-Plain", "a\r\nHost: other", "IB1137")]
    [InlineData("X-Plain: a\r\nY", "a", "IB1137")]
    [InlineData("X-Plain", "a", null)]
    public async Task Http_HeaderThatChangesTheRequest_IsRefused(string name, string value, string? code)
    {
        await using var server = new LoopbackServer(c => LoopbackServer.Write(c, "done"));
        await using var brain = await StartAsync(PluginTier.Trusted, new Grant("http.private") { Targets = [$"GET {server.Url}"] });
        var context = brain.Broker.ContextFor(brain.Host.PluginOf("connector.fetch")!, "demo", ["connector.fetch"], default, brain.Context, null!);
        var arguments = JsonSerializer.SerializeToElement(new { method = "GET", url = server.Url, headers = new[] { new { name, value } } });

        var answer = await context.RequestAsync(new("http", "send", arguments, default), Ct);

        Assert.Equal((code, code is null ? 1 : 0), (answer.Failure?.Code, server.Seen.Count));
    }

    [Fact]
    public async Task Log_OfAUse_HoldsNothingThatThePluginMadeUp()
    {
        var log = new ConnectorHost.Lines();
        await using var brain = await ConnectorHost.StartAsync(_folder, PluginTier.Trusted, [new Grant("files") { Targets = ["write"], MaxBytes = 10 }], log: log);
        var plugin = brain.Host.PluginOf("connector.fetch")!;
        plugin = plugin with { Manifest = plugin.Manifest with { Permissions = [.. plugin.Manifest.Permissions, new("files", new("写", "Writes")) { Targets = ["write"] }] } };
        var context = brain.Broker.ContextFor(plugin, "demo", ["connector.fetch"], default, brain.Context, null!);
        var create = await context.RequestAsync(new("files", "create", JsonSerializer.SerializeToElement(new { name = "a\r\n\u001b[2J" + new string('x', 100_000) }), default), Ct);
        var append = await context.RequestAsync(new("files", "append", JsonSerializer.SerializeToElement(new { number = 1 }), new byte[11]), Ct);
        await context.RequestAsync(new("http", "made\nup", default, default), Ct);

        Assert.Equal((null, "IB1136"), (create.Failure?.Code, append.Failure?.Code));
        Assert.All(log.Written, line => Assert.True(line.Length < 1_000 && !line.Any(char.IsControl) && !line.Contains("made", StringComparison.Ordinal), line[..Math.Min(line.Length, 200)]));
        Assert.Equal(3, log.Written.Count);
    }

    [Fact]
    public async Task Http_Sizes_AreLimited()
    {
        await using var server = new LoopbackServer(c => LoopbackServer.Write(c, new string('x', 5_000)));
        await using var brain = await StartAsync(PluginTier.Trusted, new Grant("http.private") { Targets = [$"GET {server.Url}"], MaxBytes = 4_999 });

        Assert.Equal("IB1136", await brain.RefusalAsync("connector.fetch", new { url = server.Url }));
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Folder_KeepsFiles_WithinItsQuotaAndItself(PluginTier tier)
    {
        await using var brain = await StartAsync(tier, new Grant("folder"));

        await brain.OutputAsync("connector.folder", new { operation = "write", name = "a/b.txt", text = "one" });
        await brain.OutputAsync("connector.folder", new { operation = "append", name = "a/b.txt", text = "two" });
        var read = await brain.OutputAsync("connector.folder", new { operation = "read", name = "a/b.txt" });
        var tail = await brain.OutputAsync("connector.folder", new { operation = "tail", name = "a/b.txt" });

        Assert.Equal(("onetwo", "etw"), (read.GetProperty("text").GetString(), tail.GetProperty("text").GetString()));
        Assert.Equal("IB1138", await brain.RefusalAsync("connector.folder", new { operation = "write", name = "big", text = new string('x', 1_000) }));
        Assert.Equal("IB1139", await brain.RefusalAsync("connector.folder", new { operation = "read", name = "none" }));
        foreach (var name in new[] { "../x", "a/../../x", "/etc/passwd", "a\\b", "C:x", "a//b", ".", ".hidden", "x.", "NUL", "a:b", "", "x\0" })
        {
            Assert.Equal("IB1137", await brain.RefusalAsync("connector.folder", new { operation = "write", name, text = "x" }));
        }

        Assert.Equal([], (await brain.OutputAsync("connector.folder", new { operation = "list" }, organization: "other")).GetProperty("names").EnumerateArray());
        await brain.OutputAsync("connector.folder", new { operation = "delete", name = "a/b.txt" });
        Assert.Equal([], (await brain.OutputAsync("connector.folder", new { operation = "list" })).GetProperty("names").EnumerateArray());
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Secret_Granted_IsTakenOutOfWhatThePluginSays(PluginTier tier)
    {
        const string Secret = "s3cret/Ω+value";
        await using var brain = await StartAsync(tier, new Grant("secrets") { Targets = ["plant-key"] });
        brain.Secrets.Set("demo", "plant-key", Secret);

        var failure = (await brain.CallAsync("connector.tells", new { name = "plant-key" })).Failure!;

        Assert.Equal("Sample.Connector:TOLD", failure.Code);
        var said = string.Join('\n', brain.Context.Said.Append(JsonSerializer.Serialize(failure, JsonSerializerOptions.Web)));
        Assert.Contains("the key is ***", said, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))[..12], said, StringComparison.Ordinal);
        Assert.Equal("IB1132", await brain.RefusalAsync("connector.tells", new { name = "plant-token" }));
        Assert.Equal("IB1143", await brain.RefusalAsync("connector.tells", new { name = "plant-key" }, organization: "other"));
    }

    [Fact]
    public async Task Secret_SentOnly_GoesToTheServerAndNotToThePlugin()
    {
        await using var server = new LoopbackServer(c => LoopbackServer.Write(c, "in"));
        await using var brain = await StartAsync(PluginTier.Jailed, new Grant("secrets") { Targets = ["send plant-token"] }, new Grant("http.private") { Targets = [$"GET {server.Url}"] });
        brain.Secrets.Set("demo", "plant-token", "token-1");

        await brain.OutputAsync("connector.fetch", new { url = server.Url, secret = "plant-token" });

        Assert.Equal(["GET / Bearer token-1"], server.Seen);
        Assert.Equal("IB1132", await brain.RefusalAsync("connector.tells", new { name = "plant-token" }));
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Request_NothingGrantedOrUnknownOrAfterTheCall_IsRefused(PluginTier tier)
    {
        await using var brain = await StartAsync(tier);

        Assert.Equal("IB1131", await brain.RefusalAsync("connector.folder", new { operation = "list" }));
        Assert.Equal("IB1140", await brain.RefusalAsync("connector.asks", new { capability = "teleport", operation = "go" }));
        Assert.Equal(tier == PluginTier.Trusted ? "IB1142" : "IB7110", await brain.RefusalAsync("connector.asks", new { capability = "folder", operation = "again" }));
    }

    [Fact]
    public async Task Grants_BeyondTheManifest_AreRefused()
    {
        await using var brain = await StartAsync(PluginTier.Trusted);

        Assert.Equal("IB1147", Grants.Of(brain.Manifest, [new("teleport")]).Failure?.Code);
        Assert.Equal("IB1147", Grants.Of(brain.Manifest, [new("http") { Targets = ["POST https://api.example.com"] }]).Failure?.Code);
        Assert.Equal("IB1147", Grants.Of(brain.Manifest with { Permissions = [.. brain.Manifest.Permissions.Select(p => p with { MaxBytes = 1_000 })] }, [new("http") { MaxBytes = 1_001 }]).Failure?.Code);
        Assert.Null(Grants.Of(brain.Manifest, [new("http") { Targets = ["GET http://api.example.com"] }, new("secrets") { Targets = ["send plant-key"] }]).Failure);
    }

    private Task<ConnectorHost> StartAsync(PluginTier tier, params Grant[] grants) => ConnectorHost.StartAsync(_folder, tier, grants);

    private Task<ConnectorHost> StartAsync(PluginTier tier, Func<string, CancellationToken, Task<IPAddress[]>> resolve, params Grant[] grants) => ConnectorHost.StartAsync(_folder, tier, grants, resolve);
}
