using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Plugins.Trust;

namespace IndustryBrain.Cli.Verifying;

/// <summary>What <c>brain verify --json</c> prints.</summary>
[JsonSerializable(typeof(PackageTrust))]
internal sealed partial class VerifyJson : JsonSerializerContext
{
    private static readonly VerifyJson Output = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<TrustLevel>(JsonNamingPolicy.CamelCase), new JsonStringEnumConverter<RevocationReason>(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });

    public static string Write(PackageTrust trust) => JsonSerializer.Serialize(trust, Output.PackageTrust);
}
