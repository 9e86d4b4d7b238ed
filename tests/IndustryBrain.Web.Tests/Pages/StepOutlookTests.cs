using System.Text;
using IndustryBrain.Host.Pages.Runs;
using IndustryBrain.Host.Texts;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Web.Tests.Pages;

public sealed class StepOutlookTests
{
    private const string Definition = """
        {"id":"t:1","definitionId":"t","name":"T","version":1,"root":{"id":"chart","type":"Elsa.Flowchart","version":1,
        "activities":[
          {"id":"read","type":"IndustryBrain.tabular.series","version":1},{"id":"decide","type":"Elsa.FlowDecision","version":1},
          {"id":"warn","type":"Elsa.WriteLine","version":1},{"id":"calm","type":"Elsa.WriteLine","version":1},{"id":"show","type":"Elsa.WriteLine","version":1}],
        "connections":[
          {"source":{"activity":"read","port":"Done"},"target":{"activity":"decide","port":"In"}},
          {"source":{"activity":"decide","port":"True"},"target":{"activity":"warn","port":"In"}},
          {"source":{"activity":"decide","port":"False"},"target":{"activity":"calm","port":"In"}},
          {"source":{"activity":"warn","port":"Done"},"target":{"activity":"show","port":"In"}},
          {"source":{"activity":"calm","port":"Done"},"target":{"activity":"show","port":"In"}}]}}
        """;

    [Fact]
    public void Comes_BeforeTheDecision_BothArmsDependOnItAndWhatFollowsIsSure()
    {
        var outlook = Outlook(("Workflow1:chart", "running"), ("Workflow1:chart:read", "running"));

        Assert.Equal("decide=True warn= calm= show=True", Describe(outlook));
    }

    [Fact]
    public void Comes_AfterTheDecision_OtherArmWillNotCome()
    {
        var outlook = Outlook(("Workflow1:chart", "running"), ("Workflow1:chart:read", "done"), ("Workflow1:chart:decide", "done"), ("Workflow1:chart:warn", "running"));

        Assert.Equal("calm=False show=True", Describe(outlook));
    }

    [Fact]
    public void Timeline_WhileRunning_ShowsKindsOfStepsToComeAndNoArmNotTaken()
    {
        var rows = Timeline("en", "Running", ("Workflow1:chart", "running"), ("Workflow1:chart:read", "running")).Rows;
        var after = Timeline("en", "Running", ("Workflow1:chart", "running"), ("Workflow1:chart:read", "done"), ("Workflow1:chart:decide", "done"), ("Workflow1:chart:warn", "running")).Rows;

        Assert.Equal(["Decide:False", "Write a line:True", "Write a line:True", "Write a line:False"], rows.Skip(1).Select(r => $"{r.Name}:{r.DependsOnBranch}"));
        Assert.Equal(["Workflow1:chart:read", "Workflow1:chart:decide", "Workflow1:chart:warn", "node:Workflow1:chart:show"], after.Select(r => r.Key));
    }

    [Fact]
    public void Timeline_Current_IsAStepAndNeverAContainer()
    {
        Assert.Null(Timeline("en", "Running", ("Workflow1:chart", "running")).Current);
        Assert.Equal("Workflow1:chart:read", Timeline("en", "Running", ("Workflow1:chart", "running"), ("Workflow1:chart:read", "running")).Current?.Key);
        Assert.Null(Timeline("en", "Running", ("Workflow1:chart", "running"), ("Workflow1:chart:read", "done")).Current);
    }

    [Fact]
    public void Timeline_Ended_ShowsOnlyWhatWasReached() =>
        Assert.Equal(["Workflow1:chart:read"], Timeline("zh-CN", "Finished", ("Workflow1:chart", "faulted"), ("Workflow1:chart:read", "faulted")).Rows.Select(r => r.Key));

    [Fact]
    public void Timeline_DocumentOfThatVersionGone_StillLeavesContainersOut()
    {
        var run = new RunView(Guid.Empty, "t", LocalizedText.Same("T"), 1, "Finished", "Finished", default, default, [], [], Steps([("Workflow1:chart", "done"), ("Workflow1:chart:read", "done")]), null, null, DateTimeOffset.UnixEpoch, null, Actor.System);

        var rows = StepTimeline.Of(new RunData(run, [], default, null), _ => null, DateTimeOffset.UnixEpoch).Rows;

        Assert.Equal(["Workflow1:chart:read"], rows.Select(r => r.Key));
    }

    [Theory]
    [InlineData("zh-CN", "本机用户")]
    [InlineData("en", "Local user")]
    public void Actor_OfThisMachine_IsNotTheAccountOfTheOperatingSystem(string culture, string expected)
    {
        System.Globalization.CultureInfo.CurrentUICulture = new(culture);

        Assert.Equal(expected, ActorText.Of(new Actor(ActorKind.Person, "local", "root")));
        Assert.Equal("周敏", ActorText.Of(new Actor(ActorKind.Person, "u-1", "周敏")));
    }

    private static ScenarioDefinition Read() => ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition)).Definition!;

    private static StepOutlook Outlook(params (string NodeId, string State)[] steps) => new(Read().Nodes, Read().Source, Steps(steps));

    private static string Describe(StepOutlook outlook) =>
        string.Join(' ', Read().Nodes.Where(n => !n.IsContainer && !outlook.IsReached(n)).Select(n => $"{n.Id}={outlook.Comes(n)}"));

    private static StepTimeline Timeline(string culture, string status, params (string NodeId, string State)[] steps)
    {
        System.Globalization.CultureInfo.CurrentUICulture = new(culture);
        var run = new RunView(Guid.Empty, "t", LocalizedText.Same("T"), 1, status, "Executing", default, default, [], [], Steps(steps), null, null, DateTimeOffset.UnixEpoch, null, Actor.System);
        return StepTimeline.Of(new RunData(run, Read().Nodes, Read().Source, null), _ => "Tool", DateTimeOffset.UnixEpoch);
    }

    private static IReadOnlyList<StepView> Steps((string NodeId, string State)[] steps) =>
        [.. steps.Select(s => new StepView(s.NodeId, s.NodeId, "Elsa.WriteLine", LocalizedText.Same(s.NodeId), "control", s.State, DateTimeOffset.UnixEpoch, null, null, null, null, null, null, null, null))];
}
