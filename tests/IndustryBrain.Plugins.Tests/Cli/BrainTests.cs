using System.Text.Json;
using static IndustryBrain.Plugins.Tests.Cli.Brain;

namespace IndustryBrain.Plugins.Tests.Cli;

public sealed class BrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_ComponentDelayAndEvent_SuspendsAndResumes()
    {
        var file = _folder.Write("d.json", Definition(
            "d",
            Activity("delay", "Elsa.Delay", ("timeSpan", "TimeSpan", "Literal", "1.00:00:00")),
            Activity("go", "Elsa.Event", ("eventName", "String", "Literal", "go")),
            Activity("acc", "IndustryBrain.forecasting.accuracy", ("actual", "Object", "JavaScript", "[10,12,14]"), ("forecast", "Object", "JavaScript", "[11,12,13]")),
            Say("say", "`${getOutputFrom('go').n} ${getOutputFrom('acc','mae')}`")));
        var answers = _folder.Write("r.json", """{"events":{"go":{"n":7}}}""");
        var plugins = Path.GetDirectoryName(Built.ForecastingPackage)!;

        var (suspended, before) = await JsonAsync("run", file, "--plugins", plugins);
        var (finished, after) = await JsonAsync("run", file, "--plugins", plugins, "--resume-all", "--resume-input", answers);

        Assert.Equal((0, "Running", "Suspended"), (suspended, before.GetProperty("status").GetString(), before.GetProperty("subStatus").GetString()));
        Assert.Equal((0, "Finished"), (finished, after.GetProperty("subStatus").GetString()));
        Assert.Equal(["7 0.6666666666666666"], Lines(after));
    }

    [Fact]
    public async Task Run_Child_WritesItsLinesInOrder()
    {
        var child = _folder.Write("child.json", Definition("child", Say("one", "'one'"), Activity("delay", "Elsa.Delay", ("timeSpan", "TimeSpan", "Literal", "01:00:00")), Say("two", "'two'")));
        var parent = _folder.Write("parent.json", Definition(
            "parent",
            Activity("start", "Elsa.DispatchWorkflow", ("workflowDefinitionId", "String", "Literal", "child"), ("waitForCompletion", "Boolean", "Literal", "true")),
            Say("three", "'three'")));

        var (_, document) = await JsonAsync("run", parent, "--import", child, "--resume-all");
        var (exitCode, missing) = await JsonAsync("run", parent);

        Assert.Equal(["one", "two", "three"], Lines(document));
        Assert.Equal((1, "IB7204"), (exitCode, missing.GetProperty("incidents")[0].GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("{}", "IBS0013")]
    [InlineData("""{"a":1}""", "IBS0013")]
    [InlineData("""{"root":5}""", "IBS0004")]
    [InlineData("""{"root":{"id":"a","type":"Elsa.WriteLine","text":"x","type":"Elsa.End"}}""", "IBS0065")]
    [InlineData("""{"root":{"id":"a","type":"Elsa.WriteLine","text":"a\u0000b"}}""", "IBS0063")]
    public async Task Run_WhatTheHostWouldNotImport_IsRefused(string definition, string rule)
    {
        var file = _folder.Write("d.json", definition);

        var (exitCode, document) = await JsonAsync("run", file);

        Assert.Equal((2, "Rejected"), (exitCode, document.GetProperty("status").GetString()));
        Assert.Equal(rule, document.GetProperty("findings")[0].GetProperty("rule").GetString());
    }

    [Fact]
    public async Task Run_FileThatNeverEnds_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such device.");

        var (definition, first) = await JsonAsync("run", "/dev/zero");
        var (input, second) = await JsonAsync("run", _folder.Write("d.json", Definition("d", Say("say", "'ran'"))), "--input", "/dev/zero");

        Assert.Equal((2, "IB7216", 2, "IB7216"), (definition, Code(first), input, Code(second)));
    }

    [Fact]
    public async Task Run_RefusedDefinition_PrintsFindings()
    {
        var file = _folder.Write("d.json", Definition("d", Activity("x", "IndustryBrain.nobody.nothing")));

        var (exitCode, document) = await JsonAsync("run", file);

        Assert.Equal((2, "Rejected"), (exitCode, document.GetProperty("status").GetString()));
        Assert.StartsWith("IBS", document.GetProperty("findings")[0].GetProperty("rule").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]", "IB7203")]
    [InlineData("{\"a\":", "IB7202")]
    [InlineData(null, "IB7201")]
    public async Task Run_BadInput_IsOneSentence(string? input, string code)
    {
        var file = _folder.Write("d.json", Definition("d"));
        var inputFile = input is null ? Path.Combine(_folder.Path, "absent.json") : _folder.Write("in.json", input);

        var (exitCode, output, error) = await RunAsync("run", file, "--input", inputFile);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith(code, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
