using System.Text.Json;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>What a component asks of the host. All capabilities have this one shape, so that one can be added without a change to plugins, hosts or protocol.</summary>
/// <param name="Capability">Name of the capability, such as <c>http</c>.</param>
/// <param name="Operation">What it is to do, such as <c>send</c>.</param>
/// <param name="Arguments">An object; its members are those of the operation.</param>
/// <param name="Content">Bytes that belong to it, such as the content of a request.</param>
public sealed record CapabilityRequest(string Capability, string Operation, JsonElement Arguments, ReadOnlyMemory<byte> Content = default);
