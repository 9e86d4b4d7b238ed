using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("Sample.Versioned", "versioned", Vendor = "Sample", Zh = "版本", En = "Versioned", DescriptionZh = "测试用。", DescriptionEn = "For tests.")]

namespace Versioned;

/// <summary>What is asked.</summary>
/// <param name="Milliseconds">How long the answer takes.</param>
public sealed record Ask([property: Label("毫秒", "Milliseconds")] int Milliseconds = 0);

/// <summary>The answer.</summary>
/// <param name="Version">The version that answered.</param>
/// <param name="ProcessId">Where it was answered.</param>
public sealed record Reply([property: Label("版本", "Version")] string Version, [property: Label("进程", "Process")] int ProcessId);

/// <summary>Says which version it is: as the file beside its assembly tells, so that one build makes many versions.</summary>
[Component("versioned.tell", Zh = "报告版本", En = "Tell the version", DescriptionZh = "报告版本。", DescriptionEn = "Tells the version.")]
public sealed class Tell : ToolComponent<Ask, Reply>
{
    private static readonly string Version = File.ReadAllText(Path.Combine(Path.GetDirectoryName(typeof(Tell).Assembly.Location)!, "version.txt"));

    /// <inheritdoc />
    protected override async ValueTask<Result<Reply>> RunAsync(Ask input, ComponentContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(input.Milliseconds), context.Time, cancellationToken).ConfigureAwait(false);
        return new Reply(Version, Environment.ProcessId);
    }
}
