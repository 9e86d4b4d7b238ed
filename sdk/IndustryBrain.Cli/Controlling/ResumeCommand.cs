using System.CommandLine;
using IndustryBrain.Cli.Hosts;

namespace IndustryBrain.Cli.Controlling;

/// <summary><c>brain runs resume</c>.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var target = new RunOrScenario();
        var reason = new Option<string?>("--reason") { Description = "原因。Why." };
        var command = target.AddTo(new Command("resume", "继续暂停的运行或应用场景。Lets a paused run, or the runs of a scenario, go on.") { reason });
        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) => target.PostAsync(parsed, host, "resume", new() { ["reason"] = parsed.GetValue(reason) }, ct));
        return command;
    }
}
