using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>Reads and writes arguments and values without reflection.</summary>
[JsonSerializable(typeof(HttpArguments))]
[JsonSerializable(typeof(HttpValue))]
[JsonSerializable(typeof(FolderArguments))]
[JsonSerializable(typeof(FolderValue))]
[JsonSerializable(typeof(SecretArguments))]
[JsonSerializable(typeof(SecretValue))]
internal sealed partial class CapabilityJson : JsonSerializerContext
{
    public static CapabilityJson Wire { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
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

/// <summary>folder read, write, append, delete, list.</summary>
internal sealed record FolderArguments(string? Name = null, long? Offset = null, int? Count = null);

/// <summary>folder: the files meant; the bytes read travel as content.</summary>
internal sealed record FolderValue(IReadOnlyList<FolderFile> Files);

/// <summary>secrets get: the name.</summary>
internal sealed record SecretArguments(string Name);

/// <summary>secrets get: the value.</summary>
internal sealed record SecretValue(string Value);
