using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

/// <summary>What a run piles up, though each of its scripts stays within its own limits.</summary>
public sealed class HeldTests
{
    private static readonly EngineLimits Small = new() { MaxHeldBytes = 1024 * 1024 };

    public static TheoryData<string> Hoards() =>
    [
        Set("fill", "text", Js("getVariable('text') + 'x'.repeat(100000)", "Object")),
        Node("RunJavaScript", "fill", $"\"script\":{Literal("setVariable('v' + newGuidString(), 'x'.repeat(100000))")}"),
        Node("RunJavaScript", "fill", $"\"script\":{Literal("return Array(30000).fill(12345)")}"),
        Node("SetOutput", "fill", $"\"outputName\":{Js("'o' + newGuidString()")},\"outputValue\":{Js("'x'.repeat(100000)", "Object")}"),
        WriteJs("fill", "'x'.repeat(100000)"),
        Node("PublishEvent", "fill", $"\"eventName\":{Literal("e")},\"payload\":{Js("'x'.repeat(100000)", "Object")}"),
    ];

    [Theory]
    [MemberData(nameof(Hoards))]
    public async Task Run_ThatPilesUp_FaultsOnce(string step)
    {
        var run = await new ScenarioRun { Limits = Small }.RunAsync(Loop(1000, step));

        Assert.Equal(ExecutionSubStatus.Faulted, run.SubStatus);
        Assert.Equal("IB2023", Assert.Single(run.Incidents).Failure.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ThatReplacesWhatItHolds_GoesOn(bool savesAlways)
    {
        var run = await new ScenarioRun { Limits = Small, SavesAlways = savesAlways }.RunAsync(Loop(
            50,
            Node("Sequence", "inner", $"\"variables\":[{{\"id\":\"own\",\"name\":\"own\",\"typeName\":\"String\",\"value\":\"\"}}],\"activities\":[{Set("first", "own", Js("'y'.repeat(100000)"))},{Set("second", "text", Js("'x'.repeat(100000)"))},{Node("Delay", "wait", $"\"timeSpan\":{Literal("00:00:01", "TimeSpan")}")}]")));

        Assert.Equal(ExecutionSubStatus.Finished, run.SubStatus);
    }

    private static string Loop(int rounds, string body) => Definition(
        Node("For", "loop", $"\"start\":{Literal("1", "Int32")},\"end\":{Literal(rounds.ToString(System.Globalization.CultureInfo.InvariantCulture), "Int32")},\"body\":{body}"),
        $"\"variables\":[{Variable("text", "String", "")}]");
}
