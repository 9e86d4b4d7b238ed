using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities;

/// <summary>One capability as the host serves it. It judges every request as a stranger's.</summary>
internal abstract class Capability
{
    /// <summary>Its name on the wire.</summary>
    public abstract string Name { get; }

    /// <summary>True when its requests leave this machine: they are logged even where nothing goes wrong.</summary>
    public virtual bool GoesOut => false;

    /// <summary>Serves one request.</summary>
    public abstract ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityCall call, CancellationToken ct);

    /// <summary>Reads the arguments; null when they are not those of the operation.</summary>
    protected static T? Arguments<T>(CapabilityCall call, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return call.Request.Arguments.ValueKind == JsonValueKind.Object ? call.Request.Arguments.Deserialize(type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>An answer with a value and bytes.</summary>
    protected static CapabilityAnswer Answer<T>(T value, JsonTypeInfo<T> type, ReadOnlyMemory<byte> content = default) => new(JsonSerializer.SerializeToElement(value, type), content);

    /// <summary>What is said about arguments that cannot be read.</summary>
    protected static Failure BadArguments(CapabilityCall call) =>
        CapabilityFailures.RequestInvalid($"{call.Request.Capability} {call.Request.Operation}", new("参数不符合协议", "its arguments are not those of the protocol"));
}
