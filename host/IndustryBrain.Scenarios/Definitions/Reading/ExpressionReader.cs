using System.Text;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Expressions;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Reads input wrappers and expressions.</summary>
internal static class ExpressionReader
{
    /// <summary>An input as a node carries it: a wrapper, a bare literal, or null.</summary>
    public static Expression ReadInput(JsonElement value, string input, string nodeId, bool isScript, ReadingContext context)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return Expression.Literal(Scalar(value));
            case JsonValueKind.Object:
                break;
            default:
                return Expression.Nothing;
        }

        if (ReadingContext.ExactText(value, "typeName") is not { Length: > 0 })
        {
            context.AddOnce(DefinitionFindings.NoTypeName(input, nodeId));
            return Expression.Nothing;
        }

        return value.TryGetProperty("expression", out var expression) ? ReadExpression(expression, input, nodeId, isScript, context) : Expression.Nothing;
    }

    /// <summary>An expression without wrapper, as the condition of a case.</summary>
    public static Expression ReadExpression(JsonElement expression, string where, string nodeId, bool isScript, ReadingContext context)
    {
        if (expression.ValueKind != JsonValueKind.Object)
            return Expression.Nothing;
        var type = ReadingContext.ExactText(expression, "type");
        var hasValue = expression.TryGetProperty("value", out var value) && value.ValueKind != JsonValueKind.Null;
        switch (type)
        {
            case "Literal":
                return Expression.Literal(!hasValue ? null : value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value.GetRawText() : Scalar(value));
            case "Object" or "Json":
                return new Expression(ExpressionKind.Object, Text: !hasValue ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText());
            case "Variable":
                return hasValue && value.ValueKind == JsonValueKind.Object
                    ? new Expression(ExpressionKind.Variable, Text: ReadingContext.Text(value, "id")) { Name = ReadingContext.Text(value, "name") }
                    : Expression.Nothing;
            case "Input":
                return hasValue && value.ValueKind == JsonValueKind.Object ? new Expression(ExpressionKind.Input, Text: ReadingContext.Text(value, "name")) : Expression.Nothing;
            case "JavaScript" or "CSharp" or "Liquid" or "Python":
                return Script(type, hasValue ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "", where, nodeId, isScript, context);
            case null or "":
                return Expression.Nothing;
            default:
                context.AddOnce(DefinitionFindings.UnknownExpression(type, where, nodeId));
                return Expression.Nothing;
        }
    }

    public static object? Scalar(JsonElement value) => Values.ValueJson.FromElement(value);

    /// <summary>Judges a source before any parser sees it.</summary>
    public static void CheckSource(string source, string where, string nodeId, bool isScript, ReadingContext context)
    {
        var (limit, bytes) = (isScript ? context.Limits.MaxScriptBytes : context.Limits.MaxExpressionBytes, Encoding.UTF8.GetByteCount(source));
        if (bytes > limit)
            context.Add(DefinitionFindings.SourceTooLong(where, bytes, limit, nodeId));
        else if (SourceNesting.Depth(source) > context.Limits.MaxExpressionNesting)
            context.Add(DefinitionFindings.SourceTooNested(where, context.Limits.MaxExpressionNesting, nodeId));
    }

    private static Expression Script(string language, string source, string where, string nodeId, bool isScript, ReadingContext context)
    {
        CheckSource(source, where, nodeId, isScript, context);
        if (!ScriptLanguages.IsKnown(language))
            context.AddOnce(DefinitionFindings.UnsupportedLanguage(language, where, nodeId));
        return new Expression(ExpressionKind.Script, language, source);
    }
}
