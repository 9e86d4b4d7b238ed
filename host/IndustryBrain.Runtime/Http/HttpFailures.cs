using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Http;

/// <summary>The failures of requests that scenarios serve and send, IB3050 to IB3069.</summary>
internal static class HttpFailures
{
    /// <summary>IB3050: no scenario serves the address.</summary>
    public static Failure NoEndpoint(string path) =>
        new("IB3050", new($"没有应用场景提供地址「{Short(path)}」。", $"No scenario serves “{Short(path)}”."))
        { Where = Short(path), Action = new("请检查地址，以及该应用场景是否已发布。", "Check the address, and that its scenario is published.") };

    /// <summary>IB3051: the address knows other methods.</summary>
    public static Failure WrongMethod(string method, string path, IReadOnlyList<string> methods) =>
        new("IB3051", new($"「{Short(path)}」不接受方法 {Short(method)}。", $"“{Short(path)}” does not take the method {Short(method)}."))
        { Where = Short(path), Action = new($"可用方法：{string.Join("、", methods)}。", $"It takes {string.Join(", ", methods)}.") };

    /// <summary>IB3052: several runs wait for the request.</summary>
    public static Failure Ambiguous(string path) =>
        new("IB3052", new($"有多个运行在等待「{Short(path)}」的请求。", $"Several runs wait for a request to “{Short(path)}”."))
        { Where = Short(path), Action = new("请用标头 X-Workflow-Instance-ID 或 X-Correlation-ID 指明是哪一个。", "Say which one is meant with the header X-Workflow-Instance-ID or X-Correlation-ID.") };

    /// <summary>Code of <see cref="Faulted"/>.</summary>
    public const string RunFaulted = "IB3053";

    /// <summary>IB3053: the run ended without an answer.</summary>
    public static Failure Faulted() =>
        new(RunFaulted, new("运行未能给出应答就结束了。", "The run ended before it answered."))
        { Action = new("详情见该运行。", "The run has the details.") };

    /// <summary>IB3054: the key of a repeated request is no key.</summary>
    public static Failure BadKey(int most) =>
        new("IB3054", new($"Idempotency-Key 应为 1 到 {most} 个可见字符。", $"An Idempotency-Key has 1 to {most} visible characters.")) { Where = "Idempotency-Key" };

    /// <summary>IB3055: the request is larger than it may be.</summary>
    public static Failure TooLarge(string where, long limit) =>
        new("IB3055", new($"「{Short(where)}」超过 {limit} 字节。", $"“{Short(where)}” is larger than {limit} bytes.")) { Where = Short(where) };

    /// <summary>IB3055: the request has more files than it may have.</summary>
    public static Failure TooManyFiles(int limit) =>
        new("IB3055", new($"请求的文件超过 {limit} 个。", $"The request has more than {limit} files.")) { Where = "request", Action = new("可由管理员调整 Http:MaxFiles。", "An administrator may raise Http:MaxFiles.") };

    /// <summary>IB3056: the endpoint takes no such file.</summary>
    public static Failure FileNotTaken(string name) =>
        new("IB3056", new($"此端点不接受文件「{Short(name)}」的类型。", $"This endpoint takes no file of the type of “{Short(name)}”.")) { Where = Short(name) };

    /// <summary>IB3057: the content of the request cannot be read.</summary>
    public static Failure Unreadable() =>
        new("IB3057", new("请求的内容不完整、格式有误，或含有无法保存的字符。", "The request's content is incomplete, malformed, or holds characters that cannot be stored.")) { Where = "request" };

    /// <summary>IB3058: a file that the run answers with is not there.</summary>
    public static Failure FileGone() =>
        new("IB3058", new("运行要作为应答的文件不存在。", "A file that the run answers with does not exist."));

    /// <summary>IB3059: the run took another request that came at the same time, or waits no more.</summary>
    public static Failure TakenByAnother() =>
        new("IB3059", new("运行已接受同时到来的另一个请求，此请求没有生效。", "The run took another request that came at the same time; this one had no effect."));

    /// <summary>IB3060: scenarios may not send such a request there.</summary>
    public static Failure HostNotAllowed(string target) =>
        new("IB3060", new($"不允许应用场景发送请求「{Short(target)}」。", $"Scenarios may not send “{Short(target)}”."))
        { Where = Short(target), Action = new("请由管理员把该主机加入 Http:AllowedHosts，内部主机加入 Http:PrivateHosts。", "An administrator may add the host to Http:AllowedHosts, or to Http:PrivateHosts when it is inside the enterprise.") };

    /// <summary>IB3061: the host has an address that is not public.</summary>
    public static Failure AddressRefused(string origin) =>
        new("IB3061", new($"{origin} 的地址不是公网地址。", $"{origin} has an address that is not public."))
        { Where = origin, Action = new("内部主机须由管理员按名称加入 Http:PrivateHosts。", "An administrator has to name a host inside the enterprise in Http:PrivateHosts.") };

    /// <summary>IB3062: the response is larger than a run takes.</summary>
    public static Failure ResponseTooLarge(string origin, long limit) =>
        new("IB3062", new($"{origin} 的应答超过 {limit} 字节。", $"The response of {origin} is larger than {limit} bytes."))
        { Where = origin, Action = new("请用 DownloadHttpFile 下载，或由管理员调整 Http:MaxResponseBytes。", "Use DownloadHttpFile, or let an administrator raise Http:MaxResponseBytes.") };

    /// <summary>IB3063: the request cannot be sent as it is.</summary>
    public static Failure RequestInvalid(string where, LocalizedText why) =>
        new("IB3063", new($"请求的「{Short(where)}」无效：{why.Zh}。", $"“{Short(where)}” of the request is not valid: {why.En}.")) { Where = Short(where) };

    /// <summary>IB3064: the response leads on and on.</summary>
    public static Failure TooManyRedirects(string origin, int limit) =>
        new("IB3064", new($"{origin} 的重定向超过 {limit} 次。", $"{origin} redirects more than {limit} times.")) { Where = origin };

    /// <summary>The server was not reached, or the connection broke off: the activity goes on where it says.</summary>
    public static Failure NotReached(string origin, string reason) =>
        new(HttpCall.FailedToConnect, new($"无法与 {origin} 通信（{reason}）。", $"{origin} cannot be talked to ({reason}).")) { Where = origin, IsTransient = true };

    /// <summary>The server did not answer in time: the activity goes on where it says.</summary>
    public static Failure TimedOut(string origin, int seconds) =>
        new(HttpCall.TimedOut, new($"{origin} 在 {seconds} 秒内未完成应答。", $"{origin} did not answer within {seconds} s.")) { Where = origin, IsTransient = true };

    /// <summary>IB3110: the run may not use the secret.</summary>
    public static Failure SecretNotGranted(string header, string name) =>
        new("IB3110", new($"请求头「{header}」引用了机密「{name}」，而该运行所在环境的参数中没有它。", $"The header “{header}” refers to the secret “{name}”, which no parameter of the run's environment names."))
        { Where = header, Action = new($"请把 ${{secret:{name}}} 设为该环境的参数。", $"Set ${{secret:{name}}} as a parameter of the environment.") };

    /// <summary>IB3111: there is no such secret for scenarios.</summary>
    public static Failure SecretUnknown(string header, string name) =>
        new("IB3111", new($"请求头「{header}」引用的机密「{name}」不存在。", $"The header “{header}” refers to the secret “{name}”, which is not there."))
        { Where = header, Action = new($"请由管理员保存机密 scenario.{name}。", $"An administrator stores the secret scenario.{name}.") };

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
