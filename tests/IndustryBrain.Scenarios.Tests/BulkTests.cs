using IndustryBrain.Expressions;
using IndustryBrain.Expressions.CSharp;
using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class BulkTests
{
    private const string Items = """[1,{"q":2,"n":"x"},3]""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bulk_Waiting_RunsAPortForEachChild(bool savesAlways)
    {
        List<ChildRunRequest> asked = [];
        var shell = new ScenarioRun { SavesAlways = savesAlways, Children = request => End(request, asked) };

        var run = await shell.RunAsync(Definition(Chart("true")));

        Assert.Equal(["ok", "failed", "ok", "completed", "done"], run.Lines.Select(l => l.Split(' ')[0]));
        Assert.All(run.Lines.Take(3), l => Assert.StartsWith("child", l.Split(' ')[1], StringComparison.Ordinal));
        Assert.Equal(ExecutionSubStatus.Finished, run.SubStatus);
        Assert.Equal(["""{"base":7,"Item":1,"ParentInstanceId":"run1"}""", """{"base":7,"q":2,"n":"x","ParentInstanceId":"run1"}""", """{"base":7,"Item":3,"ParentInstanceId":"run1"}"""], asked.Select(a => a.Input.GetRawText()));
        Assert.Equal(["c-1", "c-x", "c-3"], asked.Select(a => a.CorrelationId));
        Assert.Equal(3, asked.Select(a => a.StepId).Distinct().Count());
    }

    [Theory]
    [InlineData("false", Items)]
    [InlineData("true", "[]")]
    public async Task Bulk_WithNothingToWaitFor_IsDone(string waits, string items)
    {
        var run = await new ScenarioRun { Children = r => End(r, []) }.RunAsync(Definition(Chart(waits, items)));

        Assert.Equal(["done"], run.Lines);
        Assert.Equal(ExecutionSubStatus.Finished, run.SubStatus);
    }

    [Fact]
    public async Task Bulk_Refused_Faults()
    {
        var run = await new ScenarioRun().RunAsync(Definition(Chart("true")));

        Assert.Equal((ExecutionSubStatus.Faulted, "b"), (run.SubStatus, run.Incidents[0].ActivityId));
    }

    [Theory]
    [InlineData("0 0 * * * *", "Suspended", "")]
    [InlineData("0 * * * *", "Faulted", "IB2120")]
    [InlineData("0 0 0 30 2 *", "Faulted", "IB2121")]
    public async Task Cron_OfSixFields_WaitsInUtc(string expression, string subStatus, string code)
    {
        var run = await new ScenarioRun { ResumesAll = false }.RunAsync(Definition(Sequence(Node("Cron", "c", "\"cronExpression\":" + Literal(expression)))));

        Assert.Equal(subStatus, run.SubStatus.ToString());
        Assert.Equal(code, string.Concat(run.Incidents.Select(i => i.Failure.Code)));
        Assert.All(run.Bookmarks, b => Assert.True(b.Due is { Minute: 0, Second: 0 } due && due.Offset == TimeSpan.Zero && due > b.CreatedAt));
    }

    [Theory]
    [InlineData("JavaScript", "'c-' + args.Item.n")]
    [InlineData("CSharp", "$\"c-{Args.Item[\"n\"]}\"")]
    [InlineData("CSharp", "Arguments.ContainsKey(\"Item\") && !Args.ContainsKey(\"Other\") && Args[\"Other\"] == null ? \"c-\" + Args.Get<JsonObject>(\"Item\")[\"n\"] : \"\"")]
    public async Task Dispatch_CorrelationIdFunction_IsGivenTheItem(string language, string source)
    {
        List<ChildRunRequest> asked = [];
        var definition = Definition(Node("BulkDispatchWorkflows", "b", $"\"workflowDefinitionId\":{Literal("other")},\"items\":{Wrap("Object", "Object", "[{\"n\":7}]")},\"correlationIdFunction\":{Wrap("Object", language, source)}"));

        var shell = new ScenarioRun { Children = request => End(request, asked) };
        if (language == "CSharp")
            shell = new ScenarioRun { Children = request => End(request, asked), Expressions = new CSharpEvaluator(new ExpressionLimits { TimeoutMilliseconds = 1_000, CompileTimeoutMilliseconds = 60_000 }) };

        var run = await shell.RunAsync(definition);

        Assert.Empty(run.Incidents);
        Assert.Equal("c-7", Assert.Single(asked).CorrelationId);
    }

    private static ChildRunState End(ChildRunRequest request, List<ChildRunRequest> asked)
    {
        asked.Add(request);
        return new ChildRunState("child" + request.StepId, ExecutionStatus.Finished, asked.Count == 2 ? ExecutionSubStatus.Faulted : ExecutionSubStatus.Finished, ScenarioRun.Json("{}"));
    }

    private static string Chart(string waits, string items = Items) => Flowchart(
        Connect("b:Completed>c b>d"),
        Node("BulkDispatchWorkflows", "b", $$"""
            "workflowDefinitionId":{{Literal("other")}},"items":{{Wrap("Object", "Literal", items)}},"waitForCompletion":{{Literal(waits, "Boolean")}},"input":{{Wrap("ObjectDictionary", "Object", "{\"base\":7}")}},
            "correlationIdFunction":{{Js("'c-' + (args.Item.n || args.Item)")}},
            "childCompleted":{{WriteJs("ok", "'ok ' + getVariable('ChildInstanceId')")}},"childFaulted":{{WriteJs("failed", "'failed ' + getVariable('ChildInstanceId')")}}
            """),
        Write("c", "completed"),
        Write("d", "done"));
}
