namespace IndustryBrain.Cli.Tests.Hosts;

/// <summary>Broken runs of a host, from the command line.</summary>
public sealed class RunsTests(Platform platform)
{
    private const string Nobody = "0198f4a1-7c2e-7000-8000-000000000001";

    [Fact]
    public async Task Broken_OfAHostWithout_ListsNothing()
    {
        var listed = await platform.BrainAsync(Path.GetTempPath(), "runs", "broken", "--scenario", "none", "--json");

        Assert.True(listed.ExitCode == 0, listed.Error);
        Assert.Contains("\"total\": 0", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_OfARunThatWaits_SaysForWhatInEachLanguage()
    {
        await platform.PublishAsync("shown-part", """{ "type": "Elsa.Event", "id": "e", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Never" } } }""");
        await platform.PublishAsync("shown", """
            { "type": "Elsa.Parallel", "id": "p", "activities": [
              { "type": "Elsa.Event", "id": "paid", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Paid" } } },
              { "type": "Elsa.Delay", "id": "later", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "1.00:00:00" } } },
              { "type": "IndustryBrain.HumanTask", "id": "ask", "title": { "typeName": "String", "expression": { "type": "Literal", "value": "Go on?" } } },
              { "type": "Elsa.RunTask", "id": "job", "taskName": { "typeName": "String", "expression": { "type": "Literal", "value": "print" } } },
              { "type": "Elsa.DispatchWorkflow", "id": "part", "workflowDefinitionId": { "typeName": "String", "expression": { "type": "Literal", "value": "shown-part" } },
                "waitForCompletion": { "typeName": "Boolean", "expression": { "type": "Literal", "value": true } } } ] }
            """);
        var run = (await platform.PostAsync("scenarios/shown/runs?wait=30", "{}")).GetProperty("id").GetString()!;

        var english = (await platform.BrainAsync(Path.GetTempPath(), "runs", "show", run)).Succeeded().Output;
        var chinese = (await Brain.RunAsync(Path.GetTempPath(), new Dictionary<string, string>(await platform.EnvironmentAsync()) { ["LC_ALL"] = "zh_CN.UTF-8" }, "runs", "show", run)).Succeeded().Output;

        Assert.StartsWith($"{run}  Running  Suspended", english, StringComparison.Ordinal);
        string[] said = ["paid  Waits for the event “Paid”", "later  Waits until 20", "ask  Waits for the decision of people", "job  Waits for a task outside", "part  Waits for the run "];
        Assert.All(said, line => Assert.Contains(line, english, StringComparison.Ordinal));
        Assert.All(["paid  等待事件「Paid」", "ask  等待人员的决定", "job  等待外部任务"], line => Assert.Contains(line, chinese, StringComparison.Ordinal));
        await platform.PostAsync($"runs/{run}/pause", """{"reason":"audit"}""");
        Assert.Contains("Paused by ", (await platform.BrainAsync(Path.GetTempPath(), "runs", "show", run)).Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IB3005", "retry", Nobody)]
    [InlineData("IB3005", "skip", Nobody, "--outputs", "{\"value\":1}")]
    [InlineData("IB3005", "move", Nobody, "--to", "2", "--node", "a=b")]
    [InlineData("IB7202", "skip", Nobody, "--outputs", "{")]
    [InlineData("IB7203", "skip", Nobody, "--outputs", "3")]
    [InlineData("IB7203", "move", Nobody, "--to", "2", "--node", "a")]
    [InlineData("IB7207", "move", Nobody)]
    public async Task Repair_OfNoRun_IsRefusedWithItsCode(string code, params string[] arguments) =>
        Assert.StartsWith(code, (await platform.BrainAsync(Path.GetTempPath(), ["runs", .. arguments])).Error, StringComparison.Ordinal);
}
