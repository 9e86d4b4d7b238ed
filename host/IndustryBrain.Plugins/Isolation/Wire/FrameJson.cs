using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustryBrain.Plugins.Isolation.Wire;

/// <summary>Reads and writes headers without reflection: a call has two of them.</summary>
[JsonSerializable(typeof(FrameHeader))]
internal sealed partial class FrameJson : JsonSerializerContext
{
    public static FrameJson Headers { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
    });
}
