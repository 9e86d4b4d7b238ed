using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace IndustryBrain.Cli.Running;

/// <summary>Turns nodes into elements without the reflection of the serializer.</summary>
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class InputJson : JsonSerializerContext;
