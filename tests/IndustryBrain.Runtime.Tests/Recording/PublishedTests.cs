using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests.Recording;

/// <summary>What nodes keep of published scenarios: a version counts at once where it was published, and everywhere as soon as word of it came.</summary>
public sealed class PublishedTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Fact]
    public async Task Start_AfterPublishing_TakesTheNewVersionOnEachNode()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var first = await RuntimeHost.StartAsync(database, plugins, ct);
        await using var second = await RuntimeHost.StartAsync(database, plugins, ct);
        await first.PublishAsync(Definitions.Sequence("changes", Definitions.Line("a", "one")), ct);
        await first.StartRunAsync("changes", "{}", ct);
        await second.StartRunAsync("changes", "{}", ct);

        await first.PublishAsync(Definitions.Sequence("changes", Definitions.Line("a", "two")), ct);
        var here = await first.StartRunAsync("changes", "{}", ct);
        // Less than what a node keeps without hearing anything.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(4));
        while ((await second.StartRunAsync("changes", "{}", patience.Token)).Version != 2)
            await Task.Delay(20, patience.Token);

        Assert.Equal(2, here.Version);
    }
}
