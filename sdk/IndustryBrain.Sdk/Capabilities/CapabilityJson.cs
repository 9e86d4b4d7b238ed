using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>Reads and writes arguments and values without reflection.</summary>
[JsonSerializable(typeof(HttpArguments))]
[JsonSerializable(typeof(HttpValue))]
[JsonSerializable(typeof(SavedFileArguments))]
[JsonSerializable(typeof(SavedFileValue))]
[JsonSerializable(typeof(FolderArguments))]
[JsonSerializable(typeof(FolderValue))]
[JsonSerializable(typeof(SecretArguments))]
[JsonSerializable(typeof(SecretValue))]
[JsonSerializable(typeof(KnowledgeArguments))]
[JsonSerializable(typeof(KnowledgeReply<JsonElement>))]
[JsonSerializable(typeof(DataSetArguments))]
[JsonSerializable(typeof(DataSetPage))]
[JsonSerializable(typeof(DataSetSchema))]
[JsonSerializable(typeof(DataSetChange))]
[JsonSerializable(typeof(MqttArguments))]
[JsonSerializable(typeof(MqttReceipt))]
[JsonSerializable(typeof(EventArguments))]
[JsonSerializable(typeof(EventReceipt))]
[JsonSerializable(typeof(ClockArguments))]
[JsonSerializable(typeof(ClockReading))]
internal sealed partial class CapabilityJson : JsonSerializerContext
{
    public static CapabilityJson Wire { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        // A value that is false or 0 is required like any other.
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
    });
}

/// <summary>A header of a request or a response.</summary>
internal sealed record HttpHeader(string Name, string Value);

/// <summary>A header whose value the host takes from a secret.</summary>
internal sealed record SecretHeader(string Name, string Secret, string? Prefix = null);

/// <summary>http send: what is asked; the content travels as bytes.</summary>
internal sealed record HttpArguments(string Method, string Url, IReadOnlyList<HttpHeader> Headers, IReadOnlyList<SecretHeader>? SecretHeaders = null);

/// <summary>http send: the response; its content travels as bytes.</summary>
internal sealed record HttpValue(int Status, string Url, IReadOnlyList<HttpHeader> Headers);

/// <summary>files create, append, finish, discard.</summary>
internal sealed record SavedFileArguments(int Number = 0, string? Name = null);

/// <summary>files: the number of a created file; the id of a finished one.</summary>
internal sealed record SavedFileValue(int Number = 0, string? File = null);

/// <summary>folder read, write, append, delete, list.</summary>
internal sealed record FolderArguments(string? Name = null, long? Offset = null, int? Count = null);

/// <summary>folder: the files meant; the bytes read travel as content.</summary>
internal sealed record FolderValue(IReadOnlyList<FolderFile> Files);

/// <summary>secrets get: the name.</summary>
internal sealed record SecretArguments(string Name);

/// <summary>secrets get: the value.</summary>
internal sealed record SecretValue(string Value);

/// <summary>knowledge ask: the component, and the members of its input.</summary>
internal sealed record KnowledgeArguments(string Component, JsonElement Question);

/// <summary>datasets describe, read, append, replace.</summary>
internal sealed record DataSetArguments(string Name, DataSetQuery? Query = null, IReadOnlyList<JsonElement>? Rows = null, string? Id = null);

/// <summary>mqtt publish: where to and how; the payload travels as bytes.</summary>
internal sealed record MqttArguments(string Connection, string Topic, int Qos = 0, bool Retain = false, string? ContentType = null, string? Id = null);

/// <summary>events publish.</summary>
internal sealed record EventArguments(string Name, string? CorrelationId = null, JsonElement? Payload = null, string? Id = null);

/// <summary>clock read.</summary>
internal sealed record ClockArguments;
