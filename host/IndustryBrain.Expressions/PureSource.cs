using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Acornima;
using Acornima.Ast;

namespace IndustryBrain.Expressions;

/// <summary>Judges whether a source leaves its engine as it found it. What is not known to is taken not to: an engine that was changed would show one run what another one had.</summary>
internal static class PureSource
{
    private static readonly FrozenSet<string> Readable = new[] { "variables", "undefined", "NaN", "Infinity" }.ToFrozenSet(StringComparer.Ordinal);

    // From these a source comes to what all sources share.
    private static readonly FrozenSet<string> Shared = new[] { "constructor", "prototype", "__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for values, operators, members of variables and results, and calls of functions of ours and of <c>Math</c>.</summary>
    public static bool Is(Node node) => RuntimeHelpers.TryEnsureSufficientExecutionStack() && node switch
    {
        StringLiteral or NumericLiteral or BooleanLiteral or NullLiteral => true,
        Identifier name => Readable.Contains(name.Name),
        MemberExpression member => Is(member.Object) && IsOwn(member),
        ChainExpression chain => Is(chain.Expression),
        CallExpression call => IsKnown(call.Callee) && call.Arguments.All(Is),
        NonUpdateUnaryExpression unary => unary.Operator is not Operator.Delete && Is(unary.Argument),
        BinaryExpression binary => Is(binary.Left) && Is(binary.Right),
        ConditionalExpression choice => Is(choice.Test) && Is(choice.Consequent) && Is(choice.Alternate),
        ArrayExpression array => array.Elements.All(element => element is not null && Is(element)),
        ParenthesizedExpression inner => Is(inner.Expression),
        _ => false,
    };

    private static bool IsOwn(MemberExpression member) =>
        member.Computed ? member.Property is NumericLiteral : member.Property is Identifier name && !Shared.Contains(name.Name);

    private static bool IsKnown(Expression callee) => callee switch
    {
        Identifier name => ScopeFunctions.IsCallOf(name.Name),
        MemberExpression { Computed: false, Object: Identifier { Name: "Math" }, Property: Identifier function } => !Shared.Contains(function.Name) && char.IsAsciiLetterLower(function.Name[0]),
        _ => false,
    };
}
