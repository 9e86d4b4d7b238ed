using System.Text.Json;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>What the host answers to a <see cref="CapabilityRequest"/>.</summary>
/// <param name="Value">An object; its members are those of the operation.</param>
/// <param name="Content">Bytes that belong to it, such as the content of a response.</param>
public sealed record CapabilityAnswer(JsonElement Value, ReadOnlyMemory<byte> Content = default);
