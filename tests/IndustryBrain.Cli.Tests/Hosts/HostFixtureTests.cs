using System.Text.Json.Nodes;

namespace IndustryBrain.Cli.Tests.Hosts;

/// <summary><c>brain fixture</c>: a test made of a run of a real host.</summary>
public sealed class HostFixtureTests(Platform platform)
{
    private const string Root = """
        { "type": "Elsa.Sequence", "id": "s", "variables": [], "activities": [
          { "type": "IndustryBrain.forecasting.des", "id": "forecast", "series": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getInput('series')" } }, "horizon": { "typeName": "Int32", "expression": { "type": "Literal", "value": 3 } } },
          { "type": "Elsa.Delay", "id": "wait", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "00:00:01" } } },
          { "type": "Elsa.Event", "id": "go", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Go" } } },
          { "type": "Elsa.WriteLine", "id": "say", "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'by ' + getOutputFrom('go', 'Result').by" } } },
          { "type": "Elsa.SetOutput", "id": "out", "outputName": { "typeName": "String", "expression": { "type": "Literal", "value": "n" } }, "outputValue": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getInput('series').length" } } } ] }
        """;

    [Fact]
    public async Task Fixture_OfARunOfAHost_PassesAsItIs_AndFailsWhenTheResultIsAnother()
    {
        await platform.PublishAsync("recorded", Root, """ "inputs": [{ "name": "series", "type": "Object" }], "outputs": [{ "name": "n", "type": "Int32" }] """);
        var run = (await platform.PostAsync("scenarios/recorded/runs?wait=30", """{"input":{"series":[10,12,14,16,18,20,22,24]}}""")).GetProperty("id").GetString()!;
        await UntilAsync(run, "Elsa.Event:Go");
        await platform.PostAsync($"runs/{run}/events/Go", """{"by":"li"}""");
        var folder = Directory.CreateTempSubdirectory("ib-host-fixture-").FullName;
        try
        {
            var made = (await platform.BrainAsync(folder, "fixture", run, "--name", "real")).Succeeded();
            var path = made.Output.Trim();
            var passed = await platform.BrainAsync(folder, "test");
            var fixture = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, path), TestContext.Current.CancellationToken))!;
            fixture["output"]!["n"] = 9;
            await File.WriteAllTextAsync(Path.Combine(folder, path), fixture.ToJsonString(), TestContext.Current.CancellationToken);
            var failed = await platform.BrainAsync(folder, "test");

            Assert.True(passed.ExitCode == 0, passed.Output + passed.Error);
            Assert.True(File.Exists(Path.Combine(folder, "definition.json")));
            Assert.Equal("by li", fixture["lines"]![0]!.GetValue<string>());
            Assert.Equal(1, failed.ExitCode);
            Assert.Contains("output.n is 8, expected 9", failed.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task UntilAsync(string run, string waitsFor)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(await platform.GetAsync($"runs/{run}")).GetProperty("steps").EnumerateArray().Any(s => s.GetProperty("waitsFor").GetString() == waitsFor))
            await tick.WaitForNextTickAsync(patience.Token);
    }
}
