using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Testing.Recording;

/// <summary>What a cassette file holds.</summary>
/// <param name="Cassette">Version of the format: 1.</param>
/// <param name="Exchanges">Requests and replies, in order.</param>
internal sealed record CassetteFile(int Cassette, IReadOnlyList<Exchange> Exchanges);

/// <summary>One request and its reply.</summary>
internal sealed record Exchange(RecordedRequest Request, RecordedResponse Response);

/// <summary>A request without its secrets.</summary>
internal sealed record RecordedRequest(string Method, string Url, IReadOnlyList<RecordedHeader> Headers, RecordedBody? Body = null);

/// <summary>A response without secrets.</summary>
internal sealed record RecordedResponse(int Status, string Url, IReadOnlyList<RecordedHeader> Headers, RecordedBody? Body = null);

/// <summary>One header.</summary>
internal sealed record RecordedHeader(string Name, string Value);

/// <summary>A body: text where it is UTF-8, else base64.</summary>
internal sealed record RecordedBody(string? Text = null, string? Base64 = null);

[JsonSerializable(typeof(CassetteFile))]
internal sealed partial class CassetteJson : JsonSerializerContext
{
    public static CassetteJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
