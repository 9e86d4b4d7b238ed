using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Hosts;

namespace IndustryBrain.Cli.Controlling;

/// <summary><c>brain runs hold</c>.</summary>
internal static class HoldCommand
{
    public static Command Create()
    {
        var target = new RunOrScenario();
        var all = new Option<bool>("--organization") { Description = "组织的全部运行。All runs of the organization." };
        var reason = new Option<string>("--reason") { Description = "原因。Why.", Required = true };
        var command = target.AddTo(new Command("hold", "设置法律保留：不归档、不删除。Places a legal hold: what it names is neither archived nor deleted.") { all, reason });
        var host = new HostOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var body = new JsonObject { ["scope"] = "organization", ["reason"] = parsed.GetRequiredValue(reason) };
            if (!parsed.GetValue(all))
            {
                if (!target.Read(parsed).TryGet(out var named, out var failure))
                {
                    return Complaint.Write(failure);
                }

                body["scope"] = named.Run is null ? "scenario" : "run";
                body["target"] = named.Run ?? named.Scenario;
            }

            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            return await host.AskAsync(parsed, (connection, asking) => connection.PostAsync("holds", content, asking), HoldsCommand.WriteOne, ct);
        });
        return command;
    }
}
