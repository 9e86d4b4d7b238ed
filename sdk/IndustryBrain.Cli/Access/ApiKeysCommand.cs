using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Hosts;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Access;

/// <summary><c>brain api-keys</c>: the API keys of an organization on a host.</summary>
internal static class ApiKeysCommand
{
    public static Command Create() => new("api-keys", "平台上本组织的 API 密钥。The API keys of the organization on a host.")
    {
        List(),
        New(),
        Rotate(),
        Revoke(),
    };

    private static Command List()
    {
        var command = new Command("list", "列出密钥，最近创建的在前。Lists the keys, newest first.");
        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) => host.AskAsync(parsed, (connection, asking) => connection.GetAsync("keys", asking), WriteList, ct));
        return command;
    }

    private static Command New()
    {
        var name = new Argument<string>("name") { Description = "名称。Name." };
        var permissions = new Option<string[]>("--permission") { Description = "权限，可重复。A permission; may be given several times.", AllowMultipleArgumentsPerToken = true };
        var days = new Option<int?>("--days") { Description = "有效天数。Days that it holds." };
        var account = new Option<string?>("--service-account") { Description = "持有它的服务账号。The service account that will hold it." };
        var command = new Command("create", "新建密钥；其文本只显示这一次。Makes a key; its text is shown this once.") { name, permissions, days, account };
        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) =>
        {
            var body = new JsonObject { ["name"] = parsed.GetValue(name) };
            if (parsed.GetValue(permissions) is { Length: > 0 } wanted)
            {
                body["permissions"] = new JsonArray([.. wanted.Select(p => JsonValue.Create(p))]);
            }

            if (parsed.GetValue(days) is { } holds)
            {
                body["days"] = holds;
            }

            if (parsed.GetValue(account) is { } holder)
            {
                body["serviceAccount"] = holder;
            }

            return host.AskAsync(parsed, (connection, asking) => connection.PostAsync("keys", Json(body), asking), WriteNew, ct);
        });
        return command;
    }

    private static Command Rotate()
    {
        var id = new Argument<string>("id") { Description = "密钥的标识。Id of the key." };
        var overlap = new Option<int?>("--overlap-hours") { Description = "旧密钥仍有效的小时数。Hours that the old one still holds." };
        var command = new Command("rotate", "以新密钥替换；其文本只显示这一次。Makes a key in place of another; its text is shown this once.") { id, overlap };
        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) =>
        {
            var body = parsed.GetValue(overlap) is { } hours ? new JsonObject { ["overlapHours"] = hours } : [];
            return host.AskAsync(parsed, (connection, asking) => connection.PostAsync($"keys/{Uri.EscapeDataString(parsed.GetValue(id)!)}/rotate", Json(body), asking), WriteNew, ct);
        });
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("id") { Description = "密钥的标识。Id of the key." };
        var command = new Command("revoke", "吊销密钥。Revokes a key.") { id };
        var host = new HostOptions().AddTo(command);
        command.SetAction((parsed, ct) => host.AskAsync(parsed, (connection, asking) => connection.DeleteAsync($"keys/{Uri.EscapeDataString(parsed.GetValue(id)!)}", asking), WriteOne, ct));
        return command;
    }

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static Failure? WriteNew(JsonElement made, Uri host)
    {
        if (made.ValueKind != JsonValueKind.Object || !made.TryGetProperty("key", out var key) || Text(made, "text") is not { } text || WriteOne(key, host) is not null)
        {
            return CliFailures.NotAHost(host, 200);
        }

        Console.Out.WriteLine(text);
        return null;
    }

    private static Failure? WriteOne(JsonElement key, Uri host)
    {
        if (Text(key, "id") is not { } id)
        {
            return CliFailures.NotAHost(host, 200);
        }

        var isBootstrap = key.TryGetProperty("isBootstrap", out var bootstrap) && bootstrap.ValueKind == JsonValueKind.True;
        Console.Out.WriteLine(string.Join("  ", [id, Text(key, "state"), isBootstrap ? "bootstrap" : Text(key, "name"), Text(key, "expiresAt") ?? "-", Text(key, "lastUsedAt") ?? "-"]));
        return null;
    }

    private static Failure? WriteList(JsonElement keys, Uri host)
    {
        if (keys.ValueKind != JsonValueKind.Array)
        {
            return CliFailures.NotAHost(host, 200);
        }

        return keys.EnumerateArray().Select(key => WriteOne(key, host)).FirstOrDefault(unreadable => unreadable is not null);
    }

    private static string? Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
