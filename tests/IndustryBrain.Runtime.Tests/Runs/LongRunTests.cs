using IndustryBrain.Runtime.Runs;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests.Runs;

/// <summary>Runs that execute for long without a component or a wait.</summary>
public sealed class LongRunTests(PostgresFixture postgres, ProbePackage plugins)
{
    // Every step is cheap, all of them together would take minutes.
    private static readonly string Loop = """
        { "type": "Elsa.For", "id": "loop", "version": 1, "customProperties": {}, "metadata": {},
          "start": { "typeName": "Int32", "expression": { "type": "Literal", "value": 0 } },
          "end": { "typeName": "Int32", "expression": { "type": "Literal", "value": 90000 } },
          "step": { "typeName": "Int32", "expression": { "type": "Literal", "value": 1 } },
          "body": { "type": "Elsa.SetOutput", "id": "body", "version": 1, "customProperties": {}, "metadata": {},
            "outputName": { "typeName": "String", "expression": { "type": "Literal", "value": "result" } },
            "outputValue": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "(() => { let s = 0; for (let i = 0; i < 300; i++) s += i; return s })()" } } } }
        """;

    [Fact]
    public async Task Cancel_RunThatOnlyComputes_ShowsItsStepsAndEndsIt()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("long", Loop), ct);
        var run = await host.StartRunAsync("long", "{}", ct);

        var seen = await host.SeenAsync(run.Id, view => view.SubStatus == RunStatuses.Executing && view.StepCount > 10, ct);
        var (status, answer) = await host.PostAsync($"runs/{run.Id}/cancel", null, ct);
        var ended = await host.EndedAsync(run.Id, ct);

        Assert.False(seen.HasEnded);
        Assert.Equal((200, RunStatuses.Cancelled), (status, answer.GetProperty("subStatus").GetString()));
        Assert.Equal(RunStatuses.Cancelled, ended.SubStatus);
        Assert.InRange(ended.StepCount, seen.StepCount, 89_999);
    }

    [Fact]
    public async Task Run_ThatOnlyComputes_IsRecordedOnItsWay()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var first = await RuntimeHost.StartAsync(database, plugins, ct);
        await using var second = await RuntimeHost.StartAsync(database, plugins, ct);
        await first.PublishAsync(Definitions.Sequence("long", Loop), ct);
        var run = await first.StartRunAsync("long", "{}", ct);

        var seen = await second.SeenAsync(run.Id, view => view.StepCount > 10, ct);
        await second.PostAsync($"runs/{run.Id}/cancel", null, ct);
        var ended = await first.EndedAsync(run.Id, ct);

        Assert.True(seen.SubStatus == RunStatuses.Executing, $"{seen.SubStatus}: {string.Join("; ", seen.Incidents)}");
        Assert.Equal(RunStatuses.Cancelled, ended.SubStatus);
        await DurabilityTests.AssertEachStepRecordedOnceAsync(first, run.Id, ct);
    }
}
