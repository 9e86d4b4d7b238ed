using System.Text.Json;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>Data sets from the plugin's side.</summary>
public sealed class DataSetTests : IDisposable
{
    private const string Readings = """{"columns":[{"name":"value","type":"number","isRequired":true}]}""";
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<PluginTier> Tiers => [PluginTier.Trusted, PluginTier.Jailed];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task DataSet_ReadAndWritten_PagesFilterAndKeepTenantsApart(PluginTier tier)
    {
        await using var brain = await StartAsync(tier, "read readings", "write readings");
        brain.DataSets.Add("demo", "readings", Readings);
        brain.DataSets.Add("other", "readings", Readings, """{"value":99}""");

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
        Assert.Equal("IB1194", await brain.RefusalAsync("connector.records", new { operation = "read", name = "readings" }, "third"));
        var use = Assert.Single(brain.Broker.Uses, u => u.Capability == "datasets");
        Assert.Equal((8, 0, 1), (use.Requests, use.Denied, use.Failed));
    }

    private static string Values(JsonElement page) => string.Join(' ', page.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("value").GetRawText()));

    private static async Task<JsonElement> CallAsync(ConnectorHost brain, object input, string organization = "demo") => (await brain.OutputAsync("connector.records", input, organization)).GetProperty("value");

    private Task<ConnectorHost> StartAsync(PluginTier tier, params string[] targets) => ConnectorHost.StartAsync(_folder, tier, [new("datasets") { Targets = targets }]);
}
