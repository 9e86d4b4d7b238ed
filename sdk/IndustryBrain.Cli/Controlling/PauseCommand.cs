using System.CommandLine;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Hosts;

namespace IndustryBrain.Cli.Controlling;

/// <summary><c>brain runs pause</c>.</summary>
internal static class PauseCommand
{
    public static Command Create()
    {
        var target = new RunOrScenario();
        var reason = new Option<string?>("--reason") { Description = "原因。Why." };
        var until = new Option<DateTimeOffset?>("--until") { Description = "到此时自行结束。When the pause ends by itself." };
        var then = new Option<string?>("--then") { Description = "届时：resume（默认）、cancel 或 terminate。What becomes of the run then: resume (default), cancel or terminate." };
        var command = target.AddTo(new Command("pause", "暂停运行，或应用场景的新运行。Holds a run, or the new runs of a scenario.") { reason, until, then });
        var host = new HostOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var body = new JsonObject { ["reason"] = parsed.GetValue(reason), ["until"] = parsed.GetValue(until), ["then"] = parsed.GetValue(then) };
            return await target.PostAsync(parsed, host, "pause", body, ct);
        });
        return command;
    }
}
