using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Api;

/// <summary>Says which member of a body does not fit its record, and what is expected there.</summary>
internal static class BodyShape
{
    private static readonly LocalizedText Object = new("对象", "an object");
    private static readonly LocalizedText List = new("列表", "a list");

    /// <summary>The first member that nobody knows (IB3010), that is missing (IB7101) or of another type (IB7102); null when all fit.</summary>
    public static Failure? Judge(JsonElement value, JsonTypeInfo type, string where)
    {
        if (type.Kind == JsonTypeInfoKind.Object)
            return value.ValueKind == JsonValueKind.Object ? JudgeMembers(value, type, where) : Type(where, value, Object);
        if (type.Kind == JsonTypeInfoKind.Enumerable)
            return value.ValueKind == JsonValueKind.Array ? JudgeItems(value, type, where) : Type(where, value, List);
        return Fits(value, type) ? null : Type(where, value, Expected(type.Type));
    }

    private static Failure? JudgeMembers(JsonElement value, JsonTypeInfo type, string where)
    {
        foreach (var member in value.EnumerateObject())
        {
            var path = where.Length == 0 ? member.Name : $"{where}.{member.Name}";
            if (type.Properties.FirstOrDefault(p => p.Name == member.Name) is not { } property)
                return RuntimeFailures.UnknownMember(path);
            if (member.Value.ValueKind == JsonValueKind.Null && (property.IsSetNullable && !property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null))
                continue;
            if (Judge(member.Value, type.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType), path) is { } failure)
                return failure;
        }

        return type.Properties.FirstOrDefault(p => p.IsRequired && !value.TryGetProperty(p.Name, out _)) is { } missing
            ? Refusals.Missing(where.Length == 0 ? missing.Name : $"{where}.{missing.Name}")
            : null;
    }

    private static Failure? JudgeItems(JsonElement value, JsonTypeInfo type, string where)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Judge(item, type.Options.GetTypeInfo(type.ElementType!), FormattableString.Invariant($"{where}[{index++}]")) is { } failure)
                return failure;
        }

        return null;
    }

    private static Failure Type(string where, JsonElement found, LocalizedText expected) =>
        found.ValueKind == JsonValueKind.String ? Refusals.Type(where, found.GetString()!, expected) : Refusals.Type(where, found, expected);

    private static bool Fits(JsonElement value, JsonTypeInfo type)
    {
        // Whoever asks for any JSON judges it.
        if (type.Type == typeof(JsonElement))
            return true;
        try
        {
            _ = value.Deserialize(type);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static LocalizedText Expected(Type type) =>
        type == typeof(bool) ? new("是或否（true、false）", "true or false")
        : type == typeof(string) ? new("文本", "text")
        : type == typeof(int) || type == typeof(long) ? new("整数", "a whole number")
        : typeof(IDictionary).IsAssignableFrom(type) ? Object
        : new("另一种值", "another kind of value");
}
