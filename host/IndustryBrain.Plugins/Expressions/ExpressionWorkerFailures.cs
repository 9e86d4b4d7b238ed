using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Expressions;

/// <summary>The failures of evaluating expressions in a worker: IB2060 and following, and those that the languages have too.</summary>
internal static class ExpressionWorkerFailures
{
    private static readonly LocalizedText Simpler = new("请简化该步骤的表达式。", "Simplify the expressions of this step.");

    public static Failure Ended() =>
        new("IB2060", new("该步骤的表达式使求值进程终止。", "The expressions of this step ended the process that evaluates them.")) { Action = Simpler };

    public static Failure NotStarted(Failure why) =>
        new("IB2061", new($"无法启动表达式的求值进程（{why.Code}）。", $"The process that evaluates expressions cannot be started ({why.Code}).")) { Action = new("请管理员查看日志。", "An administrator finds more in the log."), IsTransient = true };

    public static Failure AnswerBroken() =>
        new("IB2062", new("求值进程的回答无法读取，已被结束。", "The process that evaluates expressions gave an answer that cannot be read, and was ended.")) { Action = Simpler };

    public static Failure TimedOut(TimeSpan limit)
    {
        var milliseconds = limit.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        return new("IB2105", new($"脚本运行超过 {milliseconds} 毫秒。", $"The script ran longer than {milliseconds} ms.")) { Action = Simpler };
    }

    public static Failure Memory() => new("IB2106", new("脚本使用的内存超过上限。", "The script used more memory than it may.")) { Action = Simpler };
}
