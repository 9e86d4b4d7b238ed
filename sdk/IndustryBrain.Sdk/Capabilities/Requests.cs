using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>How the typed capabilities ask through a context.</summary>
internal static class Requests
{
    /// <summary>Asks, and reads the value of the answer.</summary>
    public static async ValueTask<Result<(TValue Value, ReadOnlyMemory<byte> Content)>> RequestAsync<TArguments, TValue>(
        this ComponentContext context,
        string capability,
        string operation,
        TArguments arguments,
        JsonTypeInfo<TArguments> argumentsType,
        JsonTypeInfo<TValue> valueType,
        ReadOnlyMemory<byte> content,
        CancellationToken ct)
        where TValue : class
    {
        var request = new CapabilityRequest(capability, operation, JsonSerializer.SerializeToElement(arguments, argumentsType), content);
        if (!(await context.RequestAsync(request, ct).ConfigureAwait(false)).TryGet(out var answer, out var failure))
        {
            return failure;
        }

        try
        {
            return answer.Value.Deserialize(valueType) is { } value ? (value, answer.Content) : Refusals.CapabilityUnusable(capability);
        }
        catch (JsonException)
        {
            // A host that is newer or older than this SDK.
            return Refusals.CapabilityUnusable(capability);
        }
    }
}
