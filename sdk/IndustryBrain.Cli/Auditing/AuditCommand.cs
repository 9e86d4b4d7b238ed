using System.CommandLine;
using System.Text.Json;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Auditing;

/// <summary><c>brain audit</c>: the audit trail of an organization on a host.</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "平台上本组织的审计记录。The audit trail of the organization on a host.")
    {
        List(),
        Verify(),
    };

    private static Command List()
    {
        var filters = new (string Name, Option<string?> Option)[]
        {
            ("from", new("--from") { Description = "此时刻及之后。At or after this moment." }),
            ("to", new("--to") { Description = "此时刻之前。Before this moment." }),
            ("action", new("--action") { Description = "操作或其开头，如 run.start 或 run.。An action, or how several begin: run.start, run." }),
            ("actor", new("--actor") { Description = "操作者的标识。Id of who did it." }),
            ("object", new("--object") { Description = "对象的标识。Id of what it was done to." }),
            ("result", new("--result") { Description = "ok、denied 或 failed。ok, denied or failed." }),
        };
        var command = new Command("list", "列出审计记录，最近的在前。Lists the records, newest first.");
        foreach (var (_, option) in filters)
        {
            command.Options.Add(option);
        }

        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) =>
        {
            var query = string.Concat(filters.Select(f => (f.Name, Value: parsed.GetValue(f.Option))).Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => $"&{f.Name}={Uri.EscapeDataString(f.Value!)}"));
            return host.AskAsync(parsed, (connection, asking) => connection.GetAsync($"audit?pageSize=200{query}", asking), WriteList, ct);
        });
        return command;
    }

    private static Command Verify()
    {
        var file = new Argument<FileInfo?>("file") { Arity = ArgumentArity.ZeroOrOne, Description = "导出或归档的 JSON 行文件；省略则由平台校验。A file of JSON lines that was exported or archived; without it the host checks its own." };
        var key = new Option<FileInfo?>("--key") { Description = "文件须由此公钥（PEM）签名。The public key, PEM, that must have signed the file." };
        var checkpoints = new Option<FileInfo?>("--checkpoints") { Description = "文件须与此 checkpoints.txt 相符。A checkpoints.txt that the file must agree with." };
        var command = new Command("verify", "校验每一条审计记录，指出第一处不符。Checks every record and names the first place that is wrong.") { file, key, checkpoints };
        var host = new HostOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(file) is { } exported)
            {
                return await ExportedTrail.VerifyAsync(exported, parsed.GetValue(key), parsed.GetValue(checkpoints), host.Json(parsed), ct);
            }

            if (!(await host.ConnectAsync(parsed, ct)).TryGet(out var connection, out var failure))
            {
                return Complaint.Write(failure);
            }

            using (connection)
            {
                if (!(await connection.GetAsync("audit/verification", ct)).TryGet(out var found, out failure))
                {
                    return Complaint.Write(failure);
                }

                if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty("isIntact", out var intact) || Text(found, "organization") is not { } organization)
                {
                    return Complaint.Write(CliFailures.NotAHost(connection.Address, 200));
                }

                if (host.Json(parsed))
                {
                    Console.Out.WriteLine(HostJson.Write(found));
                }
                else if (intact.ValueKind == JsonValueKind.True)
                {
                    Console.Out.WriteLine((new LocalizedText(
                        $"{organization}：{Text(found, "sealed")} 条记录与 {Text(found, "checkpoints")} 个签名检查点相符，{Text(found, "waiting")} 条待封存，{Text(found, "otherKeys")} 条来自其他主机的密钥。",
                        $"{organization}: {Text(found, "sealed")} records agree with {Text(found, "checkpoints")} signed checkpoints, {Text(found, "waiting")} wait to be sealed, {Text(found, "otherKeys")} are of other hosts' keys.")).ToString());
                }

                if (intact.ValueKind == JsonValueKind.True)
                {
                    return ExitCode.Success;
                }

                Complaint.Write(Broken(organization, found.TryGetProperty("break", out var place) ? place : default));
                return ExitCode.Faulted;
            }
        });
        return command;
    }

    private static Failure Broken(string organization, JsonElement place)
    {
        var where = Text(place, "seq") is { Length: > 0 } seq ? $"{organization}/{seq}" : $"{organization}/{Text(place, "recordId")}";
        var what = Text(place, "fault") switch
        {
            "altered" => new LocalizedText("记录被改动或与另一条换了位置", "the record was edited, or changed places with another"),
            "missing" => new("已封存的记录或其封条不见了", "a sealed record, or its seal, is gone"),
            "inserted" => new("没有任何主机写过这条记录", "no host made this record"),
            "truncated" => new("链的末尾被截去", "the end of the chain was cut off"),
            "rewritten" => new("链被重新生成，与签名检查点不符", "the chain was made anew and does not agree with a signed checkpoint"),
            "signature" => new("检查点的签名不成立", "the signature of a checkpoint does not hold"),
            var other => LocalizedText.Same(other ?? ""),
        };
        return CliFailures.TrailBroken(where, what, Text(place, "lastGood") ?? "0");
    }

    private static Failure? WriteList(JsonElement page, Uri host)
    {
        if (page.ValueKind != JsonValueKind.Object || !page.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            return CliFailures.NotAHost(host, 200);
        }

        foreach (var item in items.EnumerateArray())
        {
            var record = Member(item, "record");
            Console.Out.WriteLine(string.Join("  ", [Text(item, "seq") ?? "-", Text(record, "at"), Text(record, "result"), Text(record, "action"), Text(Member(record, "actor"), "id"), Text(Member(record, "object"), "id")]));
        }

        return null;
    }

    private static JsonElement Member(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value ? value.ToString() : null;
}
