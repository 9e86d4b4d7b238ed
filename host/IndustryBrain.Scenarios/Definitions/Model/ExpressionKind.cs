namespace IndustryBrain.Scenarios.Definitions.Model;

internal enum ExpressionKind
{
    /// <summary>Nothing that Elsa could read: the value is null.</summary>
    Nothing,
    Literal,
    Object,
    Variable,
    Input,
    Script,
}
