using IndustryBrain.Testing;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Runtime.Tests;

/// <summary>Nodes that start at once on one empty database bring the same scenarios along: the fastest publishes, the others see it.</summary>
public sealed class SimultaneousStartTests(PostgresFixture postgres, ProbePackage plugins) : IDisposable
{
    private const int Nodes = 4;
    private readonly DirectoryInfo _bundled = Directory.CreateTempSubdirectory("ib-bundled-");

    [Fact]
    public async Task Start_FourNodesThatImportAtOnce_PublishOneVersionAndLogNoError()
    {
        var ct = TestContext.Current.CancellationToken;
        var connection = await postgres.CreateDatabaseAsync(ct);
        var folder = _bundled.CreateSubdirectory("one").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "definition.json"), Definitions.Sequence("one", Definitions.Line("a", "a")), ct);
        await using var observer = await RuntimeHost.StartAsync(connection, plugins, ct);
        await using var barrier = await Barrier.CloseAsync(connection, "insert on mt_doc_scenariorecord", "true", ct);
        var log = new CapturedLog();

        var starting = Enumerable.Range(0, Nodes).Select(_ => RuntimeHost.StartAsync(connection, plugins, builder =>
        {
            builder.Configuration["Bundled:Scenarios"] = _bundled.FullName;
            log.Attach(builder);
        }, ct)).ToArray();
        await observer.UntilAsync(Barrier.Standing, Nodes, ct);
        await barrier.OpenAsync();
        var nodes = await Task.WhenAll(starting);

        var (_, scenarios) = await observer.GetAsync("scenarios", ct);
        foreach (var node in nodes)
            await node.DisposeAsync();
        Assert.Empty(log.Of(LogLevel.Error));
        var scenario = Assert.Single(scenarios.EnumerateArray());
        Assert.Equal(("one", 1, 1), (scenario.GetProperty("definitionId").GetString(), scenario.GetProperty("version").GetInt32(), scenario.GetProperty("publishedVersion").GetInt32()));
    }

    public void Dispose() => _bundled.Delete(recursive: true);
}
