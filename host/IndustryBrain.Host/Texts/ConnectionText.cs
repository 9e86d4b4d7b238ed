using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Texts;

/// <summary>Words of connections.</summary>
internal static class ConnectionText
{
    internal static readonly LocalizedText Connections = new("连接", "Connections");
    internal static readonly LocalizedText None = new("本组织还没有连接。触发器、插件与通知按名称使用它们。", "The organization has no connections yet. Triggers, plugins and notifications use them by name.");
    internal static readonly LocalizedText New = new("新建连接", "New connection");
    internal static readonly LocalizedText Changing = new("修改 {0}", "Change {0}");
    internal static readonly LocalizedText What = new("密码、令牌与证书先存为机密，此处只填机密的名称。", "Passwords, tokens and certificates are stored as secrets first; here stand their names.");
    internal static readonly LocalizedText Kind = new("类型", "Kind");
    internal static readonly LocalizedText Configured = new("平台配置", "Configured");
    internal static readonly LocalizedText LastTest = new("最近测试", "Tested");
    internal static readonly LocalizedText Test = new("测试", "Test");
    internal static readonly LocalizedText Change = new("修改", "Change");
    internal static readonly LocalizedText Reached = new("{0} 可以使用，用时 {1} 毫秒。", "{0} works; it took {1} ms.");
}
