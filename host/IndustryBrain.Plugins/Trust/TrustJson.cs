using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustryBrain.Plugins.Trust;

/// <summary>Reads and writes what is signed.</summary>
[JsonSerializable(typeof(SignedContent))]
[JsonSerializable(typeof(SignedStatement))]
[JsonSerializable(typeof(Revocation))]
[JsonSerializable(typeof(Succession))]
internal sealed partial class TrustJson : JsonSerializerContext
{
    public static TrustJson Signed { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<RevocationReason>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        WriteIndented = true,
        NewLine = "\n",
    });
}
