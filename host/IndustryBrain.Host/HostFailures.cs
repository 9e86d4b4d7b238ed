using IndustryBrain.Sdk;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Host;

/// <summary>The failures of the host program, IB0901 to IB0999.</summary>
internal static class HostFailures
{
    /// <summary>IB0901: an address to listen on cannot be read.</summary>
    internal static Failure AddressInvalid(string url) =>
        new("IB0901", new($"监听地址 '{url}' 无法识别。", $"The address '{url}' cannot be read."))
        { Where = "--urls", Action = new("请写成 http://localhost:5080，端口为 0 至 65535。", "Write it as http://localhost:5080, with a port from 0 to 65535.") };

    /// <summary>IB0902: an address other than loopback without TLS.</summary>
    internal static Failure AddressNotLoopback(string url) =>
        new("IB0902", new($"监听地址 '{url}' 可从本机以外访问，但没有配置 TLS 证书，也没有可信代理。", $"The address '{url}' can be reached from other machines, but neither a TLS certificate nor a trusted proxy is configured."))
        { Where = "--urls", Action = new("请改用 http://localhost:5080，或使用 https 并配置 Kestrel:Certificates:Default，或在 Proxy:Trusted 中写明反向代理。", "Use http://localhost:5080, or https with Kestrel:Certificates:Default configured, or name the reverse proxy in Proxy:Trusted.") };

    /// <summary>IB0903: the address is taken or not allowed.</summary>
    internal static Failure AddressTaken(string urls) =>
        new("IB0903", new($"无法监听 {urls}：端口已被占用或不允许使用。", $"Cannot listen on {urls}: the port is taken or not allowed."))
        { Where = "--urls", Action = new("请用 --urls 换一个端口。", "Choose another port with --urls.") };

    /// <summary>IB0904: an option has a value that is not allowed.</summary>
    internal static Failure OptionInvalid(string reason) =>
        new("IB0904", new($"配置项的值不可用：{reason}", $"An option has a value that is not allowed: {reason}"));

    /// <summary>IB0905: the start failed for a reason that has no code of its own.</summary>
    internal static Failure StartFailed(string reason) =>
        new("IB0905", new($"启动失败：{reason}", $"The start failed: {reason}"))
        { Action = new("设置 Logging__LogLevel__Default=Debug 后重试，日志会写明经过。", "Try again with Logging__LogLevel__Default=Debug; the log then tells what happened.") };

    /// <summary>IB0907: nothing stands at this address.</summary>
    internal static Failure NotFound(string path) =>
        new("IB0907", new($"没有 {path} 这个地址。", $"There is nothing at {path}."))
        { Where = path, Action = new("可用的地址见 /openapi/v1.json。", "The addresses are listed in /openapi/v1.json.") };

    /// <summary>IB0908: the address knows other methods than the one asked with.</summary>
    internal static Failure MethodNotAllowed(string method, string path, IReadOnlyList<string> allowed) =>
        new("IB0908", new($"{path} 不接受 {method}，只接受 {string.Join("、", allowed)}。", $"{path} does not take {method}, only {string.Join(", ", allowed)}."))
        { Where = path, Action = new("可用的地址与方法见 /openapi/v1.json。", "The addresses and their methods are listed in /openapi/v1.json.") };

    /// <summary>IB0911: an option that does not exist.</summary>
    internal static Failure OptionUnknown(string name, string? nearest) =>
        new("IB0911", new($"没有配置项 '{name}'。", $"There is no option '{name}'."))
        {
            Where = name,
            Action = nearest is null
                ? new("可用的配置项见 --help 与 docs/operations.md。", "The options are listed by --help and in docs/operations.md.")
                : new($"是否想写 {nearest}？", $"Did you mean {nearest}?"),
        };

    /// <summary>IB0912: an option without its value.</summary>
    internal static Failure OptionWithoutValue(string name) =>
        new("IB0912", new($"配置项 {name} 缺少值。", $"The option {name} has no value."))
        { Where = name, Action = new($"请写成 {name} 值，或 {name}=值。", $"Write {name} VALUE or {name}=VALUE.") };

    /// <summary>IB0913: the configuration file cannot be read.</summary>
    internal static Failure SettingsUnreadable(string reason) =>
        new("IB0913", new($"配置文件 appsettings.json 无法读取：{reason}", $"The configuration file appsettings.json cannot be read: {reason}"))
        { Where = "appsettings.json" };

    /// <summary>IB0914: a file or folder that the start needs is not there, or this account may not enter it.</summary>
    internal static Failure PartMissing(string path) =>
        new("IB0914", new($"缺少启动所需的文件或文件夹，或无权访问：{path.TrimEnd('.')}。", $"A file or folder that the start needs is missing or may not be entered: {path.TrimEnd('.')}."))
        { Action = new("请以构建它的用户启动，或用 deploy/publish.sh 做成独立安装包。", "Start as the user who built it, or make a package of it with deploy/publish.sh.") };

    /// <summary>IB0915: an operation without its file.</summary>
    internal static Failure OperationWithoutFile(string verb) =>
        new("IB0915", new($"{verb} 后面缺少文件名。", $"{verb} lacks the name of its file."))
        { Where = verb, Action = new($"请写成 {verb} 文件。", $"Write {verb} FILE.") };

    /// <summary>IB0916: a passphrase was typed twice, and differently.</summary>
    internal static Failure PassphrasesDiffer() =>
        new("IB0916", new("两次输入的口令不同。", "The two passphrases differ."));

    /// <summary>IB6030: the diagnostics bundle cannot be written.</summary>
    internal static Failure BundleUnwritable(string file, string reason) =>
        new("IB6030", new($"诊断包「{file}」无法写入：{reason.TrimEnd('.')}。", $"The diagnostics bundle “{file}” cannot be written: {reason.TrimEnd('.')}."))
        { Where = file, Action = new("请换一个尚不存在的文件名。", "Name a file that does not exist yet.") };

    /// <summary>IB6040: plain http from another machine that is no trusted proxy.</summary>
    internal static Failure PlainHttp() =>
        new("IB6040", new("此地址只接受 https，或来自可信代理的请求。", "This address takes https only, or what a trusted proxy hands on."))
        { Action = new("请用 https 访问；代理须写在 Proxy:Trusted 中，并给出 X-Forwarded-For 与 X-Forwarded-Proto: https。", "Ask with https; a proxy has to stand in Proxy:Trusted and to send X-Forwarded-For and X-Forwarded-Proto: https.") };

    /// <summary>IB6041: a trusted proxy that is no address.</summary>
    internal static Failure ProxyInvalid(string text) =>
        new("IB6041", new($"Proxy:Trusted 中的 '{text}' 不是地址或网段。", $"'{text}' in Proxy:Trusted is no address and no network."))
        { Where = "Proxy:Trusted", Action = new("请写成 10.0.0.2 或 10.0.0.0/24；不能是所有地址。", "Write it as 10.0.0.2 or 10.0.0.0/24; it cannot be every address.") };

    /// <summary>IB0909: a definition file is too large to be read.</summary>
    internal static Failure DefinitionTooLarge(string name, long size, long most) =>
        new("IB0909", new($"'{name}' 有 {NumberText.Bytes(size)}，场景定义最多 {NumberText.Bytes(most)}。", $"'{name}' has {NumberText.Bytes(size)}; a scenario definition has at most {NumberText.Bytes(most)}."))
        { Where = name };

    /// <summary>IB0910: a component is not installed.</summary>
    internal static Failure ComponentMissing(string id) =>
        new("IB0910", new($"没有装组件 '{id}'。", $"The component '{id}' is not installed."))
        { Where = id, Action = new("请从能力组件列表中选择。", "Choose one from the list of components.") };
}
