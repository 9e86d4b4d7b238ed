using System.CommandLine;
using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Cli.Repairing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Controlling;

/// <summary><c>brain runs archived</c>.</summary>
internal static class ArchivedCommand
{
    public static Command Create()
    {
        var scenario = new Option<string?>("--scenario") { Description = "只列出这个应用场景的运行。Only runs of this scenario." };
        var command = new Command("archived", "列出归档的运行，最近的在前。Lists the archived runs, those accepted last before others.") { scenario };
        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) =>
        {
            var filter = parsed.GetValue(scenario) is { Length: > 0 } id ? $"&definitionId={Uri.EscapeDataString(id)}" : "";
            return host.AskAsync(parsed, (connection, asking) => connection.GetAsync($"archive?pageSize=200{filter}", asking), Write, ct);
        });
        return command;
    }

    private static Failure? Write(JsonElement page, Uri host)
    {
        if (page.ValueKind != JsonValueKind.Object || !page.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            return CliFailures.NotAHost(host, 200);
        }

        foreach (var run in items.EnumerateArray())
        {
            Console.Out.WriteLine(string.Join("  ", new[] { "id", "createdAt", "definitionId", "subStatus", "sha256", "deletedAt" }.Select(m => RunsCommand.Text(run, m)).Where(t => t.Length > 0)));
        }

        return null;
    }
}
