using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IbNamespace.Tests;

/// <summary>像平台一样调用组件：JSON 进，JSON 出。Calls a component as the platform does: JSON in, JSON out.</summary>
internal sealed class TestCall : ComponentContext
{
    public override string IdempotencyKey => "test:1";

    public override TimeProvider Time => TimeProvider.System;

    public static async Task<JsonElement> OutputAsync(Component component, string input)
    {
        var result = await InvokeAsync(component, input);
        Assert.True(result.TryGet(out var output, out var failure), failure?.ToString());
        return output;
    }

    public static async Task<Failure> RefusalAsync(Component component, string input)
    {
        var result = await InvokeAsync(component, input);
        Assert.False(result.TryGet(out _, out var failure));
        return failure;
    }

    public override void Report(double fraction, LocalizedText? message = null)
    {
    }

    public override void Log(ComponentLogLevel level, string message) => TestContext.Current.TestOutputHelper?.WriteLine($"{level}: {message}");

    public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken) => new(Refusals.Missing(file.File));

    private static ValueTask<Result<JsonElement>> InvokeAsync(Component component, string input) =>
        component.InvokeAsync(JsonElement.Parse(input), new TestCall(), TestContext.Current.CancellationToken);
}
