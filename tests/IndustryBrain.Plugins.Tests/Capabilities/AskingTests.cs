using IndustryBrain.Plugins.Capabilities;
using Microsoft.Extensions.Time.Testing;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>Knowledge of other plugins, the clock, and the files of the run.</summary>
public sealed class AskingTests : IDisposable
{
    private static readonly Grant AllKnowledge = new("knowledge") { Targets = ["connector.*", "other.rules"] };
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<PluginTier> Tiers => [PluginTier.Trusted, PluginTier.Jailed];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Knowledge_Granted_AnswersWithItsProvenance(PluginTier tier)
    {
        await using var brain = await ConnectorHost.StartAsync(_folder, tier, [AllKnowledge]);

        var advice = await brain.OutputAsync("connector.inquire", new { component = "connector.shifts", date = "2026-03-01" });

        var plugin = brain.Host.PluginOf("connector.shifts")!;
        Assert.Equal((8.0, "Works agreement 7"), (advice.GetProperty("hours").GetDouble(), advice.GetProperty("source").GetString()));
        Assert.Equal(
            (plugin.Manifest.Id, plugin.Manifest.Version, plugin.Sha256),
            (advice.GetProperty("plugin").GetString(), advice.GetProperty("version").GetString(), advice.GetProperty("sha256").GetString()));
        Assert.Contains("connector.shifts: asked", brain.Context.Said);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Knowledge_ToolOrAbsentOrNotGrantedOrEndless_IsRefused(PluginTier tier)
    {
        await using var brain = await ConnectorHost.StartAsync(_folder, tier, [AllKnowledge]);
        await using var poor = await ConnectorHost.StartAsync(_folder, tier, [new("knowledge") { Targets = ["other.rules"] }]);

        Assert.Equal("IB1191", await brain.RefusalAsync("connector.inquire", new { component = "connector.today", date = "2026-03-01" }));
        Assert.Equal("IB1191", await brain.RefusalAsync("connector.inquire", new { component = "other.rules", date = "2026-03-01" }));
        Assert.Equal("IB1192", await brain.RefusalAsync("connector.inquire", new { component = "connector.shifts", date = "2026-03-01", next = "connector.shifts" }));
        Assert.Equal("IB1132", await brain.RefusalAsync("connector.inquire", new { component = "other.secrets", date = "2026-03-01" }));
        Assert.Equal("IB1137", await brain.RefusalAsync("connector.inquire", new { component = "connector.*", date = "2026-03-01" }));
        Assert.Equal("IB1131", await poor.RefusalAsync("connector.inquire", new { component = "connector.shifts", date = "2026-03-01" }));
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Clock_IsTheHostsInThePlatformsZone(PluginTier tier)
    {
        var time = new FakeTimeProvider(new(2031, 5, 1, 20, 0, 0, TimeSpan.Zero));
        await using var brain = await ConnectorHost.StartAsync(_folder, tier, [new("clock")], time: time, configure: o => o.TimeZone = "Asia/Shanghai");

        var told = await brain.OutputAsync("connector.today", new { });

        Assert.Equal((new DateTimeOffset(2031, 5, 2, 4, 0, 0, TimeSpan.FromHours(8)), "Asia/Shanghai"), (told.GetProperty("now").GetDateTimeOffset(), told.GetProperty("timeZone").GetString()));
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task File_OnlyOneThatWasHandedOver_IsOpened(PluginTier tier)
    {
        await using var brain = await ConnectorHost.StartAsync(_folder, tier, [new("files"), AllKnowledge]);
        var files = new[] { new { file = "a1" }, new { file = "b2" } };

        var read = await brain.OutputAsync("connector.open", new { files, id = "b2" });

        Assert.Equal("content", read.GetProperty("text").GetString());
        Assert.Equal("IB1190", await brain.RefusalAsync("connector.open", new { files, id = "c3" }));
        Assert.Equal("IB1190", await brain.RefusalAsync("connector.open", new { id = "b2" }));
        Assert.Equal("IB1190", await brain.RefusalAsync("connector.open", new { files, id = "B2" }));
        Assert.Equal(["b2"], brain.Context.Opened);
        Assert.Equal((4, 3), brain.Broker.Uses.Where(u => u.Capability == "files").Select(u => (u.Requests, u.Denied)).Single());
    }
}
