using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Derives a JSON Schema from declared inputs or outputs.</summary>
internal static class PortSchema
{
    public static JsonElement Derive(IReadOnlyList<ScenarioPort> ports)
    {
        var properties = new JsonObject();
        foreach (var port in ports)
        {
            var schema = Schema(TypeRef.Parse(port.Type) ?? TypeRef.Object);
            schema["title"] = port.DisplayName.Length > 0 ? port.DisplayName : port.Name;
            if (port.Description.Length > 0)
                schema["description"] = port.Description;
            properties[port.Name] = schema;
        }

        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["type"] = "object",
            ["properties"] = properties,
        });
    }

    /// <summary>The schema of a type's values; it says nothing of a type that may be anything.</summary>
    public static JsonElement Of(TypeRef type) => JsonSerializer.SerializeToElement(Schema(type));

    private static JsonObject Schema(TypeRef type) => type.Kind switch
    {
        ValueKind.String => new() { ["type"] = "string" },
        ValueKind.Boolean => new() { ["type"] = "boolean" },
        ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64 => new() { ["type"] = "integer" },
        ValueKind.Single or ValueKind.Double or ValueKind.Decimal => new() { ["type"] = "number" },
        ValueKind.Guid => new() { ["type"] = "string", ["format"] = "uuid" },
        ValueKind.DateTime or ValueKind.DateTimeOffset => new() { ["type"] = "string", ["format"] = "date-time" },
        ValueKind.TimeSpan => new() { ["type"] = "string" },
        ValueKind.Bytes => new() { ["type"] = "string", ["contentEncoding"] = "base64" },
        ValueKind.List => new() { ["type"] = "array", ["items"] = Schema(type.Element!) },
        ValueKind.JsonObject => new() { ["type"] = "object" },
        _ => [],
    };
}
