using System.Text.Json.Serialization;

namespace IndustryBrain.Plugins.Isolation.Wire;

/// <summary>What a frame between host and worker says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FrameKind>))]
internal enum FrameKind
{
    /// <summary>Worker: it runs, and which protocol it speaks.</summary>
    [JsonStringEnumMemberName("hello")] Hello,

    /// <summary>Host: load this assembly. Once.</summary>
    [JsonStringEnumMemberName("load")] Load,

    /// <summary>Worker: the assembly is loaded.</summary>
    [JsonStringEnumMemberName("loaded")] Loaded,

    /// <summary>Host: run a component; the body is its input.</summary>
    [JsonStringEnumMemberName("call")] Call,

    /// <summary>Worker: the body is the output of a call.</summary>
    [JsonStringEnumMemberName("result")] Result,

    /// <summary>Worker: a call, or loading when it has no id, failed.</summary>
    [JsonStringEnumMemberName("failure")] Failure,

    /// <summary>Host: end a call soon. Worker: end a request soon; it is answered all the same.</summary>
    [JsonStringEnumMemberName("cancel")] Cancel,

    /// <summary>Worker: how far a call has come.</summary>
    [JsonStringEnumMemberName("progress")] Progress,

    /// <summary>Worker: a line for the log of a call.</summary>
    [JsonStringEnumMemberName("log")] Log,

    /// <summary>Worker: open a file of the run under a number of the worker's choice.</summary>
    [JsonStringEnumMemberName("openFile")] OpenFile,

    /// <summary>Host: the file is open, or the failure.</summary>
    [JsonStringEnumMemberName("opened")] Opened,

    /// <summary>Worker: send the next bytes of an open file. One request a file at a time.</summary>
    [JsonStringEnumMemberName("readFile")] ReadFile,

    /// <summary>Host: the body is the next bytes; none at the end of the file.</summary>
    [JsonStringEnumMemberName("chunk")] Chunk,

    /// <summary>Worker: the file is not needed any more.</summary>
    [JsonStringEnumMemberName("closeFile")] CloseFile,

    /// <summary>Worker: ask the host for a capability. The body is its arguments as JSON, and bytes behind them.</summary>
    [JsonStringEnumMemberName("request")] Request,

    /// <summary>Host: the body is the value as JSON, and bytes behind it; or the failure.</summary>
    [JsonStringEnumMemberName("answer")] Answer,

    /// <summary>Host, and the worker's answer: still there.</summary>
    [JsonStringEnumMemberName("heartbeat")] Heartbeat,

    /// <summary>Host: end.</summary>
    [JsonStringEnumMemberName("stop")] Stop,
}
