using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Versions;

/// <summary><c>brain scenarios</c>: the versions of a host's scenarios, and where they are live.</summary>
internal static class ScenariosCommand
{
    public static Command Create() => new("scenarios", "平台上应用场景的版本与环境。Versions and environments of a host's scenarios.")
    {
        Versions(),
        Compare(),
        Publish(),
        Promote(),
        Retract(),
        Restore(),
        Parameters(),
    };

    private static Command Versions() => Of("versions", "列出各版本：状态、所在环境、摘要。Lists the versions: state, where they are live, digest.", [], (connection, path, _, ct) => connection.GetAsync(path("versions"), ct), WriteVersions);

    private static Command Compare()
    {
        var from = new Option<string?>("--from") { Description = "较早的版本：编号、draft、test 或 production。The earlier version: a number, draft, test or production." };
        var to = new Option<string?>("--to") { Description = "较晚的版本，同上；默认为最新。The later version, likewise; default: the latest." };
        return Of("compare", "比较两个版本。Compares two versions.", [from, to], (connection, path, parsed, ct) =>
        {
            var query = string.Join('&', new[] { ("from", parsed.GetValue(from)), ("to", parsed.GetValue(to)) }.Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}"));
            return connection.GetAsync(path(query.Length == 0 ? "compare" : $"compare?{query}"), ct);
        }, ComparisonText.Write);
    }

    private static Command Publish()
    {
        var version = new Option<int?>("--version") { Description = "版本；默认为最新。The version; default: the latest." };
        var environment = Environment();
        return Of("publish", "发布到一个环境，新的运行随之采用。Publishes to an environment, whose new runs take it.", [version, environment], (connection, path, parsed, ct) =>
            PostAsync(connection, path("publish"), new JsonObject { ["version"] = parsed.GetValue(version), ["environment"] = parsed.GetValue(environment) }, ct), WriteStanding);
    }

    private static Command Promote()
    {
        var version = new Option<int?>("--version") { Description = "测试过的版本；默认为测试环境中的版本。The version that was tested; default: whichever is in test." };
        var digest = new Option<string?>("--digest") { Description = "其定义的 SHA-256。SHA-256 of its definition." };
        return Of("promote", "把测试环境的版本原样提升到生产环境。Lets the version in test be the one of production, as it is.", [version, digest], (connection, path, parsed, ct) =>
            PostAsync(connection, path("promote"), new JsonObject { ["version"] = parsed.GetValue(version), ["digest"] = parsed.GetValue(digest) }, ct), WriteStanding);
    }

    private static Command Retract()
    {
        var environment = Environment();
        return Of("retract", "撤回一个环境的版本：不再启动新的运行。Takes the version of an environment out of it: no new runs begin.", [environment], (connection, path, parsed, ct) =>
            PostAsync(connection, path("retract"), new JsonObject { ["environment"] = parsed.GetValue(environment) }, ct), WriteStanding);
    }

    private static Command Restore()
    {
        var version = new Option<int>("--version") { Description = "要恢复的版本。The version to restore.", Required = true };
        var replace = new Option<bool>("--replace-draft") { Description = "取代已有的草稿。Gives up a draft that is there." };
        return Of("restore", "把较早的版本恢复为草稿。Makes an earlier version the draft.", [version, replace], (connection, path, parsed, ct) =>
            PostAsync(connection, path("restore"), new JsonObject { ["version"] = parsed.GetRequiredValue(version), ["replaceDraft"] = parsed.GetValue(replace) }, ct), WriteStanding);
    }

    private static Command Parameters()
    {
        var environment = Environment();
        var file = new Option<FileInfo?>("--set") { Description = "存有全部参数的 JSON 文件；不给则只显示。JSON file with all parameters; without it they are shown." };
        var triggers = new Option<bool?>("--triggers") { Description = "测试环境的触发：true 或 false。Triggers of the test environment: true or false." };
        return Of("parameters", "一个环境的参数。The parameters of an environment.", [environment, file, triggers], async (connection, path, parsed, ct) =>
        {
            var name = parsed.GetRequiredValue(environment);
            if (parsed.GetValue(file) is null && parsed.GetValue(triggers) is null)
            {
                return (await connection.GetAsync(path("environments"), ct)).TryGet(out var all, out var failure)
                    ? all.ValueKind == JsonValueKind.Array && all.EnumerateArray().FirstOrDefault(e => Text(e, "environment") == name) is { ValueKind: JsonValueKind.Object } found ? found : CliFailures.NoEnvironment(name)
                    : failure;
            }

            var change = new JsonObject { ["startsByItself"] = parsed.GetValue(triggers) };
            if (parsed.GetValue(file) is { } given)
            {
                if (!JsonFile.ReadObject(given.FullName).TryGet(out var values, out var wrong))
                {
                    return wrong;
                }

                change["parameters"] = JsonNode.Parse(values.GetRawText());
            }

            return await connection.PutAsync(path($"environments/{Uri.EscapeDataString(name)}"), change.ToJsonString(), ct);
        }, WriteEnvironment);
    }

    private static Option<string> Environment() => new("--environment") { Description = "test 或 production。test or production.", DefaultValueFactory = _ => "production" };

    private static Command Of(string name, string description, Option[] options, Func<HostConnection, Func<string, string>, ParseResult, CancellationToken, Task<Result<JsonElement>>> ask, Func<JsonElement, Uri, Failure?> show)
    {
        var scenario = new Argument<string>("scenario") { Description = "应用场景的标识。Id of the scenario." };
        var command = new Command(name, description) { scenario };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) => host.AskAsync(parsed, (connection, asking) => ask(connection, rest => $"scenarios/{Uri.EscapeDataString(parsed.GetRequiredValue(scenario))}/{rest}", parsed, asking), show, ct));
        return command;
    }

    private static async Task<Result<JsonElement>> PostAsync(HostConnection connection, string path, JsonObject body, CancellationToken ct)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await connection.PostAsync(path, content, ct);
    }

    private static Failure? WriteVersions(JsonElement versions, Uri host)
    {
        if (versions.ValueKind != JsonValueKind.Array)
        {
            return CliFailures.NotAHost(host, 200);
        }

        foreach (var version in versions.EnumerateArray())
        {
            string[] live = version.TryGetProperty("environments", out var environments) && environments.ValueKind == JsonValueKind.Array ? [.. environments.EnumerateArray().Select(e => e.GetString()!)] : [];
            var state = Flag(version, "isRetracted") ? "retracted" : live.Length > 0 ? string.Join(',', live) : Flag(version, "isPublished") ? "published" : "draft";
            Console.Out.WriteLine($"{Raw(version, "version")}  {state}  {Text(version, "updatedAt")}  {Text(version, "digest")}");
        }

        return null;
    }

    private static Failure? WriteStanding(JsonElement scenario, Uri host)
    {
        if (Text(scenario, "definitionId") is not { Length: > 0 } id)
        {
            return CliFailures.NotAHost(host, 200);
        }

        Console.Out.WriteLine(string.Join("  ", [id, .. new[] { ("draft", "draftVersion"), ("test", "testVersion"), ("production", "publishedVersion"), ("retracted", "retractedVersion") }.Where(v => Raw(scenario, v.Item2).Length > 0).Select(v => $"{v.Item1} {Raw(scenario, v.Item2)}")]));
        return null;
    }

    private static Failure? WriteEnvironment(JsonElement environment, Uri host)
    {
        if (environment.ValueKind != JsonValueKind.Object || !environment.TryGetProperty("parameters", out var parameters))
        {
            return CliFailures.NotAHost(host, 200);
        }

        Console.Out.WriteLine(HostJson.Write(parameters));
        return null;
    }

    private static bool Flag(JsonElement json, string member) => json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.True;

    private static string Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Raw(JsonElement json, string member) => json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "";
}
