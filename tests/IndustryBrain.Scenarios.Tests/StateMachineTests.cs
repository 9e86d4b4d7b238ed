using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class StateMachineTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_StateMachine_GoesFromStateToState(bool savesAlways)
    {
        var root = Sequence(
            Machine(
                """{"name":"Open","entry":@open,"exit":@left},{"name":"Paid","entry":@paid},{"name":"Shipped","entry":@shipped}""",
                """{"from":"Open","to":"Shipped","trigger":@never},{"from":"Open","to":"Paid","trigger":@event,"action":@action},{"from":"Paid","to":"Open","condition":{"type":"JavaScript","value":"false"}},{"from":"Paid","to":"Shipped","condition":@true}""",
                ("never", Node("Event", "never", "\"eventName\":" + Literal("Never"))),
                ("event", Node("Event", "event", "\"eventName\":" + Literal("Paid"))),
                ("true", Literal("true", "Boolean"))),
            WriteJs("z", "variables.at"));
        var shell = new ScenarioRun { SavesAlways = savesAlways, ResumesAll = false };
        var run = await shell.RunAsync(Definition(root, $"\"variables\":[{Variable("at", "String")}]"));
        Assert.Equal(["Never", "Paid"], run.Bookmarks.Select(b => b.EventName));

        run.Resume(run.Bookmarks[1].Id, null);
        await run.ContinueAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["open", "action", "left", "paid", "shipped", "Shipped"], run.Lines);
        Assert.Equal((ExecutionSubStatus.Finished, 0), (run.SubStatus, run.Bookmarks.Count));
    }

    [Fact]
    public async Task Run_TriggerWhoseConditionFails_LeavesTheOthersWaiting()
    {
        var root = Machine(
            """{"name":"A"},{"name":"B","entry":@b},{"name":"C","entry":@c}""",
            """{"from":"A","to":"B","trigger":@quick,"condition":@false},{"from":"A","to":"C","trigger":@event}""",
            ("quick", Write("quick", "quick")),
            ("false", Literal("false", "Boolean")),
            ("event", Node("Event", "event", "\"eventName\":" + Literal("E"))));

        var run = await new ScenarioRun { SavesAlways = true }.RunAsync(Definition(root));

        Assert.Equal(["quick", "c"], run.Lines);
    }

    [Theory]
    [InlineData("\"initialState\":\"B\"", "b", "")]
    [InlineData("\"initialState\":\"X\"", "", "IB2122")]
    public async Task Run_InitialState_IsWhereItBegins(string more, string lines, string code)
    {
        var run = await new ScenarioRun().RunAsync(Definition(Machine("""{"name":"A","entry":@a},{"name":"B","entry":@b}""", "").Replace("\"states\"", more + ",\"states\"", StringComparison.Ordinal)));

        Assert.Equal(lines, string.Join(' ', run.Lines));
        Assert.Equal(code, string.Concat(run.Incidents.Select(i => i.Failure.Code)));
    }

    [Fact]
    public async Task Run_StatesThatFollowEachOtherForEver_FaultAtTheLimit()
    {
        var run = await new ScenarioRun { Limits = new EngineLimits { MaxSteps = 500 } }.RunAsync(Definition(Machine("""{"name":"A"},{"name":"B"}""", """{"from":"A","to":"B"},{"from":"B","to":"A"}""")));

        Assert.Equal("IB2007", Assert.Single(run.Incidents).Failure.Code);
    }

    // @name stands for an activity that writes its name, or for what is given.
    private static string Machine(string states, string transitions, params (string Name, string Json)[] given)
    {
        var text = $"\"states\":[{states}],\"transitions\":[{transitions}]";
        foreach (var (name, json) in given)
            text = text.Replace("@" + name, json, StringComparison.Ordinal);
        return Node("StateMachine", "m", System.Text.RegularExpressions.Regex.Replace(text, "@([a-z]+)", m => Write(m.Groups[1].Value, m.Groups[1].Value)) + "," + Output("currentState", "at"));
    }
}
