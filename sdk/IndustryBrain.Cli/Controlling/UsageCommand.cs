using System.CommandLine;
using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Controlling;

/// <summary><c>brain runs usage</c>.</summary>
internal static class UsageCommand
{
    private static readonly (string Used, string? Limit)[] Rows =
    [
        ("executing", "concurrentRuns"), ("openRuns", "openRuns"), ("queued", null), ("waiting", null), ("paused", null), ("stepsToday", "stepsPerDay"), ("storedBytes", "storedBytes"),
    ];

    public static Command Create()
    {
        var command = new Command("usage", "本组织的用量与配额。What the organization uses of its quotas.");
        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) => host.AskAsync(parsed, (connection, asking) => connection.GetAsync("usage", asking), Write, ct));
        return command;
    }

    private static Failure? Write(JsonElement usage, Uri host)
    {
        if (usage.ValueKind != JsonValueKind.Object || !usage.TryGetProperty("limits", out var limits) || limits.ValueKind != JsonValueKind.Object)
        {
            return CliFailures.NotAHost(host, 200);
        }

        foreach (var (used, limit) in Rows)
        {
            var most = limit is null ? 0 : Number(limits, limit);
            Console.Out.WriteLine(most == 0 ? FormattableString.Invariant($"{used}  {Number(usage, used)}") : FormattableString.Invariant($"{used}  {Number(usage, used)} / {most}"));
        }

        return null;
    }

    private static long Number(JsonElement json, string member) => json.TryGetProperty(member, out var value) && value.TryGetInt64(out var number) ? number : 0;
}
