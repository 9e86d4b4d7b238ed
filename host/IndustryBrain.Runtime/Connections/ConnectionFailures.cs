using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Connections;

/// <summary>What is refused about connections, and how a test of one fails, IB5040 to IB5053.</summary>
internal static class ConnectionFailures
{
    /// <summary>IB5040: there is no such connection.</summary>
    public static Failure Unknown(string name) => new("IB5040", new($"没有名为「{Short(name)}」的连接。", $"There is no connection “{Short(name)}”.")) { Where = "name" };

    /// <summary>IB5041: a name that no connection may have.</summary>
    public static Failure Name() => new("IB5041", new("连接的名称由小写字母、数字、点、横线和下划线组成，以字母或数字开头，最多 60 个字符。", "The name of a connection has lower-case letters, digits, dots, hyphens and underscores, begins with a letter or digit, and has 60 characters at most.")) { Where = "name" };

    /// <summary>IB5042: the name is taken.</summary>
    public static Failure Taken(string name) => new("IB5042", new($"已有名为「{Short(name)}」的连接。", $"There is a connection “{Short(name)}” already.")) { Where = "name", Action = new("请另取名称，或修改已有的连接。", "Take another name, or change the one that is there.") };

    /// <summary>IB5043: no such kind.</summary>
    public static Failure Kind(IEnumerable<string> known)
    {
        var kinds = string.Join(", ", known);
        return new("IB5043", new($"kind 应为：{kinds}。", $"kind is one of: {kinds}.")) { Where = "kind" };
    }

    /// <summary>IB5044: as many as allowed.</summary>
    public static Failure TooMany(int most) => new("IB5044", new($"本组织的连接已达 {most} 个。", $"The organization has as many connections as it may: {most}.")) { Where = "Connections:MaxConnections" };

    /// <summary>IB5045: changed by somebody else meanwhile.</summary>
    public static Failure Meanwhile(string name) => new("IB5045", new($"连接「{Short(name)}」已被他人改动。", $"The connection “{Short(name)}” was changed by somebody else meanwhile.")) { Where = "revision", Action = new("请重新载入后再修改。", "Load it again, then change it.") };

    /// <summary>IB5046: a secret that it needs is not stored.</summary>
    public static Failure NoSecret(string secret) => new("IB5046", new($"连接所用的机密「{Short(secret)}」没有保存。", $"The secret “{Short(secret)}” that the connection uses is not stored.")) { Where = Short(secret), Action = new("请在「机密」页保存它。", "Store it on the page “Secrets”.") };

    /// <summary>IB5047: the host has an address that connections may not reach.</summary>
    public static Failure AddressRefused(string host) => new("IB5047", new($"{Short(host)} 的地址不是公网地址，连接未获许可访问它。", $"{Short(host)} has an address that is not public, and connections may not reach it.")) { Where = Short(host), Action = new("内部主机由系统管理员列入 Connections:PrivateHosts。", "A system administrator lists hosts inside the enterprise in Connections:PrivateHosts.") };

    /// <summary>IB5048: it cannot be reached.</summary>
    public static Failure NotReached(string host, string reason) => new("IB5048", new($"无法连接 {Short(host)}（{Short(reason)}）。", $"{Short(host)} cannot be reached ({Short(reason)}).")) { Where = Short(host), IsTransient = true };

    /// <summary>IB5049: the other side refuses.</summary>
    public static Failure Refused(string host, string answer) => new("IB5049", new($"{Short(host)} 拒绝了连接：{Short(answer)}。", $"{Short(host)} refuses the connection: {Short(answer)}.")) { Where = Short(host), Action = new("请检查账号、机密与权限。", "Check account, secret and rights.") };

    /// <summary>IB5050: it took too long.</summary>
    public static Failure TimedOut(int seconds) => new("IB5050", new($"测试在 {seconds} 秒内没有完成。", $"The test did not end within {seconds} s.")) { Where = "Connections:TestSeconds", IsTransient = true };

    /// <summary>IB5051: something needs it.</summary>
    public static Failure InUse(string name, ConnectionUser user) => new("IB5051", new($"连接「{Short(name)}」正由应用场景「{Short(user.Name.Zh)}」使用，不能删除。", $"The connection “{Short(name)}” is used by the scenario “{Short(user.Name.En)}” and cannot be deleted.")) { Where = user.Id, Action = new("请先取消那里的引用。", "Remove the reference there first.") };

    /// <summary>IB5052: it has no settings for the environment.</summary>
    public static Failure NoSettings(string name, string environment) => new("IB5052", new($"连接「{Short(name)}」没有用于 {environment} 的设置。", $"The connection “{Short(name)}” has no settings for {environment}.")) { Where = "environment" };

    /// <summary>IB5053: settings that do not go together.</summary>
    public static Failure Setting(string where, LocalizedText why) => new("IB5053", new($"设置「{where}」无效：{why.Zh}。", $"The setting “{where}” is not valid: {why.En}.")) { Where = where };

    private static string Short(string text)
    {
        text = text.ReplaceLineEndings(" ");
        return text.Length <= 200 ? text : string.Concat(text.AsSpan(0, 200), "…");
    }
}
