using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace IndustryBrain.Cli.Tests.Testing;

/// <summary>Tests of a scenario whose component is not installed, that waits for a timer, a person and an event, and sends a request.</summary>
public sealed class FixtureTests(VendorMachine machine)
{
    private const string Definition = """
        {"id":"v1","definitionId":"approval","name":"approval","version":1,"toolVersion":"3.7.0.0",
        "variables":[{"id":"d","name":"d","typeName":"Object","value":null}],"outputs":[{"name":"total","type":"Object"},{"name":"who","type":"Object"}],
        "root":{"type":"Elsa.Sequence","id":"s","activities":[
        {"type":"IndustryBrain.acme.price","id":"price","number":{"typeName":"Object","expression":{"type":"JavaScript","value":"getInput('n')"}},"total":{"typeName":"Object","memoryReference":{"id":"total"}}},
        {"type":"Elsa.Delay","id":"wait","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"02:00:00"}}},
        {"type":"IndustryBrain.HumanTask","id":"approve","dueIn":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"1.00:00:00"}},"decidedBy":{"typeName":"Object","memoryReference":{"id":"who"}}},
        {"type":"Elsa.SendHttpRequest","id":"send","url":{"typeName":"Uri","expression":{"type":"Literal","value":"https://x.example/a"}},"parsedContent":{"typeName":"Object","memoryReference":{"id":"d"}}},
        {"type":"Elsa.WriteLine","id":"say","text":{"typeName":"String","expression":{"type":"JavaScript","value":"'got ' + getVariable('d').x"}}},
        {"type":"Elsa.Event","id":"paid","eventName":{"typeName":"String","expression":{"type":"Literal","value":"Paid"}}},
        {"type":"Elsa.WriteLine","id":"end","text":{"typeName":"String","expression":{"type":"Literal","value":"paid"}}}]}}
        """;

    private const string Components = """
        "components":{"acme.price":{"output":{"total":9.5}},"send":[{"output":{"statusCode":200,"content":{"x":7}}}]}
        """;

    private const string Answers = """
        "answers":[{"event":"Paid"},{"node":"approve","after":"03:00:00","payload":{"outcome":"Approved","by":"li"}}]
        """;

    private Dictionary<string, string> English => new(machine.Environment) { ["LC_ALL"] = "en_US.UTF-8" };

    [Theory]
    [InlineData("""
        "output":{"total":9.4,"who":"li"},"tolerance":0.2,"lines":["got 7","paid"],"path":["price","wait","approve","send","say","paid","end"],"passes":["wait","Workflow1:s:say"],"avoids":["other"],"calls":{"price":[{"number":3}]}
        """)]
    [InlineData("\"output\":{\"total\":9}", "output.total is 9.5, expected 9")]
    [InlineData("\"output\":{\"more\":1}", "output.more is missing, expected 1")]
    [InlineData("\"lines\":[\"got 7\"]", "lines[1] is not expected: paid")]
    [InlineData("\"path\":[\"price\",\"approve\",\"send\",\"say\",\"paid\",\"end\"]", "path[1] is wait, expected approve")]
    [InlineData("\"passes\":[\"say\",\"wait\"]", "passes: wait is missing")]
    [InlineData("\"avoids\":[\"say\"]", "“say” was executed")]
    [InlineData("\"calls\":{\"acme.price\":[{\"number\":4}]}", "calls.acme.price[0].number is 3, expected 4")]
    [InlineData("\"status\":\"Faulted\"", "status is Finished, expected Faulted")]
    [InlineData("\"incidents\":[{\"code\":\"X\"}]", "incidents[0] is missing")]
    public async Task Test_AnswersInPlaceOfTheWorld_AreGivenAndComparedAfterwards(string expected, string? difference = null)
    {
        var ended = await TestAsync($$"""{"input":{"n":3},{{Components}},{{Answers}},{{expected}}}""");

        Assert.Equal((difference is null ? 0 : 1, ""), (ended.ExitCode, difference is null ? ended.Error : ""));
        Assert.Contains(difference ?? "✓ case", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"input":{"n":3},"components":{"price":{"fault":{"code":"A:B","message":"broken","where":"number"}}},"status":"Faulted","incidents":[{"code":"A:B","node":"price","where":"number","message":"broken"}]}""")]
    [InlineData("""{"input":{"n":3},"components":{"price":{"output":{"total":1}},"http":{"fault":{"code":"IB2124"}}},"answers":[{"node":"approve"}],"status":"Faulted","passes":["send","say"]}""")]
    [InlineData("""{"input":{"n":3},"components":{"price":{"output":{"total":1}}},"clock":{"start":"2026-03-01T08:00:00Z","for":"01:00:00"},"status":"Suspended","avoids":["approve"]}""")]
    [InlineData("""{"input":{"n":3},"components":{"price":{"output":{"total":1}}},"clock":{"for":"03:00:00"},"status":"Suspended","passes":["approve"],"avoids":["send"]}""")]
    [InlineData("""{"input":{"n":3},"components":{"other":{"output":{}}},"status":"Rejected","incidents":[{"code":"IBS0050","node":"price"}]}""")]
    public async Task Test_WhatEndsOtherwise_IsExpectedAsWell(string fixture)
    {
        var ended = await TestAsync(fixture);

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
    }

    [Fact]
    public async Task Test_AnswerThatNothingWaitsFor_Fails() =>
        Assert.Contains("nothing waited for “Gone”", (await TestAsync("""{"components":{"price":{"output":{}}},"answers":[{"event":"Gone"}],"clock":{"for":"00:00:00"},"status":"Suspended"}""")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Test_FolderOfScenarios_WritesJUnitAndCoverage()
    {
        var folder = machine.NewFolder();
        await WriteAsync(Path.Combine(folder, "one"), ("good", $$"""{"input":{"n":3},{{Components}},{{Answers}},"lines":["got 7","paid"]}"""), ("bad", """{"components":{"price":{"output":{}}},"clock":{"for":"00:00:00"},"lines":["<x>"]}"""));
        await WriteAsync(Path.Combine(folder, "two"), ("good", """{"components":{"price":{"fault":{"code":"A:B"}}},"status":"Faulted"}"""));

        var ended = await Brain.RunAsync(folder, English, "test", "--junit", "out.xml", "--coverage");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Coverage of approval: 8 of 8 nodes.", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Coverage of approval: 2 of 8 nodes.", ended.Output, StringComparison.Ordinal);
        Assert.Contains("not executed Workflow1:s:wait", ended.Output, StringComparison.Ordinal);
        var junit = XDocument.Load(Path.Combine(folder, "out.xml")).Root!;
        Assert.Equal(("3", "1", "0"), ((string)junit.Attribute("tests")!, (string)junit.Attribute("failures")!, (string)junit.Attribute("errors")!));
        Assert.Equal(["one", "two"], junit.Elements("testsuite").Select(s => (string)s.Attribute("name")!));
        Assert.Contains("<x>", junit.Descendants("failure").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_FilterAndJson_GiveOneDocumentOfTheChosen()
    {
        var folder = machine.NewFolder();
        await WriteAsync(folder, ("good", """{"components":{"price":{"fault":{"code":"A:B"}}},"status":"Faulted"}"""), ("bad", "[]"));

        var chosen = await Brain.RunAsync(folder, English, "test", "--filter", "go*", "--json");
        var none = await Brain.RunAsync(folder, English, "test", "--filter", "nothing");
        var all = await Brain.RunAsync(folder, English, "test", "--json");

        var document = JsonNode.Parse(chosen.Output)!;
        Assert.Equal((0, 1, 2), (chosen.ExitCode, document["passed"]!.GetValue<int>(), document["scenarios"]![0]!["coverage"]![0]!["executed"]!.GetValue<int>()));
        Assert.Equal((2, true), (none.ExitCode, none.Error.Contains("IB7225", StringComparison.Ordinal)));
        Assert.Equal((2, "IB7203"), (all.ExitCode, JsonNode.Parse(all.Output)!["scenarios"]![0]!["fixtures"]![0]!["failure"]!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Test_OptionsOfScenarios_AreRefusedForAProject() =>
        Assert.Contains("IB7226", (await Brain.RunAsync(await machine.NewProjectAsync(), English, "test", "--coverage")).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Test_Schema_IsPrinted() => Assert.Equal("object", JsonNode.Parse((await Brain.RunAsync(machine.NewFolder(), null, "test", "--schema")).Output)!["type"]!.GetValue<string>());

    [Fact]
    public async Task Run_Recorded_IsATestThatPassesWithoutItsComponents()
    {
        var folder = machine.NewFolder();
        const string Small = """
            {"id":"v1","definitionId":"small","name":"small","version":1,"toolVersion":"3.7.0.0","outputs":[{"name":"got","type":"Object"}],
            "root":{"type":"Elsa.Sequence","id":"s","activities":[
            {"type":"Elsa.Event","id":"e","eventName":{"typeName":"String","expression":{"type":"Literal","value":"E"}},"result":{"typeName":"Object","memoryReference":{"id":"got"}}},
            {"type":"Elsa.WriteLine","id":"w","text":{"typeName":"String","expression":{"type":"JavaScript","value":"'got ' + getInput('n')"}}}]}}
            """;
        await File.WriteAllTextAsync(Path.Combine(folder, "definition.json"), Small, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "input.json"), """{"n":3}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "resume.json"), """{"events":{"E":{"a":1}}}""", TestContext.Current.CancellationToken);

        (await Brain.RunAsync(folder, English, "run", "definition.json", "--input", "input.json", "--resume-all", "--resume-input", "resume.json", "--record", "expected/july.json")).Succeeded();
        var tested = (await Brain.RunAsync(folder, English, "test")).Succeeded();

        Assert.Contains("✓ july", tested.Output, StringComparison.Ordinal);
        using var fixture = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "expected", "july.json"), TestContext.Current.CancellationToken));
        Assert.Equal("""["e","w"]""", JsonNode.Parse(fixture.RootElement.GetProperty("path").GetRawText())!.ToJsonString());
        Assert.Equal("E", fixture.RootElement.GetProperty("answers")[0].GetProperty("event").GetString());
        Assert.Equal(1, fixture.RootElement.GetProperty("output").GetProperty("got").GetProperty("a").GetInt32());
    }

    [Fact]
    public void Scenarios_OfTheRepository_HaveFixturesOfThisFormat()
    {
        var folder = Path.Combine(VendorMachine.RepositoryRoot, "plugins", "scenarios");
        foreach (var scenario in Directory.GetDirectories(folder).Where(f => File.Exists(Path.Combine(f, "definition.json"))))
        {
            Assert.True(Directory.GetFiles(Path.Combine(scenario, "expected"), "*.json").Length > 2);
            foreach (var fixture in Directory.GetFiles(Path.Combine(scenario, "expected"), "*.json"))
            {
                Assert.True(IndustryBrain.Cli.Testing.ScenarioFixture.Read(fixture).TryGet(out _, out var failure), $"{fixture}: {failure?.Message}");
            }
        }
    }

    private async Task<CommandLine.Ended> TestAsync(string fixture)
    {
        var folder = machine.NewFolder();
        await WriteAsync(folder, ("case", fixture));
        return await Brain.RunAsync(folder, English, "test");
    }

    private static async Task WriteAsync(string folder, params (string Name, string Json)[] fixtures)
    {
        Directory.CreateDirectory(Path.Combine(folder, "expected"));
        await File.WriteAllTextAsync(Path.Combine(folder, "definition.json"), Definition, TestContext.Current.CancellationToken);
        foreach (var (name, json) in fixtures)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "expected", name + ".json"), json, TestContext.Current.CancellationToken);
        }
    }
}
