using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Secrets;

/// <summary>What is refused about secrets, IB5001 to IB5010.</summary>
internal static class SecretFailures
{
    /// <summary>IB5001: there is no such secret.</summary>
    public static Failure Unknown(string name) => new("IB5001", new($"没有名为「{Short(name)}」的机密。", $"There is no secret “{Short(name)}”.")) { Where = "name" };

    /// <summary>IB5002: a name that no secret may have.</summary>
    public static Failure Name() => new("IB5002", new("机密的名称由小写字母、数字、点、横线和下划线组成，以字母或数字开头，最多 100 个字符。", "The name of a secret has lower-case letters, digits, dots, hyphens and underscores, begins with a letter or digit, and has 100 characters at most."))
    { Where = "name", Action = new("例如 plant-key；场景引用的机密以 scenario. 开头。", "For example plant-key; those that scenarios refer to begin with scenario.") };

    /// <summary>IB5003: the name is taken.</summary>
    public static Failure Taken(string name) => new("IB5003", new($"已有名为「{Short(name)}」的机密。", $"There is a secret “{Short(name)}” already.")) { Where = "name", Action = new("请另取名称，或轮换已有的机密。", "Take another name, or rotate the one that is there.") };

    /// <summary>IB5004: the value is empty or too large.</summary>
    public static Failure Value(int most) => new("IB5004", new($"机密的值为 1 到 {most} 字节。", $"The value of a secret has 1 to {most} bytes.")) { Where = "value" };

    /// <summary>IB5005: as many as allowed.</summary>
    public static Failure TooMany(int most) => new("IB5005", new($"本组织的机密已达 {most} 个。", $"The organization has as many secrets as it may: {most}.")) { Where = "Secrets:MaxSecrets", Action = new("请删除不再使用的机密，或由管理员调整上限。", "Delete those that nobody uses, or let an administrator raise the limit.") };

    /// <summary>IB5006: something needs it.</summary>
    public static Failure InUse(string name, SecretUser user) => new("IB5006", new($"机密「{Short(name)}」正由{user.Word.Zh}「{Short(user.Name.Zh)}」使用，不能删除。", $"The secret “{Short(name)}” is used by the {user.Word.En} “{Short(user.Name.En)}” and cannot be deleted."))
    { Where = user.Id, Action = new("请先取消那里的引用。", "Remove the reference there first.") };

    /// <summary>IB5007: it cannot be decrypted.</summary>
    public static Failure Sealed(string name) => new("IB5007", new($"机密「{Short(name)}」无法解密：内容被改动，或缺少加密它的密钥。", $"The secret “{Short(name)}” cannot be decrypted: it was altered, or the keys that it was encrypted with are missing."))
    { Where = $"secrets/{Short(name)}", Action = new("请重新设置它的值；若刚恢复过数据库，请检查备份是否完整。", "Set its value again; after a restore, check whether the backup was complete.") };

    /// <summary>IB5008: no such environment.</summary>
    public static Failure Environment() => new("IB5008", new("environment 应为 test 或 production，不填为所有环境。", "environment is test or production; without it the value is for all environments.")) { Where = "environment" };

    /// <summary>IB5009: changed by somebody else meanwhile.</summary>
    public static Failure Meanwhile(string name) => new("IB5009", new($"机密「{Short(name)}」刚被他人改动。", $"The secret “{Short(name)}” was changed by somebody else meanwhile.")) { Where = "name", Action = new("请再试一次。", "Try again.") };

    /// <summary>IB5010: a description that is too long or cannot be stored.</summary>
    public static Failure Description(int most) => new("IB5010", new($"说明最多 {most} 个字符，且不含控制字符。", $"A description has {most} characters at most, and no control characters.")) { Where = "description" };

    private static string Short(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 100), "…");
}
