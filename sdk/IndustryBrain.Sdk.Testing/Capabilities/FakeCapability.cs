using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Sdk.Testing.Capabilities;

/// <summary>One capability of a <see cref="FakeHost"/>: what a test has not prepared is refused.</summary>
public abstract class FakeCapability
{
    private protected FakeCapability(FakeHost host) => Host = host;

    private protected FakeHost Host { get; }

    internal abstract ValueTask<Result<CapabilityAnswer>> RequestAsync(FakeContext context, CapabilityRequest request, CancellationToken ct);

    private protected static T? Arguments<T>(CapabilityRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return request.Arguments.ValueKind == JsonValueKind.Object ? request.Arguments.Deserialize(type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private protected static CapabilityAnswer Answer<T>(T value, JsonTypeInfo<T> type, ReadOnlyMemory<byte> content = default) => new(JsonSerializer.SerializeToElement(value, type), content);

    private protected static Failure BadArguments(CapabilityRequest request) =>
        CapabilityFailures.RequestInvalid($"{request.Capability} {request.Operation}", new("参数不符合协议", "its arguments are not those of the protocol"));

    private protected static Failure Unknown(CapabilityRequest request) => CapabilityFailures.UnknownOperation(request.Capability, request.Operation);
}
