using IndustryBrain.Sdk;

namespace IndustryBrain.Identity.Keys;

/// <summary>The failures of API keys and service accounts, IB4060 to IB4069.</summary>
internal static class KeyFailures
{
    internal static Failure Damaged { get; } = new("IB4060", new("API 密钥的校验码不符：抄写或复制时有误。", "The check of the API key does not fit: it was mistyped or cut."))
    { Where = "X-Api-Key", Action = new("请重新复制完整的密钥。", "Copy the whole key again.") };

    internal static Failure BeyondOwn(string permission) => new("IB4061", new($"不能授予自己没有的权限 '{permission}'。", $"Nobody can give the permission '{permission}' without having it."))
    { Where = permission, Action = new("请选择自己拥有的权限，或由拥有它的人操作。", "Choose among your own permissions, or let somebody do it who has this one.") };

    internal static Failure NoSuchPermission(string permission) => new("IB4062", new($"没有名为 '{permission}' 的权限。", $"There is no permission '{permission}'."))
    { Where = permission, Action = new("权限列表见 docs/security.md。", "docs/security.md lists them.") };

    internal static Failure DaysOutside(int longest) => new("IB4063", new($"有效天数须为 1–{longest}。", $"A key holds for 1 to {longest} days."))
    { Where = "days", Action = new("请缩短有效期，或由管理员调整 Keys:MaxDays。", "Shorten it, or let an administrator raise Keys:MaxDays.") };

    internal static Failure NotValid(string id) => new("IB4065", new($"密钥 '{id}' 已吊销或过期。", $"The key '{id}' was revoked or has expired."))
    { Where = id, Action = new("请新建密钥。", "Make a new key.") };

    internal static Failure TooMany(int most) => new("IB4066", new($"本组织有效的密钥已达 {most} 个。", $"The organization has as many valid keys as it may: {most}."))
    { Where = "Keys:MaxKeys", Action = new("请吊销不再使用的密钥，或由管理员调整上限。", "Revoke keys that nobody uses, or let an administrator raise the limit.") };

    internal static Failure NoAccount(string id) => new("IB4067", new($"没有可用的服务账号 '{id}'。", $"There is no open service account '{id}'.")) { Where = id };

    internal static Failure OfSomebodyElse(string id) => new("IB4068", new($"密钥 '{id}' 代表另一个人，只能由本人轮换。", $"The key '{id}' acts for another person, who alone can rotate it."))
    { Where = id, Action = new("请吊销它，由本人新建。", "Revoke it, and let that person make a new one.") };

    internal static Failure NameTaken(string name) => new("IB4069", new($"本组织已有名称相同或看起来相同的服务账号「{name}」。", $"The organization has a service account “{name}”, which reads the same.")) { Where = "name" };

    internal static Failure OverlapOutside(int longest) => new("IB4070", new($"重叠小时数须为 0–{longest}。", $"The overlap is 0 to {longest} hours.")) { Where = "overlapHours" };
}
