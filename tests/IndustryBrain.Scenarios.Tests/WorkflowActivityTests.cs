using System.Text;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class WorkflowActivityTests
{
    private static readonly string Delay = Node("Delay", "wait", "\"timeSpan\":" + Literal("00:00:01", "TimeSpan"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_WorkflowAsActivity_HasInputsOutputsAndVariablesOfItsOwn(bool savesAlways)
    {
        var adder = Usable("add numbers", Sequence(
            WriteJs("w", "`${getA()} ${getInput('B')} ${getInput('_Name')} ${getInput('Outer')} ${variables.own}`"),
            Delay,
            Set("set", "own", Js("variables.own + 1", "Object")),
            Node("SetOutput", "o", $"\"outputName\":{Literal("Sum")},\"outputValue\":{Js("getInput('A') + getInput('B') + variables.own", "Object")}")),
            $"\"inputs\":[{Port("A", "Int32")},{Port("B", "Int32")},{Port("Name", "String")}],\"outputs\":[{Port("Sum", "Int32")}],\"variables\":[{Variable("own", "Int32", "10")}]");
        var root = Sequence(
            Activity("AddNumbers", "first", $"\"a\":{Js("getInput('Outer')", "Int32")},\"b\":{Literal("2", "Int32")},\"_name\":{Literal("n")}," + Output("sum", "total")),
            WriteJs("w", "`${variables.total} ${getOutputFrom('first', 'Sum')} ${getSumFromFirst()} ${getVariable('own')}`"));

        var run = await new ScenarioRun { SavesAlways = savesAlways, Input = """{"Outer":1}""" }.RunAsync(Read(Definition(root, $"\"variables\":[{Variable("total", "Int32")}],\"inputs\":[{Port("Outer", "Int32")}]"), adder));

        Assert.Empty(run.Incidents);
        Assert.Equal(["1 2 null null 10", "14 14 14 null"], run.Lines);
        Assert.Equal("{}", run.Output.ToJsonString());
    }

    [Theory]
    [InlineData("Approved", "yes")]
    [InlineData("[\"Rejected\"]", "no")]
    [InlineData("", "done")]
    public async Task Run_CompleteInside_EndsOnlyTheActivityWithItsOutcomes(string outcomes, string expected)
    {
        var complete = Node("Complete", "c", outcomes.Length == 0 ? "" : $"\"outcomes\":{Literal(outcomes, "Object")}");
        var decide = Usable("Decide", Sequence(Node("If", "i", $"\"condition\":{Literal("true", "Boolean")},\"then\":{Sequence(complete, Write("n", "never"))}"), Write("n2", "never")));

        var run = await new ScenarioRun { SavesAlways = true }.RunAsync(Read(Definition(Flowchart(
            Connect("d:Approved>y d:Rejected>n d>z"), Activity("Decide", "d"), Write("y", "yes"), Write("n", "no"), Write("z", "done"))), decide));

        Assert.Equal([expected], run.Lines);
        Assert.Equal(ExecutionSubStatus.Finished, run.SubStatus);
    }

    [Fact]
    public async Task Run_Nested_SetsTheOutputOfTheNearestThatDeclaresIt()
    {
        var inner = Usable("Inner", Sequence(SetOutput("Deep"), SetOutput("Mine"), SetOutput("Nobodys")), $"\"outputs\":[{Port("Mine", "String")}]");
        var outer = Usable("Outer", Activity("Inner", "i"), $"\"outputs\":[{Port("Deep", "String")}]");

        var run = await new ScenarioRun().RunAsync(Read(Definition(Sequence(Activity("Outer", "o"), WriteJs("w", "`${getDeepFromO()} ${getLastResult()}`"))), inner, outer));

        Assert.Equal(["Deep null"], run.Lines);
        Assert.Equal("""{"Nobodys":"Nobodys"}""", run.Output.ToJsonString());
    }

    [Fact]
    public async Task Run_FaultInside_NamesTheActivityInside()
    {
        var broken = Usable("Broken", Sequence(Node("Fault", "f", "\"message\":" + Literal("boo"))));

        var run = await new ScenarioRun().RunAsync(Read(Definition(Sequence(Activity("Broken", "b"), Write("n", "never"))), broken));

        Assert.Equal(("f", "Workflow1:s1:b:s1:f"), (Assert.Single(run.Incidents).ActivityId, run.Incidents[0].NodeId));
        Assert.Empty(run.Lines);
    }

    [Theory]
    [InlineData("1", "", "1", "1 2 3")]
    [InlineData("9", "", "2", "1 2 3")]
    [InlineData("9", "", "3", "1 3")]
    [InlineData("1", "\"workflowDefinitionVersionId\":\"v-3\",", "3", "1 2 3")]
    [InlineData("1", "\"workflowDefinitionId\":\"versioned\",\"name\":\"renamed\",", "2", "2 3")]
    public async Task Read_Versions_FollowTheNodeThenThePublishedThenTheLatest(string version, string more, string expected, string versions)
    {
        var type = more.Contains("renamed", StringComparison.Ordinal) ? "Renamed" : "Versioned";
        var definition = Read(Definition($$"""{"type":"{{type}}","id":"v",{{more}}"version":{{version}}}"""), [.. versions.Split(' ').Select(Versioned)]);

        var run = await new ScenarioRun().RunAsync(definition);

        Assert.Equal([expected], run.Lines);
    }

    [Fact]
    public void Read_WithinItself_IsRefused()
    {
        var self = Usable("Self", Activity("Self", "again"));

        var reading = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(Activity("Self", "s"))), library: [Library(self)]);

        Assert.Equal("Workflow1:s:again", Assert.Single(reading.Findings, f => f.Rule == "IBS0015").NodeId);
        Assert.False(reading.IsAccepted);
    }

    [Fact]
    public void Read_TriggerWithin_StartsNoRun()
    {
        var hears = Usable("Hears", """{"type":"Elsa.Event","id":"e","version":1,"customProperties":{"canStartWorkflow":true},"metadata":{},"eventName":"Go"}""");

        Assert.Equal("Go", Assert.Single(TriggerNode.Of(Library(hears))).EventName);
        Assert.Empty(TriggerNode.Of(Read(Definition(Activity("Hears", "h")), hears)));
    }

    [Fact]
    public void Read_UsedByOneThatWasReadBefore_IsWhatThatOneUses()
    {
        var (first, second) = (Library(Versioned("1")), Library(Versioned("2")));
        var outer = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Usable("Outer", """{"type":"Versioned","id":"v"}""")), library: [first]).Definition!;

        var reading = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(Sequence(Activity("Outer", "o"), """{"type":"Versioned","id":"w"}"""))), library: [outer, second]);

        Assert.Equal([1], outer.Uses.Select(u => u.Version));
        Assert.Equal(["Outer", "Versioned"], reading.Definition!.Uses.Select(u => u.Name));
        Assert.Equal(2, reading.Definition.Uses[1].Version);
        Assert.Equal(["Outer", "Versioned"], reading.Definition.References.Select(r => r.Type));
    }

    [Fact]
    public void Read_NameOfAMember_IsNoInput()
    {
        var reading = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition($$"""{"type":"Named","id":"s","name":{{Literal("x")}}}""")), library: [Library(Usable("Named", "null", $"\"inputs\":[{Port("Name", "String")}]"))]);

        Assert.Contains(reading.Findings, f => f is { Rule: "IBS0004", Where: "name" });
    }

    [Theory]
    [InlineData("IndustryBrain.test.double", "42")]
    [InlineData("Elsa.Nonsense", null)]
    public async Task Run_NotFoundActivityOfElsa_IsRestoredWhereItsTypeIsKnown(string type, string? line)
    {
        var original = JsonSerializer.Serialize($$"""{"type":"{{type}}","id":"c","name":"Twice","version":1,"customProperties":{},"metadata":{},"number":21}""");
        var json = Definition($$$"""
            {"type":"Elsa.Flowchart","id":"f1","activities":[{"type":"Elsa.NotFoundActivity","id":"c","missingTypeName":"{{{type}}}","missingTypeVersion":0,"originalActivityJson":{{{original}}}},{{{WriteJs("w", "getOutputFrom('Twice', 'number')")}}}],
            "connections":[],"customProperties":{"notFoundConnections":[{{{Connect("c>w")}}}]}}
            """);
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(json)).Definition!;

        var run = await new ScenarioRun().RunAsync(definition);

        Assert.Equal(line is null ? [] : [line], run.Lines);
        Assert.Equal(line is null ? ExecutionSubStatus.Faulted : ExecutionSubStatus.Finished, run.SubStatus);
        using var source = JsonDocument.Parse(json);
        using var exported = JsonDocument.Parse(definition.Export());
        Assert.True(JsonElement.DeepEquals(source.RootElement, exported.RootElement));
    }

    private static string Usable(string name, string root, string more = "") =>
        Definition(root, "\"options\":{\"usableAsActivity\":true}" + (more.Length == 0 ? "" : "," + more)).Replace("\"d1\"", $"\"{name}\"", StringComparison.Ordinal).Replace("\"Test\"", $"\"{name}\"", StringComparison.Ordinal);

    private static string Activity(string type, string id, string more = "") =>
        $$"""{"type":"{{type}}","id":"{{id}}","name":"{{id}}","version":1,"customProperties":{},"metadata":{}{{(more.Length == 0 ? "" : "," + more)}}}""";

    private static string Port(string name, string type) => $$"""{"name":"{{name}}","type":"{{type}}"}""";

    private static string SetOutput(string name) => Node("SetOutput", name, $"\"outputName\":{Literal(name)},\"outputValue\":{Literal(name, "Object")}");

    private static string Versioned(string version) =>
        $$"""{"id":"v-{{version}}","definitionId":"versioned","name":"Versioned","version":{{version}},"isPublished":{{(version == "2" ? "true" : "false")}},"options":{"usableAsActivity":true},"root":{{Write("w", version)}}}""";

    private static ScenarioDefinition Library(string json) => ScenarioDefinition.Read(Encoding.UTF8.GetBytes(json)).Definition!;

    private static ScenarioDefinition Read(string json, params string[] library)
    {
        var reading = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(json), library: [.. library.Select(Library)]);
        Assert.True(reading.IsAccepted, string.Join('\n', reading.Findings.Select(f => f.Rule + " " + f.Message.En)));
        return reading.Definition!;
    }
}
