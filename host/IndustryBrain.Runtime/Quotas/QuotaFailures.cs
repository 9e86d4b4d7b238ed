using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Quotas;

/// <summary>What an organization may not use more of, IB3135 to IB3138, IB3162 and IB3163.</summary>
internal static class QuotaFailures
{
    public const string Steps = "IB3136";

    /// <summary>IB3135: as many runs have not ended as may.</summary>
    public static Failure OpenRuns(long most) =>
        new("IB3135", new($"本组织未结束的运行已达配额 {most}。", $"The organization has as many open runs as its quota lets it: {most}."))
        { Where = "Quotas:OpenRuns", Action = new("请结束或取消不再需要的运行，或由管理员调整配额。", "End or cancel runs that nobody needs, or let an administrator raise the quota."), IsTransient = true };

    /// <summary>IB3136: as many steps were done today as may.</summary>
    public static Failure StepsOfDay(long most) =>
        new(Steps, new($"本组织今日（UTC）的步骤数已达配额 {most}。", $"The organization has done as many steps today (UTC) as its quota lets it: {most}."))
        { Where = "Quotas:StepsPerDay", Action = new("请在次日重试，或由管理员调整配额。", "Try again tomorrow, or let an administrator raise the quota."), IsTransient = true };

    /// <summary>IB3137: as much is stored as may.</summary>
    public static Failure Stored(long most) =>
        new("IB3137", new($"本组织的存储已达配额 {most} 字节。", $"The organization stores as much as its quota lets it: {most} bytes."))
        { Where = "Quotas:StoredBytes", Action = new("请由管理员调整配额或归档期限。", "Let an administrator raise the quota, or shorten how long archives are kept."), IsTransient = true };

    /// <summary>IB3138: the input of a run is larger than the organization may send.</summary>
    public static Failure Payload(int most) =>
        new("IB3138", new($"运行的输入超过了本组织的配额 {most} 字节。", $"The input of the run is larger than the organization's quota of {most} bytes."))
        { Where = "input", Action = new("请改用文件，或由管理员调整 Quotas:PayloadBytes。", "Send a file instead, or let an administrator raise Quotas:PayloadBytes.") };

    /// <summary>IB3162: the text cannot be the id of an organization.</summary>
    public static Failure NoOrganization(string id) =>
        new("IB3162", new($"没有组织「{Short(id)}」。", $"There is no organization “{Short(id)}”.")) { Where = "organization", Action = new("组织的 id 由小写字母、数字与连字符组成。", "An id has lower-case letters, digits and hyphens.") };

    /// <summary>IB3163: somebody else set the quota at the same time.</summary>
    public static Failure ChangedMeanwhile(string id) =>
        new("IB3163", new($"组织「{Short(id)}」的配额刚被他人修改。", $"The quota of the organization “{Short(id)}” was changed by somebody else at the same time."))
        { Where = "revision", Action = new("请查看现状后重试。", "Look at it and try again.") };

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
