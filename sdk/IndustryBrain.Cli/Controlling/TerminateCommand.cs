using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Repairing;

namespace IndustryBrain.Cli.Controlling;

/// <summary><c>brain runs terminate</c>.</summary>
internal static class TerminateCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "运行的标识。Id of the run." };
        var reason = new Option<string>("--reason") { Description = "原因。Why.", Required = true };
        var command = new Command("terminate", "立即结束运行，不做补偿与清理。Ends a run at once, without compensation or cleaning up.") { run, reason };
        var host = new HostOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            using var content = new StringContent(new JsonObject { ["reason"] = parsed.GetRequiredValue(reason) }.ToJsonString(), Encoding.UTF8, "application/json");
            return await host.AskAsync(parsed, (connection, asking) => connection.PostAsync($"runs/{Uri.EscapeDataString(parsed.GetRequiredValue(run))}/terminate", content, asking), RunsCommand.WriteRun, ct);
        });
        return command;
    }
}
