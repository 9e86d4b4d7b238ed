using IndustryBrain.Sdk;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Schemas;

internal static class SchemaRange
{
    /// <summary>The range of a number in words, or null when it has none.</summary>
    internal static LocalizedText? Of(SchemaNode schema)
    {
        if (schema is { Minimum: { } min, Maximum: { } max }) return FormText.Between.With(NumberText.Of(min), NumberText.Of(max));
        var low = schema.Minimum is { } least ? FormText.AtLeast.With(NumberText.Of(least))
            : schema.ExclusiveMinimum is { } above ? FormText.MoreThan.With(NumberText.Of(above)) : null;
        var high = schema.Maximum is { } most ? FormText.AtMost.With(NumberText.Of(most))
            : schema.ExclusiveMaximum is { } below ? FormText.LessThan.With(NumberText.Of(below)) : null;
        if (low is null || high is null) return low ?? high;
        return new($"{low.Zh}，{high.Zh}", $"{low.En}, {high.En}");
    }
}
