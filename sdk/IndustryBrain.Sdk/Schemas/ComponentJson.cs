using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace IndustryBrain.Sdk.Schemas;

/// <summary>How the platform writes and reads JSON at a component's boundary: camelCase, enums as texts, unknown members ignored, missing required members refused.</summary>
public static class ComponentJson
{
    private static readonly LocalizedText FittingValue = new("符合输入说明的值", "a value that fits the input schema");

    /// <summary>The options used everywhere at the boundary.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Reads an input object into its record. What does not fit is refused and named by its path, such as <c>activity[2].quantity</c>:
    /// IB7101 missing, IB7102 of another type, IB7104 not a number, IB7105 outside its <c>[Range]</c>, IB7106 fewer than its <c>[MinLength]</c>, IB7108 more than its <c>[MaxLength]</c>.</summary>
    public static Result<T> Read<T>(JsonElement json)
        where T : notnull
    {
        if (InputCheck.Of(json, Contract.Of(typeof(T))) is { } failure)
        {
            return failure;
        }

        try
        {
            var value = json.Deserialize<T>(Options);
            return value is null ? Refusals.Missing("input") : value;
        }
        catch (JsonException e)
        {
            // Such as a whole number beyond the range of its member.
            return Refusals.Type(Place(e.Path), Found(json, e.Path), FittingValue);
        }
    }

    /// <summary>Writes an output record. A value that JSON cannot hold, such as NaN, is refused with IB7104; absent values are left out.</summary>
    public static Result<JsonElement> Write<T>(T value)
        where T : notnull
    {
        try
        {
            return JsonSerializer.SerializeToElement(value, Options);
        }
        catch (ArgumentException)
        {
            return Refusals.NotANumber("output");
        }
    }

    private static string Place(string? path) => path is null or "$" ? "input" : path.TrimStart('$').TrimStart('.');

    private static string Found(JsonElement json, string? path)
    {
        foreach (var name in Place(path).Split('.'))
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return "…";
            }
        }

        return JsonText.Of(json);
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.Strict,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatHasNoDefault } },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly();
        return options;
    }

    // A nullable member may be absent, because absent values are not written: what one component writes, the next can read.
    private static void RequireWhatHasNoDefault(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            // What cannot be set cannot be demanded: a type that is only ever written.
            if (property is { Set: not null, AssociatedParameter: { HasDefaultValue: false } parameter })
            {
                property.IsRequired = !parameter.IsNullable && Nullable.GetUnderlyingType(property.PropertyType) is null;
            }
        }
    }
}
