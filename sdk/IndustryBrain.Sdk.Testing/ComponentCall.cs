using System.Text.Json;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Sdk.Testing;

/// <summary>One call of a component that has ended.</summary>
/// <param name="Result">The output, or the failure.</param>
/// <param name="Context">What the call had, with the progress and the log that it gave.</param>
public sealed record ComponentCall(Result<JsonElement> Result, FakeContext Context)
{
    /// <summary>The failure; null when the component has answered.</summary>
    public Failure? Failure => Result.Failure;

    /// <summary>The output.</summary>
    /// <exception cref="InvalidOperationException">The component has refused; the message says with what.</exception>
    public JsonElement Output => Result.TryGet(out var output, out var failure) ? output : throw new InvalidOperationException($"{failure.Code}: {failure.Message.En} ({failure.Where})");

    /// <summary>The output as a record.</summary>
    /// <typeparam name="T">The output record, or one with those members that are wanted.</typeparam>
    /// <exception cref="InvalidOperationException">The component has refused, or its output does not fit.</exception>
    public T OutputAs<T>()
        where T : notnull =>
        ComponentJson.Read<T>(Output).TryGet(out var output, out var failure) ? output : throw new InvalidOperationException($"{failure.Code}: {failure.Message.En}");
}
