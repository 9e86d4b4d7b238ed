using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("Sample.NewReader", "newreader", Vendor = "Sample", Zh = "示例", En = "Sample", DescriptionZh = "测试用。", DescriptionEn = "For tests.")]

namespace NewReader;

/// <summary>Takes nothing.</summary>
public sealed record Nothing;

/// <summary>The version of a dependency.</summary>
public sealed record DependencyVersion(int Major);

/// <summary>Tells which version of its dependency it runs with.</summary>
[Component("newreader.version", Zh = "依赖版本", En = "Dependency version")]
public sealed class Version : ToolComponent<Nothing, DependencyVersion>
{
    /// <inheritdoc />
    protected override ValueTask<Result<DependencyVersion>> RunAsync(Nothing input, ComponentContext context, CancellationToken cancellationToken) =>
        new(new DependencyVersion(typeof(CsvHelper.CsvReader).Assembly.GetName().Version!.Major));
}

/// <summary>Throws.</summary>
[Component("newreader.throws", Zh = "抛出", En = "Throws")]
public sealed class Throws : ToolComponent<Nothing, DependencyVersion>
{
    /// <inheritdoc />
    protected override ValueTask<Result<DependencyVersion>> RunAsync(Nothing input, ComponentContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("secret detail");
}

/// <summary>Waits until it is cancelled.</summary>
[Component("newreader.waits", Zh = "等待", En = "Waits")]
public sealed class Waits : ToolComponent<Nothing, DependencyVersion>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<DependencyVersion>> RunAsync(Nothing input, ComponentContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        return new DependencyVersion(0);
    }
}
