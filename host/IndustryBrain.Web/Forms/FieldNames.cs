using System.Globalization;
using System.Text.RegularExpressions;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Schemas;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Forms;

/// <summary>Failures name members as the API does (<c>activity[0].quantity</c>); a page names them as the form labels them.</summary>
public static partial class FieldNames
{
    /// <summary>The failure with the labels of the schema in its message, its action and its place; what is no member of the schema stays as it is.</summary>
    /// <param name="schema">The schema of the whole input.</param>
    /// <param name="failure">What the host answered.</param>
    public static Failure In(SchemaNode schema, Failure failure)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(failure);
        return failure with
        {
            Message = Named(schema, failure.Message),
            Action = failure.Action is null ? null : Named(schema, failure.Action),
            Where = failure.Where is { } place && Label(schema, place) is { } label ? label.ToString() : failure.Where,
        };
    }

    private static LocalizedText Named(SchemaNode schema, LocalizedText text) =>
        new(Quoted().Replace(text.Zh, m => Replaced(schema, m, l => l.Zh)), Quoted().Replace(text.En, m => Replaced(schema, m, l => l.En)));

    private static string Replaced(SchemaNode schema, Match found, Func<LocalizedText, string> language) =>
        Label(schema, found.Groups["path"].Value) is { } label ? found.Groups["open"].Value + language(label) + found.Groups["close"].Value : found.Value;

    private static LocalizedText? Label(SchemaNode schema, string path)
    {
        if (Path().Match(path) is not { Success: true } parts || schema.Members.FirstOrDefault(m => m.Name == parts.Groups["member"].Value) is not { } member) return null;
        if (!parts.Groups["index"].Success) return member.Title;
        if (!int.TryParse(parts.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index == int.MaxValue) return null;
        if (member.Kind is SchemaKind.Series or SchemaKind.Texts or SchemaKind.Choices) return FormText.InValue.With(member.Title, index + 1);
        if (!parts.Groups["column"].Success) return FormText.InRow.With(member.Title, index + 1);
        return member.Item?.Members.FirstOrDefault(m => m.Name == parts.Groups["column"].Value) is { } column ? FormText.InCell.With(member.Title, index + 1, column.Title) : null;
    }

    [GeneratedRegex(@"(?<open>[「“（(])(?<path>[A-Za-z_]\w*(\[\d+\](\.\w+)?)?)(?<close>[」”）)])", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(?<member>[A-Za-z_]\w*)(\[(?<index>\d+)\](\.(?<column>\w+))?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Path();
}
