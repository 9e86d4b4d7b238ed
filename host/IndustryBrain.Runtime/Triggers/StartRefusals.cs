using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>Why a trigger started no run, IB3100 to IB3119.</summary>
internal static class StartRefusals
{
    /// <summary>True for what a limit of the trigger says.</summary>
    public static bool IsLimit(Failure? failure) => failure?.Code is "IB3100" or "IB3101" or "IB3102";

    /// <summary>IB3100: as many runs go on as may.</summary>
    public static Failure Concurrent(string activityId, int most) =>
        new("IB3100", new($"触发活动「{Short(activityId)}」已有 {most} 个运行在进行，此次不启动。", $"{most} runs of the trigger “{Short(activityId)}” go on already; none is started for this."))
        { Where = Short(activityId), Action = new("请待它们结束后再试。", "Try again when they have ended."), IsTransient = true };

    /// <summary>IB3101: as many runs have started in this period as may.</summary>
    public static Failure TooOften(string activityId, int limit, TimeSpan period) =>
        new("IB3101", new($"触发活动「{Short(activityId)}」在 {period:c} 内至多启动 {limit} 个运行。", $"The trigger “{Short(activityId)}” starts at most {limit} runs within {period:c}."))
        { Where = Short(activityId), Action = new("请稍后再试。", "Try again later."), IsTransient = true };

    /// <summary>IB3102: as many wait for their turn as may.</summary>
    public static Failure QueueFull(string activityId, int most) =>
        new("IB3102", new($"触发活动「{Short(activityId)}」已有 {most} 个运行在排队。", $"{most} runs of the trigger “{Short(activityId)}” wait for their turn already."))
        { Where = Short(activityId), Action = new("请稍后再试，或由管理员调整 Triggers:MaxHeld。", "Try again later, or let an administrator raise Triggers:MaxHeld."), IsTransient = true };

    /// <summary>IB3103: the ends of runs start runs on and on.</summary>
    public static Failure TooDeep(string activityId, int most) =>
        new("IB3103", new($"触发活动「{Short(activityId)}」：由运行结束相继启动的运行已达 {most} 层。", $"The trigger “{Short(activityId)}”: {most} runs were started one by the end of the other."))
        { Where = Short(activityId), Action = new("请检查应用场景是否相互触发，或由管理员调整 Triggers:MaxRunDepth。", "See whether scenarios start each other, or let an administrator raise Triggers:MaxRunDepth.") };

    /// <summary>IB3104: a trigger names a connection or folder that the organization does not have.</summary>
    public static Failure NoSource(string name) =>
        new("IB3104", new($"没有配置供本组织使用的连接或文件夹「{Short(name)}」。", $"No connection or folder “{Short(name)}” is configured for this organization."))
        { Where = Short(name), Action = new("请由管理员在 Mqtt:Connections 或 Triggers:Folders 中配置。", "An administrator configures it in Mqtt:Connections or Triggers:Folders.") };

    /// <summary>IB3105: what arrived cannot be taken.</summary>
    public static Failure NotTaken(string where, LocalizedText why) =>
        new("IB3105", new($"「{Short(where)}」未被接收：{why.Zh}。", $"“{Short(where)}” was not taken: {why.En}.")) { Where = Short(where) };

    /// <summary>IB3106: nobody waits for such a file in the folder.</summary>
    public static Failure NoTaker(string folder, string name) =>
        new("IB3106", new($"没有已发布的应用场景接收文件夹「{Short(folder)}」中的「{Short(name)}」。", $"No published scenario takes “{Short(name)}” in the folder “{Short(folder)}”."))
        { Where = "folder", Action = new("请检查文件夹名称、文件名的模式，以及该应用场景是否已发布。", "Check the folder's name, the pattern of names, and that the scenario is published.") };

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
