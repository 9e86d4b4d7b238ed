using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>What a scenario answers does not depend on who runs it: <c>brain run</c> in memory, or the host with its database.</summary>
public sealed class SameAnswerTests(Site site)
{
    public static TheoryData<string, string> Inputs => new()
    {
        { "price-outlook", """{"series":[6.4,5.6,7.8,8.8,11.0,11.6,16.7,15.3,21.6,22.4],"horizon":5,"alpha":0.3623,"gamma":1}""" },
        { "price-outlook", """{"series":[101.5,99,104.25,103,108,107.5,111],"horizon":3}""" },
        { "price-outlook", """{"series":[1,2,1e300,4]}""" },
        { "carbon-footprint", """{"activity":[{"item":"电力","quantity":3000,"unit":"MWh"},{"item":"天然气","quantity":100000,"unit":"m3"}],"pieces":50000,"region":"重庆","year":2022}""" },
        { "carbon-footprint", """{"activity":[{"item":"电力","quantity":1,"unit":"furlong"}],"pieces":1,"region":"重庆","year":2022}""" },
        { "carbon-footprint", """{"activity":[{"item":"独角兽","quantity":1,"unit":"kg"}],"pieces":1,"region":"重庆","year":2022}""" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task Scenario_RunByEither_AnswersTheSame(string scenario, string input)
    {
        var ct = TestContext.Current.CancellationToken;
        var definition = await site.Api.GetAsync($"scenarios/{scenario}/export", ct);

        await AssertSameAsync(scenario, definition.GetRawText(), JsonNode.Parse(input)!, ct);
    }

    [Fact]
    public async Task Definition_OfAnotherProgram_RunByEither_AnswersTheSame()
    {
        var ct = TestContext.Current.CancellationToken;
        foreach (var definition in new[]
        {
            Elsa.Scenario("e2e-same-lines", "同", Elsa.Line("a", "一"), Elsa.Answer("b", "({ note: getInput('note'), list: [1, 2.5, null, true] })")),
            Elsa.Scenario("e2e-same-fault", "同", Elsa.Line("a", "一"), Elsa.Fault("b", "停"), Elsa.Line("c", "二")),
            Elsa.Scenario("e2e-same-script", "同", Elsa.Answer("a", "nobody.knows")),
            Elsa.Scenario("e2e-same-wait", "同", Elsa.Line("a", "一"), Elsa.Event("b", "go"), Elsa.Line("c", "二")),
        })
        {
            await AssertSameAsync(await site.Api.PublishAsync(definition, ct), definition.ToJsonString(), new JsonObject { ["note"] = "n" }, ct);
        }
    }

    private async Task AssertSameAsync(string scenario, string definition, JsonNode input, CancellationToken ct)
    {
        var here = await BrainAsync(definition, input, ct);
        var there = await site.Api.RunAsync(scenario, input, ct);

        foreach (var member in new[] { "status", "subStatus", "lines", "output" })
            Assert.True(JsonElement.DeepEquals(here.GetProperty(member), there.GetProperty(member)), $"{member}: {here.GetProperty(member)} and {there.GetProperty(member)}");
        Assert.Equal(Codes(here), Codes(there));
    }

    private static IEnumerable<string?> Codes(JsonElement run) => run.GetProperty("incidents").EnumerateArray().Select(i => i.GetProperty("code").GetString());

    private static async Task<JsonElement> BrainAsync(string definition, JsonNode input, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("ib-same-");
        try
        {
            var (definitionFile, inputFile) = (Path.Combine(folder.FullName, "definition.json"), Path.Combine(folder.FullName, "input.json"));
            await File.WriteAllTextAsync(definitionFile, definition, ct);
            await File.WriteAllTextAsync(inputFile, input.ToJsonString(), ct);
            var brain = typeof(SameAnswerTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "BrainAssembly").Value!;
            using var process = Process.Start(new ProcessStartInfo("dotnet", [brain, "run", definitionFile, "--input", inputFile, "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync(ct);
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            await error;
            return JsonElement.Parse(output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
