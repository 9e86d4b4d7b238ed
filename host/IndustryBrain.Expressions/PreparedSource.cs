using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Acornima.Ast;
using Jint;

namespace IndustryBrain.Expressions;

/// <summary>A source that was parsed, and what its text tells about it. Shared by evaluations.</summary>
internal sealed partial class PreparedSource
{
    private static readonly TimeSpan RegexTimeout = TimeSpan.FromMilliseconds(250);

    private static readonly ScriptPreparationOptions Options = new()
    {
        ParsingOptions = new ScriptParsingOptions { AllowReturnOutsideFunction = true, RegexTimeout = RegexTimeout },
    };

    public PreparedSource(string source)
    {
        Script = Engine.PrepareScript(source, options: Options);
        HasBigInteger = Script.Program!.DescendantNodes().Any(n => n is BigIntLiteral);
        var identifiers = Identifier().Matches(source).Select(m => m.Value).ToFrozenSet(StringComparer.Ordinal);
        Functions = [.. identifiers.Where(i => i.Length > 3 && (ScopeFunctions.Names.Contains(i) || DotNetTypes.IsKnown(i) || i.StartsWith("get", StringComparison.Ordinal) || i.StartsWith("set", StringComparison.Ordinal)))];
        VariableNames = [.. Variable().Matches(source).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)];
        UsesVariables = identifiers.Contains("variables");
        UsesArguments = identifiers.Contains("args");
        MayAssign = Assignment().IsMatch(source);
        IsPure = Script.Program!.Body is [ExpressionStatement statement] && PureSource.Is(statement.Expression);
    }

    public Prepared<Script> Script { get; }

    /// <summary>True when the text has a literal such as <c>10n</c>: one operation on long integers can take minutes, whatever the limits.</summary>
    public bool HasBigInteger { get; }

    /// <summary>Functions of ours that the text names.</summary>
    public string[] Functions { get; }

    /// <summary>Names that the text writes as <c>variables.X</c>.</summary>
    public string[] VariableNames { get; }

    public bool UsesVariables { get; }

    /// <summary>True when it names <c>args</c>: what an activity gives to one of its own expressions.</summary>
    public bool UsesArguments { get; }

    /// <summary>False when the text certainly changes no variable by assignment or by a changing method.</summary>
    public bool MayAssign { get; }

    /// <summary>True when it cannot change anything in its engine, which can be used again then.</summary>
    public bool IsPure { get; }

    [GeneratedRegex(@"[A-Za-z_$][A-Za-z0-9_$]*", RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\bvariables\s*\??\.\s*([A-Za-z_$][A-Za-z0-9_$]*)", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();

    [GeneratedRegex(@"(^|[^=!<>])=([^=>]|$)|\+\+|--|(\*\*|&&|\|\||\?\?|<<|>>)=|\b(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|assign|defineProperty|defineProperties|delete|set|for)\b|\[\s*['""`]", RegexOptions.NonBacktracking)]
    private static partial Regex Assignment();
}
