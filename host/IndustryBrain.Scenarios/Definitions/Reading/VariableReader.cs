using System.Globalization;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Reads variables of a definition and of containers.</summary>
internal static class VariableReader
{
    public static VariableDeclaration[] ReadDefinition(JsonElement root, ReadingContext context)
    {
        if (!Items(root, context, null, out var items))
            return [];
        var variables = new List<VariableDeclaration>();
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                context.Add(DefinitionFindings.WrongShape("variables", new("变量对象的数组", "an array of variable objects")));
                continue;
            }

            var name = ReadingContext.Text(item, "name") ?? "";
            var alias = ReadingContext.Text(item, "typeName");
            string? text = null;
            if (ReadingContext.TryMember(item, "value", out var value))
            {
                if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                    context.Add(DefinitionFindings.VariableValue(name, null));
                else
                    text = value.GetString();
            }

            var type = alias is null ? TypeRef.Object : TypeRef.Parse(alias);
            if (type is null)
            {
                context.Add(DefinitionFindings.VariableDropped(name, alias));
                continue;
            }

            if (ReadingContext.Flag(item, "isArray"))
                type = new TypeRef(ValueKind.List, Element: type);
            variables.Add(new VariableDeclaration(IdOf(item, name), name, type, Default(text, type, name, null, context)));
        }

        return [.. variables];
    }

    public static VariableDeclaration[] ReadContainer(JsonElement node, string nodeId, ReadingContext context)
    {
        if (!Items(node, context, nodeId, out var items))
            return [];
        var variables = new List<VariableDeclaration>();
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                context.Add(DefinitionFindings.WrongShape("variables", new("变量对象的数组", "an array of variable objects"), nodeId));
                continue;
            }

            var name = ReadingContext.Text(item, "name") ?? "";
            var type = TypeRef.Parse(ReadingContext.Text(item, "typeName")) ?? TypeRef.Object;
            if (ReadingContext.Flag(item, "isArray"))
                type = new TypeRef(ValueKind.List, Element: type);
            object? initial = null;
            if (ReadingContext.TryMember(item, "value", out var value))
                initial = Default(PrimitiveText(value), type, name, nodeId, context);
            variables.Add(new VariableDeclaration(IdOf(item, name), name, type, initial));
        }

        return [.. variables];
    }

    // Elsa reads a container's primitive as text, and rewrites what parses as a date.
    private static string? PrimitiveText(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.TryGetDateTimeOffset(out var date) ? date.ToString(CultureInfo.InvariantCulture) : value.GetString();
            case JsonValueKind.True:
                return "True";
            case JsonValueKind.False:
                return "False";
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return value.GetRawText();
        }
    }

    private static object? Default(string? text, TypeRef type, string name, string? nodeId, ReadingContext context)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (!LiteralText.IsReadable(type.Kind, text))
            context.Add(DefinitionFindings.VariableDefault(name, type.Kind.ToString(), nodeId));
        try
        {
            return ValueConverter.Convert(text, type);
        }
        catch (ConversionException)
        {
            if (LiteralText.IsReadable(type.Kind, text))
                context.Add(DefinitionFindings.VariableDefault(name, type.Kind.ToString(), nodeId));
            return type.Default;
        }
    }

    private static string IdOf(JsonElement item, string name) => ReadingContext.Text(item, "id") is { Length: > 0 } id ? id : $"variable:{name}";

    private static bool Items(JsonElement owner, ReadingContext context, string? nodeId, out JsonElement items)
    {
        if (!ReadingContext.TryMember(owner, "variables", out items) || items.ValueKind == JsonValueKind.Null)
            return false;
        if (items.ValueKind == JsonValueKind.Object && items.TryGetProperty("$values", out var values))
            items = values;
        if (items.ValueKind == JsonValueKind.Array)
            return true;
        context.Add(DefinitionFindings.WrongShape("variables", new("数组", "an array"), nodeId));
        return false;
    }
}
