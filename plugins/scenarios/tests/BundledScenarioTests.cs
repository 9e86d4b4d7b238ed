using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Plugins.Scenarios.Tests;

public sealed class BundledScenarioTests
{
    [Theory]
    [InlineData("price-outlook")]
    [InlineData("carbon-footprint")]
    public async Task Definition_OfTheRepository_HasNoFinding(string name)
    {
        var scenario = await BundledScenario.ReadAsync(name);

        Assert.Equal(name, scenario.Definition.DefinitionId);
        Assert.DoesNotContain(BundledScenario.Validate(scenario.Definition), f => f.Severity != FindingSeverity.Note);
        Assert.NotEmpty(scenario.Definition.Profile.Samples);
        Assert.All(scenario.Definition.Nodes, n => Assert.False(string.IsNullOrWhiteSpace(n.DisplayText.En)));
    }

    [Theory]
    [InlineData("price-outlook", "nist")]
    [InlineData("price-outlook", "straight-line")]
    [InlineData("carbon-footprint", "chongqing-2022")]
    [InlineData("carbon-footprint", "chongqing-2021")]
    public async Task Run_ReferenceInput_GivesTheReferenceResult(string name, string reference)
    {
        var scenario = await BundledScenario.ReadAsync(name);
        using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(scenario.Folder, "expected", reference + ".json"), TestContext.Current.CancellationToken));
        var tolerance = expected.RootElement.GetProperty("tolerance").GetDouble();

        var run = await scenario.RunAsync(expected.RootElement.GetProperty("input").GetRawText());

        Assert.Equal(ExecutionSubStatus.Finished, run.SubStatus);
        foreach (var output in expected.RootElement.GetProperty("output").EnumerateObject())
        {
            AssertClose(output.Value, run.Output[output.Name]!, tolerance, output.Name);
        }
    }

    [Theory]
    [InlineData("price-outlook")]
    [InlineData("carbon-footprint")]
    public async Task Run_EachSample_Finishes(string name)
    {
        var scenario = await BundledScenario.ReadAsync(name);

        foreach (var sample in scenario.Definition.Profile.Samples)
        {
            var run = await scenario.RunAsync(sample.Input.GetRawText());

            Assert.True(run.SubStatus == ExecutionSubStatus.Finished, $"{sample.Name}: {string.Join("; ", run.Incidents)}");
            Assert.All(scenario.Definition.Outputs, o => Assert.NotNull(run.Output[o.Name]));
        }
    }

    [Theory]
    [InlineData("price-outlook", "{}", "IB7101")]
    [InlineData("price-outlook", """{"series":[1,2,3,4],"file":{"path":"sample-data/lithium-carbonate-weekly.csv"}}""", "IndustryBrain.Tabular:TWO_SOURCES")]
    [InlineData("price-outlook", """{"series":[]}""", "IB7106")]
    [InlineData("price-outlook", """{"series":[1,2,3]}""", "IB7106")]
    [InlineData("price-outlook", """{"file":{"path":"sample-data/lithium-carbonate-weekly.csv"},"period":"day"}""", "IB7101")]
    [InlineData("price-outlook", """{"file":{"path":"sample-data/lithium-carbonate-weekly.csv"},"period":"hour"}""", "IB7102")]
    [InlineData("price-outlook", """{"series":[1,2,3,4],"horizon":0}""", "IB7105")]
    [InlineData("price-outlook", """{"series":[1,2,3,4],"horizon":1000}""", "IB7105")]
    [InlineData("price-outlook", """{"series":[1,2,3,4],"alpha":1.01}""", "IB7105")]
    [InlineData("price-outlook", """{"series":[1,2,1e300,4]}""", "IB7105")]
    [InlineData("price-outlook", """{"series":[1,2,null,4,5]}""", "IB7104")]
    [InlineData("price-outlook", """{"series":[1,2,"x",4,5]}""", "IB7102")]
    [InlineData("price-outlook", """{"series":[1,2,0,4,5]}""", "IB7105")]
    [InlineData("price-outlook", """{"series":[1,2,3,4],"horizon":25}""", "IB7105")]
    [InlineData("price-outlook", """{"file":{"path":"sample-data/lithium-carbonate-weekly.csv"},"column":"收盘价"}""", "IB7101")]
    [InlineData("carbon-footprint", """{"pieces":1,"region":"重庆","year":2022}""", "IB7101")]
    [InlineData("carbon-footprint", """{"activity":[{"item":"电力","quantity":1,"unit":"kWh"}],"pieces":0,"region":"重庆","year":2022}""", "IB7105")]
    [InlineData("carbon-footprint", """{"activity":[{"item":"电力","quantity":1,"unit":"kWh"}],"pieces":1,"region":"重庆","year":2024}""", "IB7107")]
    [InlineData("carbon-footprint", """{"activity":[{"item":"柴油","quantity":1,"unit":"L"}],"pieces":1,"region":"重庆","year":2022}""", "IB7103")]
    [InlineData("carbon-footprint", """{"activity":[{"item":"电力","quantity":1,"unit":"kWh"}],"pieces":1,"region":"重庆"}""", "IB7101")]
    public async Task Run_BadInput_FaultsWithItsCode(string name, string input, string code)
    {
        var run = await (await BundledScenario.ReadAsync(name)).RunAsync(input);

        Assert.Equal(ExecutionSubStatus.Faulted, run.SubStatus);
        Assert.Equal(code, Assert.Single(run.Incidents).Failure.Code);
    }

    [Fact]
    public async Task Run_OtherYearAccepted_RecordsIt()
    {
        var run = await (await BundledScenario.ReadAsync("carbon-footprint")).RunAsync("""{"activity":[{"item":"电力","quantity":100,"unit":"kWh"}],"pieces":10,"region":"重庆","year":2024,"acceptOtherYear":true}""");

        Assert.Equal(52.27, run.Output["total"]!.GetValue<double>(), 1e-9);
        Assert.True(run.Output["factors"]![0]!["otherYearAccepted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Run_OtherYearByNumber_TakesThatYear()
    {
        var run = await (await BundledScenario.ReadAsync("carbon-footprint")).RunAsync("""{"activity":[{"item":"电力","quantity":100,"unit":"kWh"}],"pieces":10,"region":"重庆","year":2024,"acceptOtherYear":2021}""");

        Assert.Equal(47.43, run.Output["total"]!.GetValue<double>(), 1e-9);
        var schema = (await BundledScenario.ReadAsync("carbon-footprint")).Definition.Source.GetProperty("customProperties").GetProperty("industryBrain").GetProperty("inputSchema");
        Assert.Contains("integer", schema.GetProperty("properties").GetProperty("acceptOtherYear").GetProperty("type").EnumerateArray().Select(t => t.GetString()));
    }

    [Theory]
    [InlineData("柴油,-5,kg", "IB7105", "row 3, 数量")]
    [InlineData("柴油,5,斛", "IB7103", "row 3")]
    [InlineData("稻草,5,kg", "IB7107", "row 3")]
    [InlineData("柴油,,kg", "IB7104", "row 3, 数量")]
    public async Task Run_BadRowOfAFile_IsNamed(string row, string code, string where)
    {
        var scenario = await BundledScenario.ReadAsync("carbon-footprint");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $"项目,数量,单位\n电力,3,kWh\n{row}\n", TestContext.Current.CancellationToken);

            var run = await scenario.RunAsync(new JsonObject { ["file"] = new JsonObject { ["path"] = file }, ["pieces"] = 5, ["region"] = "重庆", ["year"] = 2022 }.ToJsonString());

            var failure = Assert.Single(run.Incidents).Failure;
            Assert.Equal((code, where), (failure.Code, failure.Where));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void AssertClose(JsonElement expected, JsonNode actual, double tolerance, string name)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.AsArray().Count);
                foreach (var (index, item) in expected.EnumerateArray().Index())
                {
                    AssertClose(item, actual[index]!, tolerance, $"{name}[{index}]");
                }

                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetDouble(), actual.GetValue<double>(), tolerance);
                break;
            default:
                Assert.Equal(expected.GetString(), actual.GetValue<string>());
                break;
        }
    }
}
