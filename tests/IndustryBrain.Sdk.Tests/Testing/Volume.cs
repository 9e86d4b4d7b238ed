using System.ComponentModel.DataAnnotations;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Testing.Conformance;

namespace IndustryBrain.Sdk.Tests.Testing;

/// <summary>A component that keeps every rule.</summary>
[Component("rain.volume", Zh = "雨水体积", En = "Rain volume", DescriptionZh = "面积乘雨量。", DescriptionEn = "Area times depth.")]
public sealed class Volume : ToolComponent<VolumeInput, VolumeOutput>
{
    protected override ValueTask<Result<VolumeOutput>> RunAsync(VolumeInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        context.Report(0.5, new("算", "Computing"));
        context.Log(ComponentLogLevel.Information, "Computed.", ("area", input.Area));
        return new(new VolumeOutput(input.Area * input.Depth / 1000));
    }
}

public sealed record VolumeInput(
    [property: Label("面积", "Area"), Unit("m2"), Range(0, 1e9), Example("100")] double Area,
    [property: Label("雨量", "Depth"), Unit("mm"), Range(0, 1e5), Example("12")] double Depth);

public sealed record VolumeOutput([property: Label("体积", "Volume"), Unit("m3")] double Volume);

public sealed class VolumeConformance : ComponentConformance<Volume>;
