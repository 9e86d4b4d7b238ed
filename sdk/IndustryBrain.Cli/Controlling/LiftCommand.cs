using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Hosts;

namespace IndustryBrain.Cli.Controlling;

/// <summary><c>brain runs lift</c>.</summary>
internal static class LiftCommand
{
    public static Command Create()
    {
        var hold = new Argument<string>("hold") { Description = "法律保留的标识。Id of the hold." };
        var reason = new Option<string>("--reason") { Description = "原因。Why.", Required = true };
        var command = new Command("lift", "解除法律保留。Lifts a legal hold.") { hold, reason };
        var host = new HostOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            using var content = new StringContent(new JsonObject { ["reason"] = parsed.GetRequiredValue(reason) }.ToJsonString(), Encoding.UTF8, "application/json");
            return await host.AskAsync(parsed, (connection, asking) => connection.PostAsync($"holds/{Uri.EscapeDataString(parsed.GetRequiredValue(hold))}/lift", content, asking), HoldsCommand.WriteOne, ct);
        });
        return command;
    }
}
