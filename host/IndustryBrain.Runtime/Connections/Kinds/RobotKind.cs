using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Runtime.Connections.Kinds;

/// <summary>Whose group robot takes messages.</summary>
internal enum RobotProvider
{
    /// <summary>WeCom.</summary>
    [Label("企业微信", "WeCom")] WeCom,

    /// <summary>DingTalk.</summary>
    [Label("钉钉", "DingTalk")] DingTalk,

    /// <summary>Feishu, or Lark.</summary>
    [Label("飞书", "Feishu")] Feishu,
}

/// <summary>Settings of a connection to the robot of a group.</summary>
internal sealed record RobotConnection(
    [property: Label("平台", "Provider")] RobotProvider Provider,
    [property: Label("令牌机密", "Secret with the token", DescriptionZh = "机器人地址中的 key、access_token 或末段", DescriptionEn = "The key, the access_token or the last part of the robot's address"), StringLength(100, MinimumLength = 1)] string TokenSecret,
    [property: Label("加签机密", "Secret for signing", DescriptionZh = "钉钉与飞书开启签名校验时的密钥", DescriptionEn = "Of DingTalk and Feishu, where signatures are on"), StringLength(100)] string? SigningSecret = null,
    [property: Label("地址", "Address", DescriptionZh = "私有部署的地址，不填为平台的公网地址", DescriptionEn = "Of a private installation; the provider's public one when left out"), StringLength(300)] string? Address = null);

/// <summary>Robots of WeCom, DingTalk and Feishu. A test sends one line to the group.</summary>
internal sealed class RobotKind : ConnectionKind<RobotConnection>
{
    private const string Line = "IndustryBrain 行业大脑：连接测试 connection test";

    public override string Id => "robot";

    public override LocalizedText Name { get; } = new("群机器人（企业微信、钉钉、飞书）", "Group robot (WeCom, DingTalk, Feishu)");

    protected override Failure? Judge(RobotConnection settings) =>
        settings.Address is { Length: > 0 } address && (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
            ? ConnectionFailures.Setting("address", new("应为 http 或 https 网址，不含账号", "it must be a URL of http or https without an account"))
        : settings.Provider == RobotProvider.WeCom && !string.IsNullOrEmpty(settings.SigningSecret) ? ConnectionFailures.Setting("signingSecret", new("企业微信的机器人没有签名", "robots of WeCom have no signature"))
        : null;

    protected override IEnumerable<string?> SecretsOf(RobotConnection settings) => [settings.TokenSecret, settings.SigningSecret];

    protected override async Task<Failure?> TestAsync(RobotConnection settings, ConnectionReach reach, CancellationToken ct)
    {
        if (!(await reach.SecretAsync(settings.TokenSecret, ct)).TryGet(out var token, out var failure) || !(await reach.SecretAsync(settings.SigningSecret, ct)).TryGet(out var key, out failure))
            return failure;
        using var request = Request(settings, token, key, Line, reach.Time.GetUtcNow());
        if (!(await reach.SendAsync(request, ct)).TryGet(out var response, out failure))
            return failure;
        using (response)
        {
            var host = request.RequestUri!.Host;
            if (!response.IsSuccessStatusCode)
                return ConnectionFailures.Refused(host, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
            try
            {
                // The answer of all three says 0 when the message was taken, and is small.
                await response.Content.LoadIntoBufferAsync(65_536, ct);
                var answer = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
                var code = answer.ValueKind == JsonValueKind.Object && (answer.TryGetProperty("errcode", out var said) || answer.TryGetProperty("code", out said)) && said.TryGetInt64(out var number) ? number : -1;
                return code == 0 ? null : ConnectionFailures.Refused(host, code.ToString(CultureInfo.InvariantCulture));
            }
            catch (Exception e) when (e is JsonException or HttpRequestException or NotSupportedException or InvalidOperationException)
            {
                return ConnectionFailures.Refused(host, "no JSON");
            }
        }
    }

    /// <summary>The request that sends a line of text, signed as the provider asks.</summary>
    internal static HttpRequestMessage Request(RobotConnection settings, string token, string key, string text, DateTimeOffset now)
    {
        var escaped = Uri.EscapeDataString(token);
        var address = settings.Address is { Length: > 0 } own ? own.TrimEnd('/') : settings.Provider switch { RobotProvider.WeCom => "https://qyapi.weixin.qq.com", RobotProvider.DingTalk => "https://oapi.dingtalk.com", _ => "https://open.feishu.cn" };
        switch (settings.Provider)
        {
            case RobotProvider.WeCom:
                return Post($"{address}/cgi-bin/webhook/send?key={escaped}", new { msgtype = "text", text = new { content = text } });
            case RobotProvider.DingTalk:
                // HMAC-SHA256 of "milliseconds\nkey" under the key.
                var milliseconds = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
                var query = key.Length == 0 ? "" : $"&timestamp={milliseconds}&sign={Uri.EscapeDataString(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{milliseconds}\n{key}"))))}";
                return Post($"{address}/robot/send?access_token={escaped}{query}", new { msgtype = "text", text = new { content = text } });
            default:
                // HMAC-SHA256 of nothing under "seconds\nkey".
                var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
                return key.Length == 0
                    ? Post($"{address}/open-apis/bot/v2/hook/{escaped}", new { msg_type = "text", content = new { text } })
                    : Post($"{address}/open-apis/bot/v2/hook/{escaped}", new { timestamp = seconds, sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{seconds}\n{key}"), Array.Empty<byte>())), msg_type = "text", content = new { text } });
        }
    }

    private static HttpRequestMessage Post(string url, object body) => new(HttpMethod.Post, url) { Content = JsonContent.Create(body) };
}
