using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Capabilities;

/// <summary>The codes of capabilities, IB113x, IB114x and IB1190–IB1209.</summary>
internal static class CapabilityFailures
{
    private static readonly LocalizedText AskVendor = new("请告知插件供应商。", "Tell the vendor.");

    public static Failure NotGranted(string pluginId, string permission) =>
        new("IB1131", new($"插件 {pluginId} 未被授予权限「{permission}」。", $"The plugin {pluginId} has not been granted the permission “{permission}”."))
        { Where = permission, Action = new($"管理员可在「插件 › {pluginId} › 权限」中授予。", $"An administrator may grant it under Plugins › {pluginId} › Permissions.") };

    public static Failure NotDeclared(string pluginId, string permission) =>
        new("IB1132", new($"插件 {pluginId} 没有声明权限「{permission}」，无法授予。", $"The plugin {pluginId} does not declare the permission “{permission}”, so it cannot be granted."))
        { Where = permission, Action = new("供应商须在插件清单中声明该权限并说明理由。", "Its vendor has to declare it in the manifest, with a reason.") };

    public static Failure AddressRefused(string pluginId, string origin) =>
        new("IB1133", new($"{origin} 的地址不是公网地址，插件 {pluginId} 未获许可访问它。", $"{origin} has an address that is not public, and the plugin {pluginId} may not reach it."))
        { Where = origin, Action = new($"内部主机须声明并按名称授予「http.private」：「插件 › {pluginId} › 权限」。", $"A host inside the enterprise is declared and granted by name as “http.private”: Plugins › {pluginId} › Permissions.") };

    public static Failure HttpFailed(string origin, string reason) =>
        new("IB1134", new($"无法与 {origin} 通信（{reason}）。", $"{origin} cannot be talked to ({reason}).")) { Where = origin, IsTransient = true, Action = new("请稍后重试，或检查该主机。", "Try again later, or look at that host.") };

    public static Failure HttpTimedOut(string origin, TimeSpan limit) =>
        new("IB1135", new($"{origin} 在 {limit.TotalSeconds:0.###} 秒内未完成应答。", $"{origin} did not answer within {limit.TotalSeconds:0.###} s.")) { Where = origin, IsTransient = true };

    public static Failure TooLarge(string where, long allowed) =>
        new("IB1136", new($"「{Cut(where)}」超过 {Megabytes(allowed)} MB。", $"“{Cut(where)}” is larger than {Megabytes(allowed)} MB.")) { Where = Cut(where) };

    public static Failure RequestInvalid(string where, LocalizedText why) =>
        new("IB1137", new($"插件请求的「{where}」无效：{why.Zh}。", $"“{where}” of the plugin's request is not valid: {why.En}.")) { Where = where, Action = AskVendor };

    public static Failure QuotaExceeded(string pluginId, long allowed, int files) =>
        new("IB1138", new($"插件 {pluginId} 的文件夹已满：最多 {Megabytes(allowed)} MB、{files} 个文件。", $"The folder of the plugin {pluginId} is full: at most {Megabytes(allowed)} MB and {files} files."))
        { Where = pluginId, Action = new($"管理员可在「插件 › {pluginId} › 权限」中提高配额。", $"An administrator may raise the quota under Plugins › {pluginId} › Permissions.") };

    public static Failure FileNotThere(string name) =>
        new("IB1139", new($"插件文件夹中没有文件「{name}」。", $"The plugin's folder has no file “{name}”.")) { Where = name };

    /// <summary>Code of a request for what there is not.</summary>
    public const string Unknown = "IB1140";

    public static Failure UnknownOperation(string capability, string operation) =>
        new(Unknown, new($"本平台没有能力「{capability} {operation}」。", $"This platform has no capability “{capability} {operation}”.")) { Where = capability, Action = new("请升级平台，或安装适合它的插件版本。", "Upgrade the platform, or install a version of the plugin that fits it.") };

    public static Failure TooManyRequests(string componentId, int allowed) =>
        new("IB1141", new($"组件 {componentId} 在一次调用中提出了超过 {allowed} 个请求。", $"The component {componentId} made more than {allowed} requests in one call.")) { Where = componentId };

    public static Failure CallEnded(string componentId) =>
        new("IB1142", new($"组件 {componentId} 的调用已经结束，不能再提出请求。", $"The call of the component {componentId} has ended and can ask for nothing more.")) { Where = componentId, Action = AskVendor };

    public static Failure SecretNotStored(string name) =>
        new("IB1143", new($"没有名为「{name}」的机密。", $"There is no secret named “{name}”.")) { Where = name, Action = new("在平台上由所有者在「机密」页保存；brain run 用 --secrets 给出。", "On a host an owner stores it on the page “Secrets”; brain run takes it from --secrets.") };

    public static Failure StoreNotUsable(string what) =>
        new("IB1144", new($"「{what}」当前不可读写。", $"“{what}” cannot be read or written at present.")) { Where = what, IsTransient = true, Action = new("请检查数据文件夹的权限与磁盘空间；详情在日志中。", "Check permissions and space of the data folder; the log has the details.") };

    public static Failure Broke(string capability) =>
        new("IB1145", new($"能力「{capability}」出现内部错误。", $"The capability “{capability}” failed internally.")) { Where = capability, IsTransient = true, Action = new("详情在日志中。", "The log has the details.") };

    public static Failure TooManyRedirects(string origin, int allowed) =>
        new("IB1146", new($"{origin} 的重定向超过 {allowed} 次。", $"{origin} redirects more than {allowed} times.")) { Where = origin };

    public static Failure GrantTooWide(string permission) =>
        new("IB1147", new($"插件清单没有声明「{permission}」，不能授予。", $"The manifest does not declare “{permission}”, so it cannot be granted.")) { Where = permission, Action = new("只能授予清单所声明的，或更少。", "Grant what the manifest declares, or less.") };

    public static Failure FileNotHandedOver(string file) =>
        new("IB1190", new($"本次调用没有得到文件「{Cut(file)}」，不能打开它。", $"This call was not given the file “{Cut(file)}” and cannot open it."))
        { Where = Cut(file), Action = new("请把文件作为组件的输入。", "Hand the file to the component as its input.") };

    public static Failure NoKnowledge(string componentId) =>
        new("IB1191", new($"没有知识组件 {componentId}。", $"There is no knowledge component {componentId}.")) { Where = componentId, Action = new("请安装提供它的插件。", "Install the plugin that provides it.") };

    public static Failure QuestionsTooDeep(IReadOnlyList<string> chain, int allowed) =>
        new("IB1192", new($"知识查询相互循环，或超过 {allowed} 层：{string.Join(" › ", chain)}。", $"Questions to knowledge go round, or more than {allowed} deep: {string.Join(" › ", chain)}.")) { Where = chain[^1], Action = AskVendor };

    public static Failure NoRuns(string name) =>
        new("IB1193", new($"本机不执行运行，事件「{Cut(name)}」无人接收。", $"This host executes no runs, so nobody hears the event “{Cut(name)}”.")) { Where = Cut(name) };

    public static Failure EventNameInvalid() =>
        RequestInvalid("name", new("应为 1 到 200 个字符的事件名，不含控制字符和 *", "it must be the name of an event: 1 to 200 characters, none of control and no *"));

    public static Failure NoDataSet(string name) =>
        new("IB1194", new($"组织没有名为「{Cut(name)}」的数据集。", $"The organization has no data set named “{Cut(name)}”.")) { Where = Cut(name), Action = new("请在「数据」页上传它。", "Upload it on the page “Data”.") };

    public static Failure DataSetReplaced() =>
        new("IB1195", new("正在读取的数据集版本已不存在。", "The version of the data set that was being read is gone.")) { Where = "cursor", IsTransient = true, Action = new("请从第一页重新读取。", "Read it again from its first page.") };

    public static Failure DataSetNameInvalid() =>
        RequestInvalid("name", new("应为数据集的名称：字母、数字、点、横线和下划线，最多 80 字节", "it must be the name of a data set: letters, digits, dots, hyphens and underscores, 80 bytes at most"));

    public static Failure NoConnection(string name) =>
        new("IB1198", new($"组织没有名为「{Cut(name)}」的 MQTT 连接。", $"The organization has no MQTT connection named “{Cut(name)}”.")) { Where = Cut(name), Action = new("请在「连接」页建立它，或由管理员配置 Mqtt:Connections。", "Make it on the page “Connections”, or an administrator configures Mqtt:Connections.") };

    public static Failure BrokerNotReached(string name, string reason) =>
        new("IB1199", new($"MQTT 连接「{name}」不通（{reason}）。", $"The MQTT connection “{name}” is down ({reason}).")) { Where = name, IsTransient = true, Action = new("请稍后重试，或检查消息服务器；详情在日志中。", "Try again later, or look at the broker; the log has the details.") };

    public static Failure TooManyMessages(string name, int allowed) =>
        new("IB1200", new($"MQTT 连接「{name}」已有 {allowed} 条消息在等待。", $"{allowed} messages wait for the MQTT connection “{name}” already.")) { Where = name, IsTransient = true, Action = new("请放慢发送，或稍后重试。", "Send more slowly, or try again later.") };

    public static Failure BrokerRefused(string name, string reason) =>
        new("IB1201", new($"消息服务器「{name}」拒绝（{reason}）。", $"The broker of “{name}” refused ({reason}).")) { Where = name, Action = new("请由管理员检查该连接的账号与权限。", "An administrator has to look at the account of this connection and its rights.") };

    public static Failure BrokerTimedOut(string name, TimeSpan limit) =>
        new("IB1202", new($"消息服务器「{name}」在 {limit.TotalSeconds:0.###} 秒内没有确认消息。", $"The broker of “{name}” did not confirm the message within {limit.TotalSeconds:0.###} s.")) { Where = name, IsTransient = true };

    private static string Cut(string text) => text.Length <= 100 ? text : text[..100];

    private static string Megabytes(long bytes) => (bytes / 1048576.0).ToString("0.###", CultureInfo.InvariantCulture);
}
