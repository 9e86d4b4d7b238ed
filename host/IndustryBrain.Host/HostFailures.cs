using IndustryBrain.Sdk;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Host;

/// <summary>The failures of the host program, IB0901 to IB0999.</summary>
internal static class HostFailures
{
    /// <summary>IB0901: an address to listen on cannot be read.</summary>
    internal static Failure AddressInvalid(string url) =>
        new("IB0901", new($"监听地址 '{url}' 无法识别。", $"The address '{url}' cannot be read."))
        { Where = "--urls", Action = new("请写成 http://localhost:5080。", "Write it as http://localhost:5080.") };

    /// <summary>IB0902: an address other than loopback without TLS.</summary>
    internal static Failure AddressNotLoopback(string url) =>
        new("IB0902", new($"监听地址 '{url}' 可从本机以外访问，但没有配置 TLS 证书。", $"The address '{url}' can be reached from other machines, but no TLS certificate is configured."))
        { Where = "--urls", Action = new("请改用 http://localhost:5080，或使用 https 并配置 Kestrel:Certificates:Default。", "Use http://localhost:5080, or https with Kestrel:Certificates:Default configured.") };

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

    /// <summary>IB0908: the data folder cannot hold the keys of the host.</summary>
    internal static Failure KeysNotWritable(string folder) =>
        new("IB0908", new($"数据文件夹 '{folder}' 不可写。", $"The data folder '{folder}' cannot be written to."))
        { Where = "--data", Action = new("请用 --data 指定可写的文件夹。", "Choose a folder that can be written to with --data.") };

    /// <summary>IB0909: a definition file is too large to be read.</summary>
    internal static Failure DefinitionTooLarge(string name, long size, long most) =>
        new("IB0909", new($"'{name}' 有 {NumberText.Bytes(size)}，场景定义最多 {NumberText.Bytes(most)}。", $"'{name}' has {NumberText.Bytes(size)}; a scenario definition has at most {NumberText.Bytes(most)}."))
        { Where = name };

    /// <summary>IB0910: a component is not installed.</summary>
    internal static Failure ComponentMissing(string id) =>
        new("IB0910", new($"没有装组件 '{id}'。", $"The component '{id}' is not installed."))
        { Where = id, Action = new("请从能力组件列表中选择。", "Choose one from the list of components.") };
}
