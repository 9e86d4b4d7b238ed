using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("Sample.Crowd", "crowd", Vendor = "Sample", Zh = "示例", En = "Sample", DescriptionZh = "测试用。", DescriptionEn = "For tests.")]

namespace Crowd;

/// <summary>What is asked.</summary>
/// <param name="Number">Comes back.</param>
/// <param name="Crashes">True to end the process instead.</param>
public sealed record Ask(int Number, bool Crashes = false);

/// <summary>The answer.</summary>
/// <param name="Number">The number asked with.</param>
/// <param name="ProcessId">Where it was answered.</param>
public sealed record Reply(int Number, int ProcessId);

/// <summary>One of many alike.</summary>
public abstract class Member : ToolComponent<Ask, Reply>
{
    /// <inheritdoc />
    protected sealed override ValueTask<Result<Reply>> RunAsync(Ask input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (input.Crashes)
        {
            Environment.FailFast("Asked to.");
        }

        return new(new Reply(input.Number, Environment.ProcessId));
    }
}

/// <summary>Number one.</summary>
[Component("crowd.one", Zh = "第一", En = "Number one")]
public sealed class One : Member;

/// <summary>Number two.</summary>
[Component("crowd.two", Zh = "第二", En = "Number two")]
public sealed class Two : Member;

/// <summary>Number three.</summary>
[Component("crowd.three", Zh = "第三", En = "Number three")]
public sealed class Three : Member;

/// <summary>Number four.</summary>
[Component("crowd.four", Zh = "第四", En = "Number four")]
public sealed class Four : Member;

/// <summary>Number five.</summary>
[Component("crowd.five", Zh = "第五", En = "Number five")]
public sealed class Five : Member;

/// <summary>Number six.</summary>
[Component("crowd.six", Zh = "第六", En = "Number six")]
public sealed class Six : Member;

/// <summary>Number seven.</summary>
[Component("crowd.seven", Zh = "第七", En = "Number seven")]
public sealed class Seven : Member;

/// <summary>Number eight.</summary>
[Component("crowd.eight", Zh = "第八", En = "Number eight")]
public sealed class Eight : Member;

/// <summary>Number nine.</summary>
[Component("crowd.nine", Zh = "第九", En = "Number nine")]
public sealed class Nine : Member;

/// <summary>Number ten.</summary>
[Component("crowd.ten", Zh = "第十", En = "Number ten")]
public sealed class Ten : Member;
