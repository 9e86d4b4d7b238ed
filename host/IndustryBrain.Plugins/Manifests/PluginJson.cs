using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Sdk.Views;

namespace IndustryBrain.Plugins.Manifests;

/// <summary>Reads and writes manifests without reflection: a host reads all of them at each start.</summary>
[JsonSerializable(typeof(PluginManifest))]
internal sealed partial class PluginJson : JsonSerializerContext
{
    public static PluginJson Manifests { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowOutOfOrderMetadataProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter<ComponentKind>(namingPolicy: null, allowIntegerValues: false), new JsonStringEnumConverter<SeriesRole>(namingPolicy: null, allowIntegerValues: false) },
    });
}
