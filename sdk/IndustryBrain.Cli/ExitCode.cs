using IndustryBrain.Sdk;

namespace IndustryBrain.Cli;

/// <summary>What the program's exit code means.</summary>
internal static class ExitCode
{
    /// <summary>Done; a run finished or is suspended.</summary>
    public const int Success = 0;

    /// <summary>A run faulted; tests failed; an audit found errors.</summary>
    public const int Faulted = 1;

    /// <summary>Refused, or bad input.</summary>
    public const int Refused = 2;

    /// <summary>Each code with its meaning, for people.</summary>
    public static IReadOnlyList<(int Code, LocalizedText Meaning)> Meanings { get; } =
    [
        (Success, new("完成；运行已结束或在等待", "done; a run finished or is suspended")),
        (Faulted, new("运行出错、测试未通过或审核有错误", "a run faulted, tests failed, or an audit found errors")),
        (Refused, new("被拒绝，或输入有误；标准错误上有 IB 代码", "refused, or bad input; standard error has its IB code")),
    ];
}
