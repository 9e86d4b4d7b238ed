using System.Collections.Concurrent;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Events;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>Events of plugins, in process and jailed, up to who brings them to runs.</summary>
public sealed class PublishingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly KeptEvents _events = new();

    public static TheoryData<PluginTier> Tiers => [PluginTier.Trusted, PluginTier.Jailed];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Publish_Granted_ReachesTheRunsOfItsOrganization_OncePerStep(PluginTier tier)
    {
        await using var brain = await StartAsync(tier, new Grant("events") { Targets = ["order-*"] });

        var first = await brain.OutputAsync("connector.publish", new { name = "order-done", payload = new { amount = 3 }, correlationId = "c1" });
        var again = await brain.OutputAsync("connector.publish", new { name = "order-done", payload = new { amount = 3 }, correlationId = "c1" });
        var own = await brain.OutputAsync("connector.publish", new { name = "order-done", id = "second" });
        await brain.OutputAsync("connector.publish", new { name = "order-done" }, organization: "other");

        Assert.Equal(("run-1:1/1", true), (first.GetProperty("id").GetString(), first.GetProperty("isTrue").GetBoolean()));
        Assert.Equal(("run-1:1/1", false), (again.GetProperty("id").GetString(), again.GetProperty("isTrue").GetBoolean()));
        Assert.Equal("run-1:1/second", own.GetProperty("id").GetString());
        Assert.Equal(["demo order-done c1 {\"amount\":3}", "demo order-done  ", "other order-done  "], _events.Published);
        var use = Assert.Single(brain.Broker.Uses, u => u.Capability == "events");
        Assert.Equal((4, 0, 0), (use.Requests, use.Denied, use.Failed));
    }

    [Theory]
    [InlineData("IB1131", """{"name":"shift"}""")]
    [InlineData("IB1132", """{"name":"other"}""")]
    [InlineData("IB1137", """{"name":""}""")]
    [InlineData("IB1137", """{"name":"order-*"}""")]
    [InlineData("IB1137", """{"name":"order-a","id":""}""")]
    [InlineData("IB1137", """{"name":"order-a","payload":"\u0000"}""")]
    public async Task Publish_NotGrantedOrNotGood_IsRefused(string code, string input)
    {
        await using var brain = await StartAsync(PluginTier.Trusted, new Grant("events") { Targets = ["order-*"] });

        Assert.Equal(code, await brain.RefusalAsync("connector.publish", JsonElement.Parse(input)));
        Assert.Empty(_events.Published);
    }

    [Fact]
    public async Task Publish_TooLargeOrWhereNoRunsAre_IsRefused()
    {
        await using var brain = await ConnectorHost.StartAsync(_folder, PluginTier.Trusted, [new("events") { Targets = ["order-*"] }], configure: o => o.MaxEventBytes = 100);

        Assert.Equal("IB1136", await brain.RefusalAsync("connector.publish", new { name = "order-a", payload = new string('x', 99) }));
        Assert.Equal("IB1193", await brain.RefusalAsync("connector.publish", new { name = "order-a", payload = new string('x', 98) }));
    }

    private Task<ConnectorHost> StartAsync(PluginTier tier, params Grant[] grants) => ConnectorHost.StartAsync(_folder, tier, grants, events: _events);

    /// <summary>Keeps events as a database does: once by organization and id.</summary>
    private sealed class KeptEvents : IEventPublisher
    {
        private readonly ConcurrentDictionary<(string Organization, string Id), int> _ids = new();

        public ConcurrentQueue<string> Published { get; } = new();

        public ValueTask<Result<bool>> PublishAsync(string organization, PluginEvent published, CancellationToken cancellationToken)
        {
            var isNew = _ids.TryAdd((organization, published.Id), 0);
            if (isNew)
            {
                Published.Enqueue($"{organization} {published.Name} {published.CorrelationId} {published.Payload?.GetRawText()}");
            }

            return new(isNew);
        }
    }
}
