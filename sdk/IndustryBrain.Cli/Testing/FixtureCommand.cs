using System.CommandLine;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary><c>brain fixture</c>: a test made of a run of a host.</summary>
internal static class FixtureCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "运行的编号。Id of the run." };
        var folder = new Option<string>("--folder") { Description = "应用场景的文件夹；没有 definition.json 时从平台取来。Folder of the scenario; without a definition.json it is fetched from the host.", DefaultValueFactory = _ => "." };
        var name = new Option<string?>("--name") { Description = "测试的名称，默认为运行的编号。Name of the test; default: the id of the run." };
        var command = new Command("fixture", "把平台上的一次运行做成测试。Makes a test of a run of a host.") { run, folder, name };
        var host = new HostOptions().AddTo(command, withJson: false);
        command.SetAction(async (parsed, ct) =>
        {
            if (!(await host.ConnectAsync(parsed, ct)).TryGet(out var connection, out var failure))
            {
                return Complaint.Write(failure);
            }

            using (connection)
            {
                return await MakeAsync(connection, parsed.GetRequiredValue(run), parsed.GetRequiredValue(folder), parsed.GetValue(name), ct);
            }
        });
        return command;
    }

    private static async Task<int> MakeAsync(HostConnection host, string id, string folder, string? name, CancellationToken ct)
    {
        if (!(await host.GetAsync($"runs/{Uri.EscapeDataString(id)}", ct)).TryGet(out var answer, out var failure)
            || !HostRun.Read(answer, host.Address).TryGet(out var run, out failure)
            || !(await DefinitionAsync(host, run, folder, ct)).TryGet(out var definition, out failure))
        {
            return Complaint.Write(failure);
        }

        var path = Path.Combine(folder, ScenarioFixture.Folder, $"{name ?? run.Id}.json");
        if (FixtureDraft.Write(path, FixtureDraft.Of(run, definition)) is { } notWritten)
        {
            return Complaint.Write(notWritten);
        }

        if (definition.Version != run.Version)
        {
            Complaint.Write(CliFailures.OtherVersion(ScenarioFixture.DefinitionFile, run.Version, definition.Version));
        }

        string[] notKept = [.. run.Steps.Where(s => s.StartedAt is not null && HostStep.NotKept.Contains(s.Type, StringComparer.Ordinal)).Select(s => NodeNames.ActivityId(s.NodeId)).Distinct()];
        if (notKept.Length > 0)
        {
            Complaint.Write(CliFailures.NotKept(string.Join(", ", notKept)));
        }

        Console.Out.WriteLine(path);
        return ExitCode.Success;
    }

    private static async Task<Result<ScenarioDefinition>> DefinitionAsync(HostConnection host, HostRun run, string folder, CancellationToken ct)
    {
        var path = Path.Combine(folder, ScenarioFixture.DefinitionFile);
        if (!File.Exists(path))
        {
            if (!(await host.GetAsync($"scenarios/{Uri.EscapeDataString(run.DefinitionId)}/export", ct)).TryGet(out var exported, out var refused))
            {
                return refused;
            }

            try
            {
                Directory.CreateDirectory(folder);
                await File.WriteAllTextAsync(path, HostJson.Write(exported) + "\n", ct);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                return CliFailures.FileNotWritable(path);
            }
        }

        if (!JsonFile.ReadBytes(path).TryGet(out var bytes, out var failure))
        {
            return failure;
        }

        var reading = DefinitionIntake.Read(bytes);
        return reading.Definition is { } definition ? definition : new Failure(reading.Findings[0].Rule, reading.Findings[0].Message) { Where = path, Action = reading.Findings[0].Action };
    }
}
