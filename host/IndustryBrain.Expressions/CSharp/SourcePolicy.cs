using System.Collections.Frozen;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>Judges a bound source: every operation, type and member in it must be known to be harmless.</summary>
internal static class SourcePolicy
{
    private const int LongestFormat = 20;
    private const int DeepestLambda = 4;
    private const int WidestAlignment = 999;

    private static readonly FrozenSet<OperationKind> Operations = new[]
    {
        OperationKind.MethodBody, OperationKind.Block, OperationKind.VariableDeclarationGroup, OperationKind.VariableDeclaration, OperationKind.VariableDeclarator, OperationKind.VariableInitializer,
        OperationKind.ExpressionStatement, OperationKind.Return, OperationKind.Conditional, OperationKind.Loop, OperationKind.Branch, OperationKind.Switch, OperationKind.SwitchCase, OperationKind.CaseClause,
        OperationKind.Labeled, OperationKind.Empty, OperationKind.Literal, OperationKind.Conversion, OperationKind.Invocation, OperationKind.ArrayElementReference, OperationKind.LocalReference,
        OperationKind.ParameterReference, OperationKind.FieldReference, OperationKind.PropertyReference, OperationKind.InstanceReference, OperationKind.Unary, OperationKind.Binary, OperationKind.TupleBinary,
        OperationKind.Coalesce, OperationKind.CoalesceAssignment, OperationKind.ConditionalAccess, OperationKind.ConditionalAccessInstance, OperationKind.AnonymousFunction, OperationKind.DelegateCreation,
        OperationKind.MethodReference, OperationKind.ObjectCreation, OperationKind.ObjectOrCollectionInitializer, OperationKind.AnonymousObjectCreation, OperationKind.ArrayCreation,
        OperationKind.ArrayInitializer, OperationKind.CollectionExpression, OperationKind.SimpleAssignment, OperationKind.CompoundAssignment, OperationKind.DeconstructionAssignment, OperationKind.DeclarationExpression,
        OperationKind.Increment, OperationKind.Decrement, OperationKind.Tuple, OperationKind.InterpolatedString, OperationKind.InterpolatedStringText, OperationKind.Interpolation, OperationKind.IsType,
        OperationKind.IsPattern, OperationKind.ConstantPattern, OperationKind.DeclarationPattern, OperationKind.DiscardPattern, OperationKind.RelationalPattern, OperationKind.NegatedPattern, OperationKind.BinaryPattern,
        OperationKind.TypePattern, OperationKind.RecursivePattern, OperationKind.PropertySubpattern, OperationKind.SwitchExpression, OperationKind.SwitchExpressionArm, OperationKind.DefaultValue,
        OperationKind.Argument, OperationKind.Throw, OperationKind.Discard, OperationKind.Range, OperationKind.ImplicitIndexerReference, OperationKind.TranslatedQuery, OperationKind.NameOf, OperationKind.Parenthesized,
    }.ToFrozenSet();

    /// <summary>What is refused by its form, before the compiler has looked at what it means: that alone can take for ever.</summary>
    public static (string What, SyntaxNode Where)? Malformed(MethodDeclarationSyntax method)
    {
        foreach (var node in method.Body!.DescendantNodes())
        {
            if (node is LocalFunctionStatementSyntax or AttributeListSyntax or AwaitExpressionSyntax or UnsafeStatementSyntax or BaseExpressionSyntax or ThisExpressionSyntax or RefTypeSyntax or TypeOfExpressionSyntax
                || node.IsKind(SyntaxKind.MakeRefExpression) || node.IsKind(SyntaxKind.RefTypeExpression) || node.IsKind(SyntaxKind.RefValueExpression) || node.IsKind(SyntaxKind.ArgListExpression))
                return (node.Kind().ToString(), node);
            // What it throws when nobody waits for it any more ends the process.
            if (node is AnonymousFunctionExpressionSyntax function && function.Modifiers.Any(SyntaxKind.AsyncKeyword))
                return ("async", node);
            if (node is AnonymousFunctionExpressionSyntax && node.Ancestors().Count(a => a is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax) >= DeepestLambda)
                return ("lambda", node);
        }

        return null;
    }

    /// <summary>What may not be used and where, or null.</summary>
    public static (string What, SyntaxNode Where)? Refused(SemanticModel model, MethodDeclarationSyntax method)
    {
        foreach (var node in method.Body!.DescendantNodes())
        {
            if (node is InterpolationSyntax interpolation && !IsFormat(interpolation.FormatClause?.FormatStringToken.ValueText))
                return ("format", node);
            if (node is InterpolationAlignmentClauseSyntax { Value: var width } && !(model.GetConstantValue(width).Value is int columns && Math.Abs(columns) <= WidestAlignment))
                return ("alignment", node);
            // What has no operation of its own, such as the type that a static member is read from.
            if (model.GetSymbolInfo(node).Symbol is { } symbol && Refused(symbol) is { } what)
                return (what, node);
        }

        return model.GetOperation(method) is { } body
            ? body.DescendantsAndSelf().Select(o => Refused(o) is { } what ? (What: what, Where: o.Syntax) : ((string What, SyntaxNode Where)?)null).FirstOrDefault(r => r is not null)
            : ("source", method);
    }

    private static string? Refused(IOperation operation)
    {
        if (!Operations.Contains(operation.Kind))
            return operation.Kind.ToString();
        if (operation.Type is { } type && Refused(type) is { } refusedType)
            return refusedType;
        return operation switch
        {
            IInvocationOperation o => Refused(o.TargetMethod) ?? Format(o),
            IMethodReferenceOperation o => Refused(o.Method) ?? (o.Method.Name is "ToString" or "Replace" or "Join" or "Concat" ? o.Method.Name : null),
            IPropertyReferenceOperation o => Refused(o.Property),
            IFieldReferenceOperation o => Refused(o.Field),
            IObjectCreationOperation { Constructor: { } constructor } => Refused(constructor),
            IConversionOperation { OperatorMethod: { } method } => Refused(method),
            IArrayCreationOperation { Initializer: null } => "new[]",
            // Each doubles what it calls.
            IBinaryOperation { Type.TypeKind: TypeKind.Delegate } or ICompoundAssignmentOperation { Type.TypeKind: TypeKind.Delegate } => "delegate",
            _ => null,
        };
    }

    private static string? Refused(ISymbol symbol) => symbol switch
    {
        ILocalSymbol { IsRef: true } => "ref",
        ILocalSymbol local => Refused(local.Type),
        ITypeSymbol type => Refused(type),
        IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.BuiltinOperator } => null,
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator, ContainingType: { } owner } => Refused(owner),
        IMethodSymbol { ContainingType.IsAnonymousType: true } or IPropertySymbol { ContainingType.IsAnonymousType: true } => null,
        IMethodSymbol method => Refused(method, method.MethodKind == MethodKind.Constructor && method.Parameters.Length == 0 ? ".ctor()" : method.Name) ?? method.TypeArguments.Select(Refused).FirstOrDefault(t => t is not null),
        IPropertySymbol property => Refused(property, property.IsIndexer ? "this[]" : property.Name),
        IFieldSymbol { ContainingType.IsTupleType: true } => null,
        IFieldSymbol field => Refused(field, field.Name),
        IEventSymbol => symbol.Name,
        _ => null,
    };

    private static string? Refused(ISymbol member, string name)
    {
        var owner = member.ContainingType;
        if (owner.Locations.Any(l => l.IsInSource))
            return null;
        var type = NameOf(owner);
        return AllowedMembers.HasMember(type, name) || (name == ".ctor()" && AllowedMembers.HasMember(type, ".ctor")) ? null : $"{owner.Name}.{member.Name}";
    }

    private static string? Refused(ITypeSymbol type) => type switch
    {
        IDynamicTypeSymbol => "dynamic",
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => "pointer",
        IArrayTypeSymbol array => Refused(array.ElementType),
        ITypeParameterSymbol => null,
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.Select(e => Refused(e.Type)).FirstOrDefault(t => t is not null),
        INamedTypeSymbol { IsAnonymousType: true } data => data.GetMembers().OfType<IPropertySymbol>().Select(p => Refused(p.Type)).FirstOrDefault(t => t is not null),
        INamedTypeSymbol named when named.Locations.Any(l => l.IsInSource) => null,
        INamedTypeSymbol named => AllowedMembers.HasType(NameOf(named)) ? named.TypeArguments.Select(Refused).FirstOrDefault(t => t is not null) : named.Name,
        _ => type.Name,
    };

    // One format can make a text of any length.
    private static string? Format(IInvocationOperation call) =>
        call.TargetMethod.Name is "ToString" or "Parse" or "TryParse" && call.Arguments.Any(a => a.Value.Type?.SpecialType == SpecialType.System_String && call.TargetMethod.Name == "ToString" && !(a.Value.ConstantValue is { HasValue: true, Value: string format } && IsFormat(format)))
            ? "ToString"
            : null;

    private static bool IsFormat(string? format) => format is null || (format.Length <= LongestFormat && !HasLargeNumber(format));

    private static bool HasLargeNumber(string format)
    {
        var digits = 0;
        foreach (var c in format)
        {
            digits = char.IsAsciiDigit(c) ? digits + 1 : 0;
            if (digits > 2)
                return true;
        }

        return false;
    }

    private static string NameOf(INamedTypeSymbol type)
    {
        var of = type.OriginalDefinition;
        return of.ContainingType is { } outer ? $"{NameOf(outer)}+{of.MetadataName}" : $"{of.ContainingNamespace.ToDisplayString()}.{of.MetadataName}";
    }
}
