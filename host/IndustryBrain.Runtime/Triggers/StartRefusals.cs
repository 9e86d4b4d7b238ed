using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>Why a trigger started no run, IB3100 to IB3119.</summary>
internal static class StartRefusals
{
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

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
