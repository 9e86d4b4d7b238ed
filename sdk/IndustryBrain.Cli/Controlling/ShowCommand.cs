using System.CommandLine;
using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Repairing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Controlling;

/// <summary><c>brain runs show</c>: how a run stands, and what it waits for.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("run") { Description = "运行的标识。Id of the run." };
        var command = new Command("show", "一次运行的状态，以及它在等待什么。How a run stands, and what it waits for.") { id };
        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) => host.AskAsync(parsed, (connection, asking) => connection.GetAsync($"runs/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}", asking), Write, ct));
        return command;
    }

    private static Failure? Write(JsonElement run, Uri host)
    {
        if (RunsCommand.WriteRun(run, host) is { } failure)
        {
            return failure;
        }

        foreach (var line in WaitWords.Of(run))
        {
            Console.Out.WriteLine(line);
        }

        if (run.TryGetProperty("incidents", out var incidents) && incidents.ValueKind == JsonValueKind.Array)
        {
            foreach (var incident in incidents.EnumerateArray())
            {
                Console.Out.WriteLine(string.Join("  ", ((string[])[RunsCommand.Text(incident, "activityId"), RunsCommand.Text(incident, "code"), RunsCommand.Text(incident, "message")]).Where(t => t.Length > 0)));
            }
        }

        return null;
    }
}
