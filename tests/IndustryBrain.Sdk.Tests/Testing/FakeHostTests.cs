using System.Net;
using System.Text;
using System.Text.Json;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Testing;

namespace IndustryBrain.Sdk.Tests.Testing;

public sealed class FakeHostTests
{
    private readonly FakeHost _host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FakeContext Context => field ??= new FakeContext(_host);

    public static TheoryData<string, string> NothingPrepared => new()
    {
        { "http", "http GET https://api.acme.com" },
        { "open", "files" },
        { "save", "files write" },
        { "folder", "folder" },
        { "secret", "secrets erp" },
        { "send", "secrets send erp" },
        { "knowledge", "knowledge factors.grid" },
        { "datasets", "datasets read prices" },
        { "write", "datasets write prices" },
        { "mqtt", "mqtt plant line1/state" },
        { "events", "events order-done" },
        { "clock", "clock" },
    };

    [Theory]
    [MemberData(nameof(NothingPrepared))]
    public async Task Use_NothingPrepared_IsNotGranted(string use, string permission)
    {
        var failure = await UseAsync(Context, use);

        Assert.Equal(("IB1131", permission), (failure?.Code, failure?.Where));
    }

    [Theory]
    [MemberData(nameof(NothingPrepared))]
    public async Task Use_PreparedButNotDeclaredByThePlugin_IsNotDeclared(string use, string permission)
    {
        var host = new FakeHost(typeof(FakeHostTests));
        Prepare(host);

        var failure = await UseAsync(new FakeContext(host), use);

        Assert.Equal(("IB1132", permission), (failure?.Code, failure?.Where));
    }

    [Theory]
    [MemberData(nameof(NothingPrepared))]
    public async Task Use_Prepared_IsServed(string use, string permission)
    {
        Prepare(_host);

        Assert.True(await UseAsync(Context, use) is null, permission);
    }

    [Fact]
    public async Task Use_CapabilityOfALaterSdk_IsUnknownUntilServed()
    {
        var request = new CapabilityRequest("opcua", "read", JsonElement.Parse("{}"));
        Assert.Equal("IB1140", (await Context.RequestAsync(request, Ct)).Failure?.Code);

        _host.Serve("opcua", (_, _) => new(new CapabilityAnswer(JsonElement.Parse("""{"value":7}"""))));

        Assert.True((await Context.RequestAsync(request, Ct)).TryGet(out var answer, out _));
        Assert.Equal(7, answer.Value.GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Call_Component_GivesOutputProgressAndLog()
    {
        var call = await _host.CallAsync(new Volume(), new VolumeInput(100, 12), Ct);

        Assert.Equal(1.2, call.OutputAs<VolumeOutput>().Volume, 1e-12);
        Assert.Equal(0.5, Assert.Single(call.Context.Reported).Fraction);
        Assert.Equal("100", Assert.Single(call.Context.Logged).Properties["area"]);
    }

    [Fact]
    public async Task Call_Refusal_IsTheFailureAndOutputSaysIt()
    {
        var call = await _host.CallAsync(new Volume(), """{"area":-1,"depth":2}""", Ct);

        Assert.Equal("IB7105", call.Failure?.Code);
        Assert.Contains("IB7105", Assert.Throws<InvalidOperationException>(() => call.Output).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FileThatTheInputDoesNotName_IsNotHandedOver()
    {
        var (handed, other) = (_host.Files.Add("a.csv", "1"), _host.Files.Add("b.csv", "2"));
        var context = new FakeContext(_host) { Input = JsonSerializer.SerializeToElement(new { data = new { file = handed.File } }) };

        Assert.Equal("IB1190", (await context.OpenFileAsync(other, Ct)).Failure?.Code);
        Assert.True((await context.OpenFileAsync(handed, Ct)).TryGet(out var content, out _));
        Assert.False(content.CanSeek);
        Assert.Equal("1", await new StreamReader(content).ReadToEndAsync(Ct));
    }

    [Fact]
    public async Task Save_FileInPieces_IsKeptWholeAndCanBeOpened()
    {
        _host.Files.AllowSaving();
        var bytes = Enumerable.Range(0, 3_000_000).Select(i => (byte)i).ToArray();

        var saved = await Context.SaveFileAsync("big.bin", (stream, ct) => stream.WriteAsync(bytes, ct).AsTask(), Ct);

        Assert.True(saved.TryGet(out var reference, out _));
        Assert.Equal(bytes, Assert.Single(_host.Files.Saved).Content.ToArray());
        Assert.Null((await Context.OpenFileAsync(reference, Ct)).Failure);
    }

    [Fact]
    public async Task Folder_WriteAppendReadDelete_BehavesAsAFolder()
    {
        _host.Folder.Allow(maxBytes: 10);

        await Context.Folder.WriteAsync("models/a.bin", "abc"u8.ToArray(), Ct);
        await Context.Folder.AppendAsync("models/a.bin", "def"u8.ToArray(), Ct);

        Assert.True((await Context.Folder.ReadAsync("models/a.bin", 2, 3, Ct)).TryGet(out var part, out _));
        Assert.Equal("cde", Encoding.ASCII.GetString(part.Span));
        Assert.Equal("IB1138", (await Context.Folder.WriteAsync("b", new byte[5], Ct)).Failure?.Code);
        Assert.Equal("IB1137", (await Context.Folder.WriteAsync("../b", new byte[1], Ct)).Failure?.Code);
        Assert.Equal("IB1139", (await Context.Folder.ReadAsync("b", Ct)).Failure?.Code);
        Assert.True((await Context.Folder.DeleteAsync("models/a.bin", Ct)).TryGet(out var wasThere, out _) && wasThere);
        Assert.Empty(_host.Folder.Content);
    }

    [Fact]
    public async Task Secret_InLogAndProgress_IsTakenOut()
    {
        _host.Secrets.Add("erp", "s3cret-value");

        Assert.True((await Context.Secrets.GetAsync("erp", Ct)).TryGet(out var value, out _));
        Context.Log(ComponentLogLevel.Information, $"Signed in with {value}", ("token", value));
        Context.Report(1, new(value, value));

        var said = JsonSerializer.Serialize(new { Context.Logged, Context.Reported });
        Assert.DoesNotContain("s3cret", said, StringComparison.Ordinal);
        Assert.Contains("***", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_ForSendingOnly_IsSentButNotRead()
    {
        _host.Secrets.AddForSending("erp", "s3cret");
        _host.Http.Reply("POST https://api.acme.com/orders", "{}", HttpStatusCode.Created);
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.acme.com/orders") { Content = new StringContent("""{"n":1}""") };
        HttpCapability.AddSecretHeader(request, "Authorization", "erp", "Bearer ");

        Assert.Equal("IB1131", (await Context.Secrets.GetAsync("erp", Ct)).Failure?.Code);
        Assert.True((await Context.Http.SendAsync(request, Ct)).TryGet(out var response, out _));
        using (response)
        {
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }

        var sent = Assert.Single(_host.Http.Requests);
        Assert.Equal(("Bearer s3cret", """{"n":1}"""), (sent.Header("authorization"), sent.Text));
    }

    [Fact]
    public async Task Http_PreparedHost_OtherPathIsNoReplyAndOtherHostNotGranted()
    {
        _host.Http.Reply("GET https://api.acme.com/rain*", """{"mm":3}""");

        Assert.True((await Context.Http.GetAsync(new("https://api.acme.com/rain?day=2"), Ct)).TryGet(out var response, out _));
        using (response)
        {
            Assert.Equal("""{"mm":3}""", await response.Content.ReadAsStringAsync(Ct));
        }

        Assert.Equal("IB7111", (await Context.Http.GetAsync(new("https://api.acme.com/snow"), Ct)).Failure?.Code);
        Assert.Equal("IB1131", (await Context.Http.GetAsync(new("https://other.acme.com/rain"), Ct)).Failure?.Code);
        Assert.Equal("IB1137", (await Context.Http.GetAsync(new("ftp://api.acme.com/rain"), Ct)).Failure?.Code);
    }

    [Fact]
    public async Task Http_ReplyThatThrows_IsTheFailureOfAHostThatIsAway()
    {
        _host.Http.Reply(request => request.Url.AbsolutePath == "/slow" ? throw new TimeoutException() : request.Url.AbsolutePath == "/gone" ? throw new HttpRequestException(HttpRequestError.ConnectionError) : null);

        var (slow, gone) = ((await Context.Http.GetAsync(new("https://a.com/slow"), Ct)).Failure, (await Context.Http.GetAsync(new("https://a.com/gone"), Ct)).Failure);

        Assert.Equal(("IB1135", "IB1134"), (slow?.Code, gone?.Code));
        Assert.True(slow!.IsTransient && gone!.IsTransient);
    }

    [Fact]
    public async Task Knowledge_OfTheRealComponent_IsAskedAndRefusesItself()
    {
        _host.Knowledge.Answer("rain.volume", new Volume());

        var answered = await Context.Knowledge.AskAsync<VolumeInput, VolumeOutput>("rain.volume", new(10, 10), Ct);
        var refused = await Context.Knowledge.AskAsync<VolumeInput, VolumeOutput>("rain.volume", new(-1, 10), Ct);

        Assert.True(answered.TryGet(out var reply, out _));
        Assert.Equal((0.1, "rain.volume"), (reply.Answer.Volume, reply.Origin.Component));
        Assert.Equal("IB7105", refused.Failure?.Code);
    }

    [Fact]
    public async Task DataSets_QueryAndPages_GiveTheRows()
    {
        DataSetColumn[] columns = [new("day", DataSetColumnType.Date, IsRequired: true), new("price", DataSetColumnType.Number)];
        _host.DataSets.Add("prices", columns, Enumerable.Range(1, 9).Select(i => (object)new { day = $"2026-01-0{i}", price = i * 1.5 }));
        var query = new DataSetQuery { Filters = [new("day", DataSetComparison.Greater, JsonElement.Parse("\"2026-01-03\"")), new("price", DataSetComparison.LessOrEqual, JsonElement.Parse("12"))], Columns = ["price"], Limit = 3 };

        Assert.True((await Context.DataSets.ReadAsync("prices", query, Ct)).TryGet(out var first, out _));
        Assert.True((await Context.DataSets.ReadAsync("prices", query with { Cursor = first.Cursor }, Ct)).TryGet(out var second, out _));

        Assert.Equal(["{\"price\":6}", "{\"price\":7.5}", "{\"price\":9}"], first.Rows.Select(r => r.GetRawText().Replace("6.0", "6", StringComparison.Ordinal).Replace("9.0", "9", StringComparison.Ordinal)));
        Assert.Equal(2, second.Rows.Count);
        Assert.Null(second.Cursor);
        Assert.Equal("IB1137", (await Context.DataSets.ReadAsync("prices", new() { Columns = ["cost"] }, Ct)).Failure?.Code);
    }

    [Fact]
    public async Task DataSets_AppendAgainByTheSameStep_AddsOnce()
    {
        _host.DataSets.Add("prices", [new("price", DataSetColumnType.Number)], isWritable: true);
        JsonElement[] rows = [JsonElement.Parse("""{"price":1}""")];

        await Context.DataSets.AppendAsync("prices", rows, null, Ct);
        var again = await new FakeContext(_host).DataSets.AppendAsync("prices", rows, null, Ct);
        await new FakeContext(_host) { Key = "test:2" }.DataSets.AppendAsync("prices", rows, null, Ct);

        Assert.True(again.TryGet(out var change, out _) && !change.IsNew);
        Assert.Equal(2, _host.DataSets.RowsOf("prices").Count);
        Assert.Equal("IB1137", (await Context.DataSets.AppendAsync("prices", [JsonElement.Parse("""{"price":"x"}""")], null, Ct)).Failure?.Code);
    }

    [Theory]
    [InlineData("plant line1/+/state", "line1/a/state", true)]
    [InlineData("plant line1/+/state", "line1/a/b/state", false)]
    [InlineData("plant line1/#", "line1/a/b/state", true)]
    [InlineData("plant #", "line2/a", true)]
    [InlineData("other #", "line2/a", false)]
    [InlineData("plant +/a", "line2/a", true)]
    [InlineData("plant line1", "line1/a", false)]
    public async Task Mqtt_TopicFilter_DecidesWhatMayBePublished(string allowed, string topic, bool isServed)
    {
        _host.Mqtt.Allow(allowed);

        var published = await Context.Mqtt.PublishAsync(new("plant", topic, "1"u8.ToArray()), Ct);

        Assert.Equal(isServed, published.Failure is null);
        Assert.Equal(isServed ? 1 : 0, _host.Mqtt.Published.Count);
    }

    [Fact]
    public async Task Events_SameStepAgain_PublishesOnce()
    {
        _host.Events.Allow("order-*");

        await Context.Events.PublishAsync("order-done", JsonElement.Parse("1"), Ct);
        var again = await new FakeContext(_host).Events.PublishAsync("order-done", JsonElement.Parse("1"), Ct);

        Assert.True(again.TryGet(out var receipt, out _) && !receipt.IsNew);
        Assert.Equal("order-done", Assert.Single(_host.Events.Published).Name);
    }

    [Fact]
    public async Task Clock_TimeOfTheTest_IsTheTimeOfTheHost()
    {
        _host.Time = new StandingTime();
        _host.Clock.Allow("Asia/Shanghai");

        Assert.True((await Context.Clock.ReadAsync(Ct)).TryGet(out var reading, out _));

        Assert.Equal((new DateTimeOffset(2026, 2, 1, 7, 0, 0, TimeSpan.FromHours(8)), "Asia/Shanghai"), (reading.Now, reading.TimeZone));
        Assert.Equal(reading.Now, Context.Time.GetUtcNow());
    }

    private static void Prepare(FakeHost host)
    {
        host.Http.Reply("GET https://api.acme.com/", "{}");
        host.Files.Add("a.csv", "1");
        host.Files.AllowSaving();
        host.Folder.Allow();
        host.Secrets.Add("erp", "s3cret");
        host.Knowledge.Answer("factors.grid", new { factor = 0.5 });
        host.DataSets.Add("prices", [new("price", DataSetColumnType.Number)], isWritable: true);
        host.Mqtt.Allow("plant line1/+");
        host.Events.Allow("order-*");
        host.Clock.Allow();
    }

    private static async Task<Failure?> UseAsync(FakeContext context, string use)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.acme.com/");
        HttpCapability.AddSecretHeader(request, "X-Key", "erp");
        return use switch
        {
            "http" => (await context.Http.GetAsync(new("https://api.acme.com/"), Ct)).Failure,
            "open" => (await context.OpenFileAsync(new("file-1"), Ct)).Failure,
            "save" => (await context.SaveFileAsync("a.txt", new MemoryStream([1]), Ct)).Failure,
            "folder" => (await context.Folder.ListAsync(Ct)).Failure,
            "secret" => (await context.Secrets.GetAsync("erp", Ct)).Failure,
            "send" => (await context.Http.SendAsync(request, Ct)).Failure,
            "knowledge" => (await context.Knowledge.AskAsync("factors.grid", JsonElement.Parse("{}"), Ct)).Failure,
            "datasets" => (await context.DataSets.DescribeAsync("prices", Ct)).Failure,
            "write" => (await context.DataSets.ReplaceAsync("prices", [], Ct)).Failure,
            "mqtt" => (await context.Mqtt.PublishAsync(new("plant", "line1/state", default), Ct)).Failure,
            "events" => (await context.Events.PublishAsync("order-done", null, Ct)).Failure,
            _ => (await context.Clock.ReadAsync(Ct)).Failure,
        };
    }

    private sealed class StandingTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 31, 23, 0, 0, TimeSpan.Zero);
    }
}
