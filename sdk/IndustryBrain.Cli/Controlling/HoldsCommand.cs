using System.CommandLine;
using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Repairing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Controlling;

/// <summary><c>brain runs holds</c>.</summary>
internal static class HoldsCommand
{
    public static Command Create()
    {
        var command = new Command("holds", "列出法律保留，最近的在前。Lists the legal holds, those placed last before others.");
        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) => host.AskAsync(parsed, (connection, asking) => connection.GetAsync("holds", asking), Write, ct));
        return command;
    }

    public static Failure? WriteOne(JsonElement hold, Uri host)
    {
        if (RunsCommand.Text(hold, "id").Length == 0)
        {
            return CliFailures.NotAHost(host, 200);
        }

        Console.Out.WriteLine(string.Join("  ", new[] { "id", "scope", "target", "placedAt", "liftedAt", "reason" }.Select(m => RunsCommand.Text(hold, m)).Where(t => t.Length > 0)));
        return null;
    }

    private static Failure? Write(JsonElement holds, Uri host)
    {
        if (holds.ValueKind != JsonValueKind.Array)
        {
            return CliFailures.NotAHost(host, 200);
        }

        foreach (var hold in holds.EnumerateArray())
        {
            if (WriteOne(hold, host) is { } unreadable)
            {
                return unreadable;
            }
        }

        return null;
    }
}
