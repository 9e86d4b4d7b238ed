using System.Text.RegularExpressions;
using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Checking;

/// <summary>The names that scripts mention, as far as their text shows them.</summary>
internal static partial class ScriptNames
{
    /// <summary>The input that a script only passes on, or null.</summary>
    public static string? OnlyInput(string source) => Whole(InputCall().Match(source), source)?.Groups["name"].Value;

    /// <summary>The variable, or the part of its accessor after <c>get</c>, that a script only passes on; or null.</summary>
    public static string? OnlyVariable(string source) => Whole(VariableCall().Match(source), source)?.Groups["name"].Value ?? Whole(VariableMember().Match(source), source)?.Groups["name"].Value ?? Whole(VariableAccessor().Match(source), source)?.Groups["name"].Value;

    /// <summary>The activity and the output that a script only passes on; empty when it does more.</summary>
    public static (string Activity, string Output) OnlyOutput(string source)
    {
        if (Whole(OutputCall().Match(source), source) is { } call)
            return (call.Groups["activity"].Value, call.Groups["name"].Success ? call.Groups["name"].Value : "Result");
        return Whole(OutputAccessor().Match(source), source) is { } accessor ? (accessor.Groups["activity"].Value, accessor.Groups["name"].Value) : ("", "");
    }

    /// <summary>Names of the variables that a script reads.</summary>
    public static IEnumerable<string> Read(Expression script) => script switch
    {
        { Language: "JavaScript", Text: { } source } => VariableCall().Matches(source).Concat(VariableMember().Matches(source).ExceptBy(MemberWrite().Matches(source).Select(m => m.Index), m => m.Index)).Select(m => m.Groups["name"].Value),
        { Language: "Liquid", Text: { } source } => LiquidMember().Matches(source).Select(m => m.Groups["name"].Value),
        { Language: "CSharp", Text: { } source } => CSharpCall().Matches(source).Select(m => m.Groups["name"].Value),
        _ => [],
    };

    /// <summary>Names of the variables that a script sets, and so makes where there are none.</summary>
    public static IEnumerable<string> Written(Expression script) => script.Text is not { } source ? []
        : VariableSet().Matches(source).Concat(MemberWrite().Matches(source)).Concat(CSharpSet().Matches(source)).Select(m => m.Groups["name"].Value);

    /// <summary>True when a script sets variables whose names its text does not show.</summary>
    public static bool WritesUnknown(Expression script) => script.Text is { } source && UnknownSet().IsMatch(source);

    /// <summary>What the accessors of a variable call it.</summary>
    public static string Accessor(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>Every script of an activity, that of a script activity included.</summary>
    public static IEnumerable<Expression> Scripts(ActivityNode node)
    {
        var expressions = node.Inputs.Values.Concat(node.Cases.Select(c => c.Condition)).Concat(node.Machine?.Transitions.Select(t => t.Condition).OfType<Expression>() ?? []);
        foreach (var expression in expressions)
        {
            if (expression is { Kind: ExpressionKind.Script, Text: not null })
                yield return expression;
        }

        if (node.Kind == ActivityKind.RunScript && node.Inputs.TryGetValue("script", out var script) && script is { Kind: ExpressionKind.Literal, Value: string source })
            yield return new Expression(ExpressionKind.Script, node.Descriptor?.ScriptLanguage ?? "JavaScript", source);
    }

    private static Match? Whole(Match match, string source) => match.Success && match.Index == 0 && match.Length == source.Length ? match : null;

    [GeneratedRegex("""\bgetInput\(\s*(['"`])(?<name>[^'"`$]+)\1\s*\)""")]
    private static partial Regex InputCall();

    [GeneratedRegex("""\bgetVariable\(\s*(['"`])(?<name>[^'"`$]+)\1\s*\)""")]
    private static partial Regex VariableCall();

    [GeneratedRegex("""(?<![\w.$])variables\.(?<name>[A-Za-z_]\w*)""")]
    private static partial Regex VariableMember();

    [GeneratedRegex("""(?<![\w.$])get(?<name>[A-Z]\w*)\(\)""")]
    private static partial Regex VariableAccessor();

    [GeneratedRegex("""\bgetOutputFrom\(\s*(['"`])(?<activity>[^'"`$]+)\1\s*(,\s*(['"`])(?<name>[^'"`$]+)\3\s*)?\)""")]
    private static partial Regex OutputCall();

    [GeneratedRegex("""(?<![\w.$])get(?<name>[A-Z]\w*?)From(?<activity>[A-Za-z_]\w*)\(\)""")]
    private static partial Regex OutputAccessor();

    [GeneratedRegex("""\bsetVariable\(\s*(['"`])(?<name>[^'"`$]+)\1""")]
    private static partial Regex VariableSet();

    [GeneratedRegex("""(?<![\w.$])variables\.(?<name>[A-Za-z_]\w*)\s*([-+*/%&|^]|\*\*|<<|>>|&&|\|\||\?\?)?=(?![=>])""")]
    private static partial Regex MemberWrite();

    [GeneratedRegex("""\bsetVariable\(\s*[^'"`\s]|(?<![\w.$])variables\s*\[|\bVariables?\.Set\(\s*[^"\s]""")]
    private static partial Regex UnknownSet();

    [GeneratedRegex("""(?<![\w.])Variables\.(?<name>[A-Za-z_]\w*)""")]
    private static partial Regex LiquidMember();

    [GeneratedRegex("""\bVariables?\.Get(<[^>()]*>)?\(\s*"(?<name>[^"\\]+)"\s*\)""")]
    private static partial Regex CSharpCall();

    [GeneratedRegex("""\bVariables?\.Set(<[^>()]*>)?\(\s*"(?<name>[^"\\]+)"\s*,""")]
    private static partial Regex CSharpSet();
}
