using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Runs.Control;

/// <summary>Why a run is not paused, resumed or terminated, IB3130 to IB3134.</summary>
internal static class ControlFailures
{
    /// <summary>IB3130: the run has ended.</summary>
    public static Failure HasEnded(Guid id) =>
        new("IB3130", new($"运行 {id} 已结束，不能暂停、继续或终止。", $"The run {id} has ended and cannot be paused, resumed or terminated.")) { Where = "id" };

    /// <summary>IB3131: somebody holds the run already.</summary>
    public static Failure IsPaused(Guid id, RunPause? pause) =>
        new("IB3131", new($"运行 {id} 已暂停。", $"The run {id} is paused."))
        { Where = "id", Action = new($"由 {pause?.By.DisplayName ?? "–"} 暂停；请先继续。", $"{pause?.By.DisplayName ?? "Somebody"} paused it; resume it first.") };

    /// <summary>IB3132: nobody holds the run.</summary>
    public static Failure NotPaused(Guid id) =>
        new("IB3132", new($"运行 {id} 没有暂停。", $"The run {id} is not paused.")) { Where = "id" };

    /// <summary>IB3132: nobody holds the scenario.</summary>
    public static Failure ScenarioNotPaused(string definitionId) =>
        new("IB3132", new($"应用场景「{definitionId}」没有暂停。", $"The scenario “{definitionId}” is not paused.")) { Where = "definitionId" };

    /// <summary>IB3133: the run moves on faster than it can be taken hold of.</summary>
    public static Failure MovesOn(Guid id) =>
        new("IB3133", new($"运行 {id} 正在变化，未能处理。", $"The run {id} moves on; nothing was done.")) { Where = "id", Action = new("请再试一次。", "Try again."), IsTransient = true };

    /// <summary>IB3134: more runs are named than one request deals with.</summary>
    public static Failure TooMany(int limit) =>
        new("IB3134", new($"一次最多处理 {limit} 个运行。", $"One request deals with at most {limit} runs."))
        { Where = "runs", Action = new("请分几次提交，或由管理员调整 Runs:MaxRepairsTogether。", "Send several requests, or let an administrator raise Runs:MaxRepairsTogether.") };
}
