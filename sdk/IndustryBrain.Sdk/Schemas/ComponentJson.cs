using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Schemas;

/// <summary>How the platform writes and reads JSON at a component's boundary: camelCase, enums as texts, unknown members ignored, missing required members refused.</summary>
public static class ComponentJson
{
    /// <summary>The options used everywhere at the boundary.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Reads an input object into its record; what does not fit is a refusal IB7101 (missing) or IB7102 (type) that names the member.</summary>
    public static Result<T> Read<T>(JsonElement json)
        where T : notnull
    {
        try
        {
            var value = json.Deserialize<T>(Options);
            return value is null ? Refusals.Missing("input") : value;
        }
        catch (JsonException e)
        {
            return Refusals.Type(e.Path is null or "$" ? "input" : e.Path.TrimStart('$', '.'), json.ValueKind.ToString(), new("符合输入说明的值", "a value that fits the input schema"));
        }
    }

    /// <summary>Writes an output record.</summary>
    public static Result<JsonElement> Write<T>(T value)
        where T : notnull => JsonSerializer.SerializeToElement(value, Options);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
