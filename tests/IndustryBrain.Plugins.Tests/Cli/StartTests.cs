using System.Text.Json;
using static IndustryBrain.Plugins.Tests.Cli.Brain;

namespace IndustryBrain.Plugins.Tests.Cli;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_EmptyDefinition_LoadsNothingItDoesNotUse()
    {
        var file = _folder.Write("d.json", """{"root":{"type":"Elsa.Sequence","id":"s","activities":[]}}""");
        var listed = Path.Combine(_folder.Path, "assemblies.txt");

        var (exitCode, output, _) = await RunAsync(
            ["run", file, "--json"],
            new() { ["DOTNET_STARTUP_HOOKS"] = typeof(StartTests).Assembly.Location, [StartupHook.ListFile] = listed });

        Assert.Equal((0, "Finished"), (exitCode, JsonElement.Parse(output).GetProperty("subStatus").GetString()));
        var assemblies = await File.ReadAllLinesAsync(listed, TestContext.Current.CancellationToken);
        Assert.Contains("IndustryBrain.Scenarios", assemblies);
        Assert.DoesNotContain(assemblies, a => a.StartsWith("Jint", StringComparison.Ordinal) || a.StartsWith("Acornima", StringComparison.Ordinal)
            || a.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || a.StartsWith("Marten", StringComparison.Ordinal) || a.StartsWith("Npgsql", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_FileInput_IsRelativeToTheInputFile()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "data"));
        var file = _folder.Write("d.json", Definition("d", Say("w", "toJson(getInput('table')) + toJson(getInput('other'))")));
        _folder.Write(Path.Combine("data", "prices.csv"), "a,b");
        var input = _folder.Write(Path.Combine("data", "input.json"), """{"table":{"path":"prices.csv"},"other":{"path":"nowhere.csv"}}""");

        var (_, document) = await JsonAsync("run", file, "--input", input);

        Assert.Equal(["""{"file":"file-1","name":"prices.csv"}{"path":"nowhere.csv"}"""], Lines(document));
    }

    [Theory]
    [InlineData("IB7207", "run", "--bogus", "--json")]
    [InlineData("IB7207", "run", "--json")]
    [InlineData("IB7207", "run", "d.json", "--input", "--json")]
    [InlineData("IB7201", "run", "absent.json", "--json")]
    [InlineData("IB7201", "run", "absent.json", "--input", "absent.json", "--json")]
    [InlineData("IB7206", "run", "absent.json", "--plugins", "/nowhere/at/all", "--json")]
    public async Task Run_WhatCannotRun_PrintsOneDocument(string code, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments);

        Assert.Equal((2, ""), (exitCode, error));
        Assert.Equal(code, Code(JsonElement.Parse(output)));
    }

    [Theory]
    [InlineData("run --json --input", "--input 缺少值。", "--input lacks its value.")]
    [InlineData("run d.json --input --json", "--input 缺少值，后面是 --json。", "--input lacks its value; --json follows.")]
    [InlineData("run a.json b.json --json", "无法识别「b.json」。", "“b.json” is not known here.")]
    [InlineData("walk --json", "无法识别「walk」。", "“walk” is not known here.")]
    [InlineData("plugins list --timeout abc --json", "--timeout 不能是「abc」。", "--timeout cannot be “abc”.")]
    [InlineData("plugins list --timeout 1.5 --json", "--timeout 不能是「1.5」。", "--timeout cannot be “1.5”.")]
    [InlineData("plugins list --timeout 0 --json", "--timeout 不能是「0」。", "--timeout cannot be “0”.")]
    [InlineData("run --bogus --json", "没有选项 --bogus。", "There is no option --bogus.")]
    public async Task CommandLine_ThatCannotBeRead_IsExplainedInBothLanguages(string line, string zh, string en)
    {
        var (exitCode, output, error) = await RunAsync(line.Split(' '));
        var message = JsonElement.Parse(output).GetProperty("failure").GetProperty("message");

        Assert.Equal((2, ""), (exitCode, error));
        Assert.Equal((zh, en), (message.GetProperty("zh").GetString(), message.GetProperty("en").GetString()));
    }

    [Theory]
    [InlineData("""{"definitionId":"rootless"}""")]
    [InlineData("""{"definitionId":"d","root":null}""")]
    public async Task Run_WithoutARoot_FinishesWithNothingDone(string definition)
    {
        var (exitCode, document) = await JsonAsync("run", _folder.Write("empty.json", definition));

        Assert.Equal((0, "Finished"), (exitCode, document.GetProperty("subStatus").GetString()));
        Assert.Empty(Lines(document));
    }

    [Fact]
    public async Task Run_UnknownActivity_FaultsWhereItIsReached()
    {
        var branch = """{"id":"i","type":"Elsa.If","version":1,"condition":{"typeName":"Boolean","expression":{"type":"Literal","value":"false"}},"then":{"id":"n","type":"Acme.Nonsense","version":1} }""";
        var unreached = _folder.Write("a.json", Definition("a", branch, Say("w", "'after'")));
        var reached = _folder.Write("b.json", Definition("b", Say("w", "'before'"), Activity("n", "Acme.Nonsense")));

        var (first, skipped) = await JsonAsync("run", unreached);
        var (second, faulted) = await JsonAsync("run", reached);

        Assert.Equal((0, "Finished: after"), (first, Summary(skipped)));
        Assert.Equal((1, "Faulted: before", "Acme.Nonsense"), (second, Summary(faulted), faulted.GetProperty("incidents")[0].GetProperty("activityType").GetString()));
    }
}
