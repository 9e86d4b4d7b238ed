using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests;

public sealed class RunApiTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Fact]
    public async Task StartRun_WithWait_AnswersTheFinishedRunWithItsSteps()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("double", Definitions.Line("hello", "hello"), Definitions.Probe("calc", "double"), Definitions.Output("out", "calc")), ct);

        var (status, run) = await host.PostAsync("scenarios/double/runs?wait=30", """{"input":{"value":21}}""", ct);

        Assert.Equal(200, status);
        Assert.Equal("Finished", run.GetProperty("subStatus").GetString());
        Assert.Equal(42, run.GetProperty("output").GetProperty("result").GetDouble());
        Assert.Equal("hello", run.GetProperty("lines")[0].GetString());
        var calc = run.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("nodeId").GetString()!.EndsWith("calc", StringComparison.Ordinal));
        Assert.Equal(("done", "tool", 42d), (calc.GetProperty("state").GetString(), calc.GetProperty("kind").GetString(), calc.GetProperty("output").GetProperty("value").GetDouble()));
        var (_, again) = await host.GetAsync("runs/" + run.GetProperty("id").GetString(), ct);
        Assert.Equal(run.GetProperty("steps").GetRawText(), again.GetProperty("steps").GetRawText());
    }
}
