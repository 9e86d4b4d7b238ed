using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Controlling;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Repairing;

/// <summary><c>brain runs</c>: the runs of a host that are broken, and how they go on; runs that are paused, terminated, archived and held.</summary>
internal static class RunsCommand
{
    public static Command Create() => new("runs", "平台上的运行：出错的、暂停的、归档的。The runs of a host: broken, paused, archived.")
    {
        Broken(),
        Retry(),
        Skip(),
        Move(),
        ShowCommand.Create(),
        PauseCommand.Create(),
        ResumeCommand.Create(),
        TerminateCommand.Create(),
        UsageCommand.Create(),
        ArchivedCommand.Create(),
        ExportCommand.Create(),
        HoldCommand.Create(),
        HoldsCommand.Create(),
        LiftCommand.Create(),
    };

    private static Command Broken()
    {
        var scenario = new Option<string?>("--scenario") { Description = "只列出这个应用场景的运行。Only runs of this scenario." };
        var code = new Option<string?>("--code") { Description = "只列出因这个代码出错的运行。Only runs that broke with this code." };
        var step = new Option<string?>("--step") { Description = "只列出在这个活动出错的运行。Only runs that broke in this activity." };
        var command = new Command("broken", "列出出错的运行，最近的在前。Lists the broken runs, those that broke last before others.") { scenario, code, step };
        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) =>
        {
            var filters = new (string Name, string? Value)[] { ("definitionId", parsed.GetValue(scenario)), ("code", parsed.GetValue(code)), ("step", parsed.GetValue(step)) };
            var query = string.Concat(filters.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => $"&{f.Name}={Uri.EscapeDataString(f.Value!)}"));
            return host.AskAsync(parsed, (connection, asking) => connection.GetAsync($"runs?broken=true&pageSize=200{query}", asking), WriteList, ct);
        });
        return command;
    }

    private static Command Retry() => Of("retry", "再次执行出错的步骤。Tries what broke again.", [], static (_, _) => null);

    private static Command Skip()
    {
        var outputs = new Option<string?>("--outputs") { Description = "步骤的输出，JSON 对象。The outputs of the step, a JSON object." };
        return Of("skip", "以给出的输出代替出错的步骤。Goes on as if the step that broke had given these outputs.", [outputs], (parsed, repair) =>
        {
            if (parsed.GetValue(outputs) is not { } text)
            {
                return null;
            }

            try
            {
                repair["outputs"] = JsonNode.Parse(text) as JsonObject;
                return repair["outputs"] is null ? CliFailures.WrongShape("--outputs", new("JSON 对象", "a JSON object")) : null;
            }
            catch (JsonException e)
            {
                return CliFailures.NotJson("--outputs", (e.LineNumber ?? 0) + 1);
            }
        });
    }

    private static Command Move()
    {
        var version = new Option<int>("--to") { Description = "应用场景的已发布版本。The published version of the scenario.", Required = true };
        var nodes = new Option<string[]>("--node") { Description = "标识改变的活动，旧=新。An activity with another id there, old=new." };
        return Of("move", "换到另一个版本，并在那里重试。Moves the run to another version and tries again there.", [version, nodes], (parsed, repair) =>
        {
            repair["version"] = parsed.GetRequiredValue(version);
            var map = new JsonObject();
            foreach (var node in parsed.GetValue(nodes) ?? [])
            {
                if (node.Split('=', 2) is not [{ Length: > 0 } old, { Length: > 0 } now])
                {
                    return CliFailures.WrongShape("--node", new("旧=新", "old=new"));
                }

                map[old] = now;
            }

            repair["nodes"] = map;
            return null;
        });
    }

    private static Command Of(string kind, string description, Option[] more, Func<ParseResult, JsonObject, Failure?> read)
    {
        var id = new Argument<string>("run") { Description = "运行的标识。Id of the run." };
        var step = new Option<string[]>("--step") { Description = "出错的步骤：其标识或活动的标识；默认为全部。A step that broke, by its id or that of its activity; default: all." };
        var comment = new Option<string?>("--comment") { Description = "说明。What is said to it." };
        var command = new Command(kind, description) { id, step, comment };
        foreach (var option in more)
        {
            command.Options.Add(option);
        }

        var host = new HostOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var repair = new JsonObject { ["kind"] = kind };
            if (parsed.GetValue(step) is { Length: > 0 } steps)
            {
                repair["steps"] = new JsonArray([.. steps.Select(s => (JsonNode)s)]);
            }

            if (parsed.GetValue(comment) is { } said)
            {
                repair["comment"] = said;
            }

            if (read(parsed, repair) is { } wrong)
            {
                return Complaint.Write(wrong);
            }

            using var content = new StringContent(repair.ToJsonString(), Encoding.UTF8, "application/json");
            return await host.AskAsync(parsed, (connection, asking) => connection.PostAsync($"runs/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/repairs", content, asking), WriteRun, ct);
        });
        return command;
    }

    private static Failure? WriteList(JsonElement page, Uri host)
    {
        if (page.ValueKind != JsonValueKind.Object || !page.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            return CliFailures.NotAHost(host, 200);
        }

        foreach (var run in items.EnumerateArray())
        {
            var incident = run.TryGetProperty("incident", out var found) ? found : default;
            Console.Out.WriteLine(string.Join("  ", [Text(run, "id"), Text(run, "failedAt"), Text(run, "definitionId"), Text(incident, "activityId"), Text(incident, "code")]));
        }

        return null;
    }

    internal static Failure? WriteRun(JsonElement run, Uri host)
    {
        if (Text(run, "id") is not { Length: > 0 } id)
        {
            return CliFailures.NotAHost(host, 200);
        }

        Console.Out.WriteLine($"{id}  {Text(run, "status")}  {Text(run, "subStatus")}");
        return null;
    }

    internal static string Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
