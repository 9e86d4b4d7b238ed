namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>An expression as read from a document.</summary>
/// <param name="Kind">How it is evaluated.</param>
/// <param name="Language">The language of a script.</param>
/// <param name="Text">Source of a script, text of an object, id of a variable, name of an input.</param>
/// <param name="Value">Value of a literal.</param>
internal sealed record Expression(ExpressionKind Kind, string? Language = null, string? Text = null, object? Value = null)
{
    public static readonly Expression Nothing = new(ExpressionKind.Nothing);

    /// <summary>Name of a variable, where the document gives it beside the id.</summary>
    public string? Name { get; init; }

    public static Expression Literal(object? value) => new(ExpressionKind.Literal, Value: value);
}
