using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tests;

/// <summary>Calls components as the host does: JSON in, JSON out.</summary>
internal static class Calls
{
    public static async Task<JsonElement> OutputAsync(this Component component, object input, CallContext? context = null)
    {
        var result = await component.InvokeAsync(JsonSerializer.SerializeToElement(input), context ?? new(), TestContext.Current.CancellationToken);
        Assert.True(result.TryGet(out var output, out var failure), failure?.ToString());
        return output;
    }

    public static async Task<Failure> RefusalAsync(this Component component, object input, CallContext? context = null)
    {
        var result = await component.InvokeAsync(JsonSerializer.SerializeToElement(input), context ?? new(), TestContext.Current.CancellationToken);
        Assert.False(result.TryGet(out _, out var failure));
        Assert.False(string.IsNullOrWhiteSpace(failure.Message.Zh));
        Assert.False(string.IsNullOrWhiteSpace(failure.Message.En));
        Assert.False(string.IsNullOrWhiteSpace(failure.Action?.Zh), $"{failure} does not say what to do");
        Assert.False(string.IsNullOrWhiteSpace(failure.Action?.En), $"{failure} does not say what to do");
        return failure;
    }

    public static double[] Numbers(this JsonElement output, string name) => [.. output.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];

    public static double Number(this JsonElement output, string name) => output.GetProperty(name).GetDouble();
}
