using System.Text.Json;
using static IndustryBrain.Plugins.Tests.Cli.Brain;

namespace IndustryBrain.Plugins.Tests.Cli;

public sealed class ResumeTests : IDisposable
{
    private const string All = """{"rule":"all","events":{"Go":{"n":7},"Twice":"t"},"tasks":{"Ask":{"answer":"yes"}}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Event(string id, string name) => Activity(id, "Elsa.Event", ("eventName", "String", "Literal", name));

    private static string Delay(string id) => Activity(id, "Elsa.Delay", ("timeSpan", "TimeSpan", "Literal", "1.00:00:00"));

    private static string Start(string id, string type, string child, bool waits) =>
        Activity(id, type, ("workflowDefinitionId", "String", "Literal", child), ("waitForCompletion", "Boolean", "Literal", waits ? "true" : "false"));

    private static string Line(string text) => Say(text, $"'{text}'");

    public static TheoryData<string, string, bool> Parents() => new()
    {
        { "Elsa.ExecuteWorkflow", "Finished: before c1 c2:7 c3:yes after", true },
        { "Elsa.DispatchWorkflow", "Finished: before c1 c2:7 c3:yes after", true },
        { "Elsa.ExecuteWorkflow", "Finished: before c1 after", false },
        { "Elsa.DispatchWorkflow", "Finished: before after c1", false },
    };

    [Theory]
    [MemberData(nameof(Parents))]
    public async Task ResumeAll_Child_IsResumedWhereItIsWaitedFor(string type, string expected, bool waits)
    {
        _folder.Write("child.json", Definition(
            "child", Line("c1"), Event("e", "Go"), Say("c2", "`c2:${getOutputFrom('e').n}`"), Activity("t", "Elsa.RunTask", ("taskName", "String", "Literal", "Ask")), Say("c3", "`c3:${getOutputFrom('t').answer}`")));
        _folder.Write("parent.json", Definition("parent", Line("before"), Start("s", type, "child", waits), Line("after")));
        var batch = _folder.Write("batch.json", $$"""[{"id":"1","file":"parent.json","imports":["child.json"],"resume":{{All}}},{"id":"2","file":"parent.json","imports":["child.json"]}]""");

        var (_, documents) = await JsonAsync("run", "--batch", batch);

        Assert.Equal(expected, Summary(documents[0]));
        Assert.Equal(waits ? "Suspended: before c1" : expected, Summary(documents[1]));
    }

    [Fact]
    public async Task ResumeAll_SeveralBookmarks_OldestFirst()
    {
        var branches = string.Join(',', Sequence("a", Delay("a1"), Line("A"), Delay("a2"), Line("AA")), Sequence("b", Event("b1", "Unknown"), Line("B")), Sequence("c", Event("c1", "Twice"), Say("C", "'C' + getLastResult()")), Sequence("d", Event("d1", "Twice"), Say("D", "'D' + getLastResult()")));
        var file = _folder.Write("d.json", Definition("d", Activity("p", "Elsa.Parallel").Replace("\"version\":1", $"\"version\":1,\"activities\":[{branches}]", StringComparison.Ordinal)));
        var answers = _folder.Write("answers.json", All);

        var (exitCode, document) = await JsonAsync("run", file, "--resume-all", "--resume-input", answers);

        Assert.Equal((0, "Finished: A B Ct Dt AA"), (exitCode, Summary(document)));
    }

    [Fact]
    public async Task ResumeAll_LoopThatAlwaysWaits_EndsAtTheStepLimit()
    {
        var loop = Activity("w", "Elsa.While", ("condition", "Boolean", "Literal", "true")).Replace("\"version\":1", $"\"version\":1,\"body\":{Delay("x")}", StringComparison.Ordinal);
        var file = _folder.Write("d.json", Definition("d", loop));

        var (exitCode, document) = await JsonAsync("run", file, "--resume-all");

        Assert.Equal((1, "IB2007"), (exitCode, document.GetProperty("incidents")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task ResumeAll_RunsThatStartEachOther_EndAtTheRunLimit()
    {
        string Publisher(string id, string hears, string says) => Definition(
            id,
            Event("e", hears).Replace("\"customProperties\":{}", "\"customProperties\":{\"canStartWorkflow\":true}", StringComparison.Ordinal),
            Activity("p", "Elsa.PublishEvent", ("eventName", "String", "Literal", says)));
        var ping = _folder.Write("ping.json", Publisher("ping", "Pong", "Ping"));
        var pong = _folder.Write("pong.json", Publisher("pong", "Ping", "Pong"));

        var (exitCode, output, error) = await RunAsync("run", ping, "--import", pong, "--resume-all", "--json");

        Assert.Equal((0, "Finished: "), (exitCode, Summary(JsonElement.Parse(output))));
        Assert.StartsWith("IB7212", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResumeAll_FaultAfterwards_IsExitCodeOne()
    {
        var file = _folder.Write("d.json", Definition("d", Line("a"), Delay("x"), Activity("f", "Elsa.Fault", ("message", "String", "Literal", "boo")), Line("never")));

        var (exitCode, document) = await JsonAsync("run", file, "--resume-all");

        Assert.Equal((1, "Faulted: a", "boo"), (exitCode, Summary(document), document.GetProperty("incidents")[0].GetProperty("message").GetProperty("en").GetString()));
    }

    [Fact]
    public async Task Import_SameDefinitionTwice_TheHigherVersionIsStarted()
    {
        var first = _folder.Write("v1.json", Definition("child", Line("one")));
        var second = _folder.Write("v2.json", Definition("child", Line("two")).Replace("\"name\":\"child\",\"version\":1", "\"name\":\"child\",\"version\":2", StringComparison.Ordinal));
        var parent = _folder.Write("parent.json", Definition("parent", Start("s", "Elsa.ExecuteWorkflow", "child", waits: true)));

        var (_, document) = await JsonAsync("run", parent, "--import", second, "--import", first);

        Assert.Equal("Finished: two", Summary(document));
    }

    private static string Sequence(string id, params string[] activities) =>
        Activity(id, "Elsa.Sequence").Replace("\"version\":1", $"\"version\":1,\"activities\":[{string.Join(',', activities)}]", StringComparison.Ordinal);
}
