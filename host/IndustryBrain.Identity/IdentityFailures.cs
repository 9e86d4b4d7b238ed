using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Identity;

/// <summary>The failures of Identity, IB4001 to IB4099, IB0900 for what nobody expected, IB0921 to IB0924 for requests that cannot be served.</summary>
public static class IdentityFailures
{
    internal static Failure Unknown { get; } = new("IB4001", new("此请求需要有效的 API 密钥，或来自本机。", "This request needs a valid API key, or has to come from this machine."))
    { Action = new("请在 X-Api-Key 请求头中发送密钥。", "Send a key in the X-Api-Key header.") };

    internal static Failure KeyRefused { get; } = new("IB4002", new("API 密钥无效、已过期或已吊销。", "The API key is not valid, has expired or was revoked."))
    { Where = "X-Api-Key" };

    internal static Failure ForeignHost(string host) => new("IB4003", new($"拒绝以主机名 '{Short(host)}' 访问本机。", $"This machine is not served under the host name '{Short(host)}'."))
    { Where = "Host", Action = new("请使用 localhost 或 127.0.0.1。", "Use localhost or 127.0.0.1.") };

    internal static Failure ForeignOrigin(string origin) => new("IB4004", new($"拒绝来自其他网站 '{Short(origin)}' 的请求。", $"A request from another site, '{Short(origin)}', is refused."))
    { Where = "Origin" };

    internal static Failure CrossSite { get; } = new("IB4005", new("拒绝由其他网站发起的请求。", "A request that another site makes is refused."))
    { Where = "Sec-Fetch-Site" };

    internal static Failure BootstrapKeyInvalid { get; } = new("IB4006", new("IB_BOOTSTRAP_API_KEY 须为 32–256 个可打印字符，首尾不能是空格。", "IB_BOOTSTRAP_API_KEY must have 32 to 256 printable characters, and no blank at its ends."))
    { Where = "IB_BOOTSTRAP_API_KEY", Action = new("请改正后重新启动。", "Correct it and start again.") };

    /// <summary>IB4007: the caller may not do this.</summary>
    public static Failure NoPermission(string permission) => new("IB4007", new($"没有权限 '{permission}'。", $"The permission '{permission}' is missing."))
    { Where = permission };

    internal static Failure NothingNamed { get; } = new("IB4008", new("此地址未声明权限，因此拒绝访问。", "This address names no permission and is therefore refused."));

    internal static Failure KeyNotFound(string id) => new("IB4009", new($"没有 API 密钥 '{id}'。", $"There is no API key '{id}'.")) { Where = id };

    internal static Failure AuditKeyUnusable(string file, string reason) => new("IB4010", new($"审计密钥「{file}」无法使用：{reason}", $"The key of the audit trail, “{file}”, cannot be used: {reason}"))
    { Where = file, Action = new("请从备份恢复该文件，或检查 Audit:Folder 的权限。", "Restore the file from a backup, or check the rights of Audit:Folder.") };

    /// <summary>IB0900: a fault of the platform; the log has it under the number.</summary>
    public static Failure Unexpected(string number) => new("IB0900", new($"发生了意外错误，日志编号 {number}。", $"Something unexpected went wrong; the log has it as {number}."))
    { Where = number };

    /// <summary>What an exception that nobody caught is to whoever waits for the answer: a full disk (IB0023), the database's absence (IB0019), else IB0900 under the number.</summary>
    public static Failure Of(Exception exception, string number) => DatabaseOutage.FailureOf(exception) ?? Unexpected(number);

    /// <summary>IB0921: the request itself could not be read.</summary>
    public static Failure BadRequest { get; } = new("IB0921", new("无法读取请求。", "The request could not be read."))
    { Action = new("请检查请求体的格式与编码。", "Check the form and the encoding of the request's body.") };

    /// <summary>IB0922: the request is larger than allowed.</summary>
    public static Failure TooLarge { get; } = new("IB0922", new("请求体超过允许的大小。", "The request's body is larger than allowed."));

    internal static Failure NoSuchAddress { get; } = new("IB0923", new("没有这个地址。", "There is nothing at this address."));

    internal static Failure TooManyRequests(int seconds) => new("IB0924", new("请求过于频繁。", "Too many requests in a short time."))
    { Action = new($"请在 {seconds} 秒后重试，或由管理员调整 Limits:RequestsPerMinute 与 Limits:StartsPerMinute。", $"Try again in {seconds} seconds, or let an administrator raise Limits:RequestsPerMinute or Limits:StartsPerMinute."), IsTransient = true };

    // A header may have thousands of characters; a sentence may not.
    private static string Short(string text) => text.Length > 100 ? text[..100] + "…" : text;
}
