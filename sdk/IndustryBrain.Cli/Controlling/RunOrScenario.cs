using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Repairing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Controlling;

/// <summary>What a command is about: a run, or a scenario.</summary>
internal sealed class RunOrScenario
{
    private readonly Argument<string?> _run = new("run") { Description = "运行的标识。Id of the run.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _scenario = new("--scenario") { Description = "应用场景的标识，代替运行。Id of a scenario, in place of a run." };

    public Command AddTo(Command command)
    {
        command.Arguments.Add(_run);
        command.Options.Add(_scenario);
        return command;
    }

    /// <summary>The run and the scenario; one of them is null.</summary>
    public Result<(string? Run, string? Scenario)> Read(ParseResult parsed)
    {
        var (run, scenario) = (parsed.GetValue(_run), parsed.GetValue(_scenario));
        return string.IsNullOrEmpty(run) == string.IsNullOrEmpty(scenario) ? CliFailures.RunOrScenario() : (run, scenario);
    }

    /// <summary>Asks the host to do it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> PostAsync(ParseResult parsed, HostOptions host, string verb, JsonObject body, CancellationToken ct)
    {
        if (!Read(parsed).TryGet(out var target, out var failure))
        {
            return Complaint.Write(failure);
        }

        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        var path = target.Run is { } run ? $"runs/{Uri.EscapeDataString(run)}/{verb}" : $"scenarios/{Uri.EscapeDataString(target.Scenario!)}/{verb}";
        return await host.AskAsync(parsed, (connection, asking) => connection.PostAsync(path, content, asking), target.Run is null ? (_, _) => WriteScenario(target.Scenario!, verb) : RunsCommand.WriteRun, ct);
    }

    private static Failure? WriteScenario(string scenario, string verb)
    {
        Console.Out.WriteLine($"{scenario}  {verb}");
        return null;
    }
}
