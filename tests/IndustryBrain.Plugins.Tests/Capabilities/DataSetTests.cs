using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.DataSets;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>Data sets in files, from the plugin's side and from the store's.</summary>
public sealed class DataSetTests : IDisposable
{
    private const string Prices = """{"columns":[{"name":"品种","type":"text","isRequired":true},{"name":"price","type":"number"},{"name":"since","type":"date"},{"name":"at","type":"dateTime"},{"name":"open","type":"boolean"}]}""";
    private const string Readings = """{"columns":[{"name":"value","type":"number","isRequired":true}]}""";
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<PluginTier> Tiers => [PluginTier.Trusted, PluginTier.Jailed];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task DataSet_ReadAndWritten_PagesFilterAndKeepTenantsApart(PluginTier tier)
    {
        await using var brain = await StartAsync(tier, "read readings", "write readings");
        DataSetFolder.Create(brain.Options, "demo", "readings", Readings);
        DataSetFolder.Create(brain.Options, "other", "readings", Readings, """{"value":99}""");

        var first = await CallAsync(brain, new { operation = "append", name = "readings", rows = Enumerable.Range(1, 5).Select(v => new { value = v }) });
        var again = await CallAsync(brain, new { operation = "append", name = "readings", rows = Enumerable.Range(1, 5).Select(v => new { value = v }) });
        var page = await CallAsync(brain, new { operation = "read", name = "readings", query = new { limit = 2, filters = new[] { new { column = "value", comparison = "greaterOrEqual", value = 2 } } } });
        var next = await CallAsync(brain, new { operation = "read", name = "readings", query = new { limit = 9, cursor = page.GetProperty("cursor").GetString() } });
        var theirs = await CallAsync(brain, new { operation = "read", name = "readings" }, "other");
        var put = await CallAsync(brain, new { operation = "replace", name = "readings", rows = new[] { new { value = 7 } } });
        var now = await CallAsync(brain, new { operation = "read", name = "readings" });

        Assert.Equal((5, true), (first.GetProperty("rows").GetInt32(), first.GetProperty("isNew").GetBoolean()));
        Assert.False(again.GetProperty("isNew").GetBoolean());
        Assert.Equal(("2 3", "4 5", "99", "7"), (Values(page), Values(next), Values(theirs), Values(now)));
        Assert.Equal(1, put.GetProperty("rows").GetInt32());
        Assert.Equal("IB1195", await brain.RefusalAsync("connector.records", new { operation = "read", name = "readings", query = new { cursor = page.GetProperty("cursor").GetString() } }));
        Assert.Equal("IB1194", await brain.RefusalAsync("connector.records", new { operation = "read", name = "readings" }, "third"));
        var use = Assert.Single(brain.Broker.Uses, u => u.Capability == "datasets");
        Assert.Equal((9, 0, 2), (use.Requests, use.Denied, use.Failed));
    }

    [Fact]
    public async Task Csv_IsReadByItsColumns_AndIsNotWritten()
    {
        await using var brain = await StartAsync(PluginTier.Trusted, "read prices");
        DataSetFolder.Create(brain.Options, "demo", "prices", Prices, "price,品种,since,at,open\n3.5,\"热轧, 卷\",2026-01-31,2026-01-31T08:00:00+08:00,true\n,螺纹钢,2025-12-31,2026-01-31T00:00:01Z,false\n", "rows.csv");
        var store = new FileDataSetStore(brain.Options);

        var all = await CallAsync(brain, new { operation = "read", name = "prices" });
        var later = await CallAsync(brain, new { operation = "read", name = "prices", query = new { columns = new[] { "品种" }, filters = new[] { new { column = "at", comparison = "greater", value = "2026-01-31T08:00:00+08:00" } } } });
        var described = await CallAsync(brain, new { operation = "describe", name = "prices" });

        Assert.Equal("""{"price":3.5,"品种":"热轧, 卷","since":"2026-01-31","at":"2026-01-31T08:00:00+08:00","open":true}""", Row(all, 0));
        Assert.Equal("""{"品种":"螺纹钢","since":"2025-12-31","at":"2026-01-31T00:00:01Z","open":false}""", Row(all, 1));
        Assert.Equal("""{"品种":"螺纹钢"}""", Row(later, 0));
        Assert.Equal(5, described.GetProperty("columns").GetArrayLength());
        Assert.Equal("IB1197", (await store.AppendAsync("demo", "prices", [JsonElement.Parse("""{"品种":"x"}""")], "1", Ct)).Failure?.Code);
    }

    [Theory]
    [InlineData("rows.jsonl", "{\"品种\":\"a\"}\n{\"品种\":1}\n")]
    [InlineData("rows.jsonl", "{\"品种\":\"a\"}\nnot json\n")]
    [InlineData("rows.csv", "品种,price\na,1\nb,many\n")]
    [InlineData("rows.csv", "品种,none\na,1\n")]
    [InlineData("schema.json", "{")]
    [InlineData("schema.json", """{"columns":[{"name":"a","type":"text"},{"name":"a","type":"text"}]}""")]
    public async Task Files_Broken_AreSaidToBe(string file, string content)
    {
        await using var brain = await StartAsync(PluginTier.Trusted, "read prices");
        File.WriteAllText(Path.Combine(DataSetFolder.Create(brain.Options, "demo", "prices", Prices), file), content);

        Assert.Equal("IB1196", await brain.RefusalAsync("connector.records", new { operation = "read", name = "prices" }));
    }

    [Fact]
    public async Task Sizes_AreLimited()
    {
        var options = new CapabilityOptions { Folder = _folder.Path, MaxDataSetBytes = 1_024 };
        var rows = Path.Combine(DataSetFolder.Create(options, "demo", "readings", Readings, """{"value":0}"""), "rows.jsonl");
        var store = new FileDataSetStore(options);
        JsonElement[] many = [.. Enumerable.Range(1, 60).Select(v => JsonElement.Parse($$"""{"value":{{v}}}"""))];

        Assert.Null((await store.AppendAsync("demo", "readings", many, "a", Ct)).Failure);
        Assert.Equal("IB1136", (await store.AppendAsync("demo", "readings", many, "b", Ct)).Failure?.Code);
        var page = await store.ReadAsync("demo", "readings", new(), 1_000, 100, Ct);

        Assert.True(page.TryGet(out var some, out _));
        Assert.Equal(9, some.Rows.Count);
        Assert.NotNull(some.Cursor);
        Assert.Equal(61, (await File.ReadAllLinesAsync(rows, Ct)).Length);
    }

    [Fact]
    public async Task Append_BrokenOffByACrash_IsUndone_OneThatWasMadeIsKnown()
    {
        var options = new CapabilityOptions { Folder = _folder.Path };
        var folder = DataSetFolder.Create(options, "demo", "readings", Readings);
        JsonElement[] row = [JsonElement.Parse("""{"value":1}""")];
        await new FileDataSetStore(options).AppendAsync("demo", "readings", row, "first", Ct);
        var (rows, log) = (Path.Combine(folder, "rows.jsonl"), Path.Combine(folder, "writes.log"));
        var whole = new FileInfo(rows).Length;

        // Half of what was begun, and a line of the log that was broken off.
        await File.AppendAllTextAsync(log, $$"""{{"\n"}}{"id":"half","start":{{whole}},"length":24}""", Ct);
        await File.AppendAllTextAsync(rows, """{"value":2}""", Ct);
        var store = new FileDataSetStore(options);
        var known = await store.AppendAsync("demo", "readings", row, "first", Ct);
        var made = await store.AppendAsync("demo", "readings", row, "half", Ct);
        await File.AppendAllTextAsync(log, "\n{\"id\":\"bro", Ct);
        var next = await new FileDataSetStore(options).AppendAsync("demo", "readings", row, "next", Ct);
        var still = await new FileDataSetStore(options).AppendAsync("demo", "readings", row, "next", Ct);

        Assert.Equal([false, true, true, false], new[] { known, made, next, still }.Select(c => c.TryGet(out var change, out _) && change.IsNew));
        Assert.Equal(["""{"value":1}""", """{"value":1}""", """{"value":1}"""], await File.ReadAllLinesAsync(rows, Ct));
    }

    [Fact]
    public async Task Append_ManyAtATime_LosesNone()
    {
        var options = new CapabilityOptions { Folder = _folder.Path };
        DataSetFolder.Create(options, "demo", "readings", Readings);
        var store = new FileDataSetStore(options);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => Assert.Null((await store.AppendAsync("demo", "readings", [JsonElement.Parse($$"""{"value":{{i / 2}}}""")], $"{i / 2}", Ct)).Failure)));

        Assert.True((await store.ReadAsync("demo", "readings", new(), 100, 1 << 20, Ct)).TryGet(out var page, out _));
        Assert.Equal(Enumerable.Range(0, 20), page.Rows.Select(r => r.GetProperty("value").GetInt32()).Order());
    }

    private static string Values(JsonElement page) => string.Join(' ', page.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("value").GetRawText()));

    private static string Row(JsonElement page, int index) => JsonSerializer.Serialize(page.GetProperty("rows")[index], Readable);

    private static async Task<JsonElement> CallAsync(ConnectorHost brain, object input, string organization = "demo") => (await brain.OutputAsync("connector.records", input, organization)).GetProperty("value");

    private Task<ConnectorHost> StartAsync(PluginTier tier, params string[] targets) => ConnectorHost.StartAsync(_folder, tier, [new("datasets") { Targets = targets }]);
}
