using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Sdk.Schemas;

[assembly: Plugin("Sample.Versioned", "versioned", Vendor = "Sample", Zh = "版本", En = "Versioned", DescriptionZh = "测试用。", DescriptionEn = "For tests.")]
[assembly: PluginSettings(typeof(Versioned.Settings))]

namespace Versioned;

/// <summary>How thoroughly it works.</summary>
public enum Mode
{
    /// <summary>Quickly.</summary>
    [Label("快速", "Fast")] Fast,

    /// <summary>Thoroughly.</summary>
    [Label("精细", "Thorough")] Thorough,
}

/// <summary>The plugin's settings.</summary>
public sealed record Settings(
    [property: Label("问候语", "Greeting", DescriptionZh = "随每个答复返回", DescriptionEn = "Comes with each answer")] string Greeting = "hello",
    [property: Label("采样间隔", "Interval"), Unit("s"), Range(1, 3_600), Example("30")] int Interval = 60,
    [property: Label("模式", "Mode")] Mode Mode = Mode.Fast,
    [property: Label("记录明细", "Log details")] bool LogsDetails = false,
    [property: Label("访问密钥", "Access key", DescriptionZh = "机密的名称", DescriptionEn = "Name of a secret"), Editor("password")] string? Key = null);

/// <summary>What is asked.</summary>
/// <param name="Milliseconds">How long the answer takes.</param>
public sealed record Ask([property: Label("毫秒", "Milliseconds")] int Milliseconds = 0);

/// <summary>The answer.</summary>
/// <param name="Version">The version that answered.</param>
/// <param name="ProcessId">Where it was answered.</param>
public sealed record Reply([property: Label("版本", "Version")] string Version, [property: Label("进程", "Process")] int ProcessId)
{
    /// <summary>The greeting that was set.</summary>
    public string? Greeting { get; init; }
}

/// <summary>Says which version it is: as the file beside its assembly tells, so that one build makes many versions.</summary>
[Component("versioned.tell", Zh = "报告版本", En = "Tell the version", DescriptionZh = "报告版本。", DescriptionEn = "Tells the version.")]
public sealed class Tell : ToolComponent<Ask, Reply>
{
    internal static readonly string Version = File.ReadAllText(Path.Combine(Path.GetDirectoryName(typeof(Tell).Assembly.Location)!, "version.txt"));

    private Settings _settings = new();

    /// <inheritdoc />
    public override ValueTask<Failure?> ConfigureAsync(JsonElement settings, CancellationToken cancellationToken) =>
        new(ComponentJson.Read<Settings>(settings).TryGet(out var read, out var failure) ? Take(read) : failure);

    /// <inheritdoc />
    protected override async ValueTask<Result<Reply>> RunAsync(Ask input, ComponentContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(input.Milliseconds), context.Time, cancellationToken).ConfigureAwait(false);
        return new Reply(Version, Environment.ProcessId) { Greeting = _settings.Greeting };
    }

    private Failure? Take(Settings settings)
    {
        _settings = settings;
        return null;
    }
}
