using System.CommandLine;
using IndustryBrain.Cli.Projects;
using IndustryBrain.Cli.Running;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary><c>brain test</c>: the tests of a project, or the examples of a scenario.</summary>
internal static class TestCommand
{
    // Exit codes of Microsoft.Testing.Platform.
    private const int TestsFailed = 2;
    private const int NoTests = 8;

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "项目、解决方案或应用场景（有 definition.json）的文件夹。Folder of a project, a solution or a scenario (one with a definition.json).", DefaultValueFactory = _ => "." };
        var plugins = new Option<string?>("--plugins") { Description = "应用场景所用插件包的文件夹。Folder of the plugin packages that a scenario uses." };
        var configuration = new Option<string>("--configuration", "-c") { Description = "项目的生成配置。Build configuration of a project.", DefaultValueFactory = _ => "Debug" };
        var command = new Command("test", "运行项目的测试，或应用场景的例子。Runs the tests of a project or the examples of a scenario.") { path, plugins, configuration };
        command.SetAction((parsed, ct) => TestAsync(parsed.GetRequiredValue(path), parsed.GetValue(plugins), parsed.GetRequiredValue(configuration), ct));
        return command;
    }

    private static async Task<int> TestAsync(string path, string? plugins, string configuration, CancellationToken ct)
    {
        if (!Directory.Exists(path))
        {
            return Complaint.Write(CliFailures.NothingToTest(path));
        }

        if (File.Exists(Path.Combine(path, "definition.json")))
        {
            return plugins is not null && !Directory.Exists(plugins) ? Complaint.Write(CliFailures.PluginFolderMissing(plugins)) : await TestScenarioAsync(path, plugins, ct);
        }

        // dotnet test reads global.json of the folder it runs in.
        var tested = await DotnetProgram.RunAsync(["test", "-c", configuration], Path.GetFullPath(path), ct);
        return !tested.TryGet(out var exitCode, out var failure) ? Complaint.Write(failure) : exitCode switch
        {
            0 => Passed(),
            TestsFailed => Failed(path),
            NoTests => Complaint.Write(CliFailures.NothingToTest(path)),
            _ => Complaint.Write(CliFailures.TestsNotRun(path, exitCode)),
        };
    }

    private static async Task<int> TestScenarioAsync(string folder, string? plugins, CancellationToken ct)
    {
        if (ScenarioExample.List(folder) is not { Count: > 0 } paths)
        {
            return Complaint.Write(CliFailures.NothingToTest(Path.Combine(folder, ScenarioExample.Folder)));
        }

        await using var packages = new PluginFolder(plugins ?? PluginFolder.Default, TimeProvider.System);
        var runner = new ScenarioRunner(packages, TimeProvider.System);
        var failed = 0;
        foreach (var path in paths)
        {
            if (!ScenarioExample.Read(path).TryGet(out var example, out var failure))
            {
                return Complaint.Write(failure);
            }

            var result = await runner.RunAsync(new RunRequest(Path.Combine(folder, "definition.json"), [], example.Input, folder, null), ct);
            var differences = example.Differences(result);
            failed += differences.Count > 0 ? 1 : 0;
            Console.Out.WriteLine($"{(differences.Count > 0 ? "✗" : "✓")} {Path.GetFileNameWithoutExtension(path)}");
            foreach (var difference in differences)
            {
                Console.Out.WriteLine($"    {difference}");
            }
        }

        Console.Out.WriteLine(new LocalizedText($"共 {paths.Count} 个，未通过 {failed} 个。", $"{paths.Count} in all, {failed} failed.").ToString());
        return failed == 0 ? Passed() : Failed(folder);
    }

    private static int Passed()
    {
        Console.Out.WriteLine(new LocalizedText("测试通过。", "Tests passed.").ToString());
        return ExitCode.Success;
    }

    private static int Failed(string path)
    {
        Complaint.Write(CliFailures.TestsFailed(path));
        return ExitCode.Faulted;
    }
}
