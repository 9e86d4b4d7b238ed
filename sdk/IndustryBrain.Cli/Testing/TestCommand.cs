using System.CommandLine;
using IndustryBrain.Cli.Packing;
using IndustryBrain.Cli.Projects;
using IndustryBrain.Cli.Running;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary><c>brain test</c>: the tests of a project, or of scenarios.</summary>
internal static class TestCommand
{
    // Exit codes of Microsoft.Testing.Platform.
    private const int TestsFailed = 2;
    private const int NoTests = 8;

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "项目、解决方案或应用场景（有 definition.json）的文件夹，或其中有应用场景的文件夹。Folder of a project, a solution or a scenario (one with a definition.json), or a folder of scenarios.", DefaultValueFactory = _ => "." };
        var plugins = new Option<string?>("--plugins") { Description = "应用场景所用插件包的文件夹。Folder of the plugin packages that a scenario uses." };
        var configuration = new Option<string>("--configuration", "-c") { Description = "项目的生成配置。Build configuration of a project.", DefaultValueFactory = _ => "Debug" };
        var filter = new Option<string?>("--filter") { Description = "只运行名称中有这段文字的测试，可用 * 和 ?。Runs the tests of a scenario whose name has this text; * and ? are wildcards." };
        var junit = new Option<string?>("--junit") { Description = "把结果写成 JUnit XML 文件。Writes what came out as a JUnit XML file." };
        var coverage = new Option<bool>("--coverage") { Description = "列出哪些节点执行过。Says which nodes were executed." };
        var json = new Option<bool>("--json") { Description = "只输出一个 JSON 文档，含节点覆盖。Prints exactly one JSON document, node coverage included." };
        var schema = new Option<bool>("--schema") { Description = "输出测试文件格式的 JSON Schema。Prints the JSON Schema of a test's file." };
        var command = new Command("test", "运行项目的测试，或应用场景的测试。Runs the tests of a project or of scenarios.") { path, plugins, configuration, filter, junit, coverage, json, schema };
        command.SetAction((parsed, ct) =>
        {
            if (parsed.GetValue(schema))
            {
                Console.Out.Write(ScenarioFixture.Schema);
                return Task.FromResult(ExitCode.Success);
            }

            var scenarios = new ScenarioTests(parsed.GetValue(plugins) ?? PluginFolder.Default, parsed.GetValue(filter), parsed.GetValue(junit), parsed.GetValue(coverage), parsed.GetValue(json));
            return TestAsync(parsed.GetRequiredValue(path), parsed.GetValue(plugins), scenarios, parsed.GetRequiredValue(configuration), ct);
        });
        return command;
    }

    private static async Task<int> TestAsync(string path, string? plugins, ScenarioTests scenarios, string configuration, CancellationToken ct)
    {
        if (!Directory.Exists(path))
        {
            return Refuse(File.Exists(path) ? CliFailures.FolderExpected(path) : CliFailures.TargetMissing(path), scenarios.Json);
        }

        if (ScenarioTests.Folders(path) is { Count: > 0 } folders)
        {
            return plugins is not null && !Directory.Exists(plugins) ? Refuse(CliFailures.PluginFolderMissing(plugins), scenarios.Json) : await scenarios.RunAsync(folders, ct);
        }

        if (!ProjectFolder.HasProject(path))
        {
            return Refuse(CliFailures.NoProjectHere(path), scenarios.Json);
        }

        return scenarios is { Filter: null, JUnit: null, Coverage: false, Json: false } ? await TestProjectAsync(path, configuration, ct) : Refuse(CliFailures.OnlyForScenarios(path), scenarios.Json);
    }

    private static async Task<int> TestProjectAsync(string path, string configuration, CancellationToken ct)
    {
        // dotnet test reads global.json of the folder it runs in.
        var tested = await DotnetProgram.RunAsync(["test", "-c", configuration], Path.GetFullPath(path), ct);
        if (!tested.TryGet(out var exitCode, out var failure))
        {
            return Complaint.Write(failure);
        }

        switch (exitCode)
        {
            case 0:
                Console.Out.WriteLine(new LocalizedText("测试通过。", "Tests passed.").ToString());
                return ExitCode.Success;
            case TestsFailed:
                Complaint.Write(CliFailures.TestsFailed(path));
                return ExitCode.Faulted;
            case NoTests:
                return Complaint.Write(CliFailures.NothingToTest(path));
            default:
                return Complaint.Write(CliFailures.TestsNotRun(path, exitCode));
        }
    }

    private static int Refuse(Failure failure, bool json) => json ? RunCommand.Refuse(failure, json: true) : Complaint.Write(failure);
}
