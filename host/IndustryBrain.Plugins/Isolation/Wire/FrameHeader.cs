using System.Text.Json.Serialization;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Isolation.Wire;

/// <summary>The header of a frame; which members it has depends on its kind.</summary>
/// <param name="Kind">What it says.</param>
internal sealed record FrameHeader([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] FrameKind Kind)
{
    /// <summary>Version of this protocol. A host and a worker of different versions do not talk.</summary>
    public const int ProtocolVersion = 1;

    /// <summary>Number of the call, from 1; absent when no call is meant.</summary>
    public long Id { get; init; }

    /// <summary>hello: version of the protocol.</summary>
    public int? Protocol { get; init; }

    /// <summary>load: full path of the plugin's entry assembly; absent when the worker is to evaluate expressions.</summary>
    public string? Assembly { get; init; }

    /// <summary>load: largest body of a result, in bytes.</summary>
    public int? MaxOutputBytes { get; init; }

    /// <summary>load: milliseconds that stopping the components may take.</summary>
    public int? GraceMilliseconds { get; init; }

    /// <summary>call: id of the component.</summary>
    public string? Component { get; init; }

    /// <summary>call: the idempotency key.</summary>
    public string? Key { get; init; }

    /// <summary>failure, opened, answer: what the component, or the host, says went wrong.</summary>
    public Failure? Failure { get; init; }

    /// <summary>failure: why there is no answer.</summary>
    public FailureReason? Reason { get; init; }

    /// <summary>failure: for the host's log, never for people: type, message and stack of what was thrown.</summary>
    public string? Details { get; init; }

    /// <summary>progress: 0 to 1.</summary>
    public double? Fraction { get; init; }

    /// <summary>progress: what is being done.</summary>
    public LocalizedText? Message { get; init; }

    /// <summary>log: how severe.</summary>
    public ComponentLogLevel? Level { get; init; }

    /// <summary>log: the line.</summary>
    public string? Text { get; init; }

    /// <summary>log: what it is about.</summary>
    public Dictionary<string, string>? Properties { get; init; }

    /// <summary>openFile: id of the file.</summary>
    public string? File { get; init; }

    /// <summary>openFile: its name, when known.</summary>
    public string? Name { get; init; }

    /// <summary>openFile, opened, readFile, chunk, closeFile: number of the open file, unique within the worker.</summary>
    public long? Stream { get; init; }

    /// <summary>request, answer, cancel of a request: its number, unique within the worker.</summary>
    public long? Request { get; init; }

    /// <summary>request: name of the capability.</summary>
    public string? Capability { get; init; }

    /// <summary>request: what it is to do.</summary>
    public string? Operation { get; init; }

    /// <summary>request, answer: how many bytes of the body are JSON; the rest are bytes that belong to it.</summary>
    public int? JsonBytes { get; init; }

    /// <summary>readFile: how many bytes at most.</summary>
    public int? Count { get; init; }
}
