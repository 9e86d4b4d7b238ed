using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>The inputs of an activity that can be told without a run.</summary>
internal sealed class FixedInputs(ActivityNode node)
{
    private readonly List<string> _open = [];
    private readonly ReadingContext _scratch = new(DefinitionLimits.Default, []);

    /// <summary>Those asked for that an expression gives: what they will be nobody can tell before a run evaluates it.</summary>
    public IReadOnlyList<string> Open => _open;

    /// <summary>The value of an input; null when it is not given or is open.</summary>
    public object? Find(string name, TypeRef type)
    {
        if (!ReadingContext.TryMember(node.Json, name, out var member))
            return null;
        var expression = ExpressionReader.ReadInput(member, name, node.NodeId, isScript: false, _scratch);
        try
        {
            switch (expression.Kind)
            {
                case ExpressionKind.Literal:
                    return ValueConverter.Convert(expression.Value, type);
                case ExpressionKind.Object when !string.IsNullOrWhiteSpace(expression.Text):
                    return ValueConverter.Convert(ValueJson.FromElement(ValueJson.Parse(expression.Text)), type);
                case ExpressionKind.Object or ExpressionKind.Nothing:
                    return null;
            }
        }
        catch (Exception e) when (e is ConversionException or JsonException)
        {
            // As an expression that fails.
        }

        _open.Add(name);
        return null;
    }
}
