using System.Globalization;
using System.Text;
using IndustryBrain.Sdk;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>Compiles a source inside a class of ours: parsed apart first, judged when bound, guarded when emitted.</summary>
internal static class SourceCompiler
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-Hans");
    private static readonly CSharpParseOptions Script = CSharpParseOptions.Default.WithKind(SourceCodeKind.Script).WithLanguageVersion(LanguageVersion.Latest);
    private static readonly CSharpParseOptions Regular = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly CSharpCompilationOptions Options = new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
        checkOverflow: true, allowUnsafe: false, concurrentBuild: false, generalDiagnosticOption: ReportDiagnostic.Suppress);

    private static readonly MetadataReference[] References = Array.ConvertAll(
        new[] { typeof(object), typeof(Enumerable), typeof(HashSet<>), typeof(System.Text.Json.JsonElement), typeof(ScriptAccess) }
            .Select(t => t.Assembly.Location)
            .Concat(new[] { "System.Runtime.dll", "System.Collections.dll" }.Select(name => Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name)))
            .Distinct()
            .ToArray(),
        static path => (MetadataReference)MetadataReference.CreateFromFile(path));

    private static readonly EmitOptions Emitting = new EmitOptions()
        .WithInstrumentationKinds([InstrumentationKind.StackOverflowProbing, InstrumentationKind.ModuleCancellation]);

    /// <summary>The assembly of a source, as bytes.</summary>
    /// <param name="source">The source; its length and nesting were judged before.</param>
    /// <param name="members">The typed members of the accessors, in C#.</param>
    /// <param name="ct">Ends a compilation that takes too long.</param>
    public static Result<byte[]> Compile(string source, string members, CancellationToken ct)
    {
        if (Judge(source, ct) is { } malformed)
            return malformed;
        var last = LastExpression(source, ct);
        var prefix = Prefix(members);
        var text = new StringBuilder(prefix).Append(source);
        if (last is { } span)
            text.Insert(prefix.Length + span.End, ";").Insert(prefix.Length + span.Start, "return ");
        text.Append("\n;return null;}}}");

        var compilation = Compilation(text.ToString(), ct);
        var tree = compilation.SyntaxTrees[0];
        if (Method(tree, ct) is not { } method)
            return ExpressionFailures.Syntax("}", 0, 0);
        if (SourcePolicy.Malformed(method) is { } malformedNode)
        {
            var (line, column) = Position(source, Math.Clamp(malformedNode.Where.SpanStart - prefix.Length, 0, source.Length));
            return ExpressionFailures.Refused(malformedNode.What, line, column);
        }

        int Original(int position) => Math.Clamp(position - prefix.Length - (last is { } s && position >= prefix.Length + s.Start + "return ".Length ? "return ".Length : 0), 0, source.Length);
        if (compilation.GetDiagnostics(ct).FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
            return Failed(error, source, Original(error.Location.SourceSpan.Start));
        var model = compilation.GetSemanticModel(tree);
        if (SourcePolicy.Refused(model, method) is { } refused)
        {
            var (line, column) = Position(source, Original(refused.Where.SpanStart));
            return ExpressionFailures.Refused(refused.What, line, column);
        }

        var guarded = new TextGuard(model).Visit(tree.GetRoot(ct));
        using var image = new MemoryStream();
        var emitted = Compilation(guarded.ToFullString(), ct).Emit(image, options: Emitting, cancellationToken: ct);
        return emitted.Success ? image.ToArray()
            : Failed(emitted.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error), source, 0);
    }

    // Apart from what is ours, so that no bracket of a source can close one of ours.
    private static Failure? Judge(string source, CancellationToken ct)
    {
        var tree = CSharpSyntaxTree.ParseText(source, Script, cancellationToken: ct);
        if (tree.GetDiagnostics(ct).FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
            return Failed(error, source, error.Location.SourceSpan.Start);
        var root = (CompilationUnitSyntax)tree.GetRoot(ct);
        var foreign = root.ContainsDirectives ? root
            : root.Usings.Count + root.Externs.Count + root.AttributeLists.Count > 0 ? root
            : (SyntaxNode?)root.Members.FirstOrDefault(m => m is not (GlobalStatementSyntax or FieldDeclarationSyntax { Modifiers.Count: 0, AttributeLists.Count: 0 }));
        if (foreign is null)
            return null;
        var (line, column) = Position(source, foreign.SpanStart);
        return ExpressionFailures.Refused(root.ContainsDirectives ? "#" : foreign.Kind().ToString(), line, column);
    }

    private static TextSpan? LastExpression(string source, CancellationToken ct)
    {
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source, Script, cancellationToken: ct).GetRoot(ct);
        return root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement } ? statement.Expression.Span : null;
    }

    private static string Prefix(string members) => $$"""
        using System;using System.Collections.Generic;using System.Linq;using System.Text.Json;using System.Text.Json.Nodes;using System.Globalization;using IndustryBrain.Expressions.CSharp;
        namespace Compiled { {{members}} public sealed class Source:ScriptAccess{
        private readonly Variables Variable;private Variables Variables=>Variable;private readonly Inputs Input;private Inputs Inputs=>Input;private readonly Arguments Args;private Arguments Arguments=>Args;
        public Source(ScriptCall call):base(call){Variable=new(call);Input=new(call);Args=new(call);}
        public override object Run(){

        """;

    private static CSharpCompilation Compilation(string text, CancellationToken ct) =>
        CSharpCompilation.Create("Compiled", [CSharpSyntaxTree.ParseText(text, Regular, cancellationToken: ct)], References, Options);

    private static MethodDeclarationSyntax? Method(SyntaxTree tree, CancellationToken ct)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot(ct);
        if (root.Members is not [NamespaceDeclarationSyntax { Members: [ClassDeclarationSyntax, ClassDeclarationSyntax, ClassDeclarationSyntax, ClassDeclarationSyntax { Members.Count: 8 } type] }])
            return null;
        // The last three brackets are ours.
        return type.Members[^1] is MethodDeclarationSyntax { Body: { } body } method && body.CloseBraceToken.SpanStart == tree.Length - 3 ? method : null;
    }

    private static Failure Failed(Diagnostic error, string source, int position)
    {
        var (line, column) = Position(source, position);
        return ExpressionFailures.NotCompiled(new($"{error.Id} {error.GetMessage(Chinese)}", $"{error.Id} {error.GetMessage(CultureInfo.InvariantCulture)}"), line, column);
    }

    private static (int Line, int Column) Position(string source, int position)
    {
        var at = SourceText.From(source).Lines.GetLinePosition(Math.Clamp(position, 0, source.Length));
        return (at.Line + 1, at.Character + 1);
    }

    /// <summary>Puts the guarded text operations in place of the plain ones.</summary>
    private sealed class TextGuard(SemanticModel model) : CSharpSyntaxRewriter
    {
        private const string Guards = "global::IndustryBrain.Expressions.CSharp.TextAccess.";

        public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
        {
            var isText = node.IsKind(SyntaxKind.AddExpression) && model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_String && !model.GetConstantValue(node).HasValue;
            var visited = (BinaryExpressionSyntax)base.VisitBinaryExpression(node)!;
            return isText ? visited.WithLeft(Checked(visited.Left)).WithRight(Checked(visited.Right)) : visited;
        }

        public override SyntaxNode? VisitAssignmentExpression(AssignmentExpressionSyntax node)
        {
            var isText = node.IsKind(SyntaxKind.AddAssignmentExpression) && model.GetTypeInfo(node.Left).Type?.SpecialType == SpecialType.System_String;
            var visited = (AssignmentExpressionSyntax)base.VisitAssignmentExpression(node)!;
            return isText ? visited.WithRight(Checked(visited.Right)) : visited;
        }

        public override SyntaxNode? VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
        {
            var isConstant = model.GetConstantValue(node).HasValue;
            var visited = (InterpolatedStringExpressionSyntax)base.VisitInterpolatedStringExpression(node)!;
            return isConstant ? visited : Call("Text", visited);
        }

        public override SyntaxNode? VisitFromClause(FromClauseSyntax node)
        {
            var isLazy = IsLazy(node.Expression);
            var visited = (FromClauseSyntax)base.VisitFromClause(node)!;
            return isLazy ? visited.WithExpression(Call("Source", visited.Expression)) : visited;
        }

        public override SyntaxNode? VisitConditionalAccessExpression(ConditionalAccessExpressionSyntax node)
        {
            var isLazy = IsLazy(node.Expression) && !IsOrdered(node.WhenNotNull);
            var visited = (ConditionalAccessExpressionSyntax)base.VisitConditionalAccessExpression(node)!;
            return isLazy ? visited.WithExpression(Call("Source", visited.Expression)) : visited;
        }

        public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
        {
            var method = (model.GetOperation(node) as IInvocationOperation)?.TargetMethod;
            var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
            return method?.ContainingType switch
            {
                { SpecialType: SpecialType.System_String } => Texts(method, visited),
                { Name: "Enumerable" } => Sequences(method, node, visited),
                _ => visited,
            };
        }

        private static InvocationExpressionSyntax Texts(IMethodSymbol method, InvocationExpressionSyntax visited) => (method.Name, visited.Expression) switch
        {
            ("Replace", MemberAccessExpressionSyntax access) => visited.WithExpression(access.WithName(SyntaxFactory.IdentifierName("Replacing"))),
            ("Replace", MemberBindingExpressionSyntax binding) => visited.WithExpression(binding.WithName(SyntaxFactory.IdentifierName("Replacing"))),
            ("Join" or "Concat", MemberAccessExpressionSyntax) => visited.WithExpression(SyntaxFactory.ParseExpression(Guards + method.Name).WithTriviaFrom(visited.Expression)),
            _ => visited,
        };

        // A chain of them is walked by calls within calls of the runtime, where no guard of the compiler stands.
        private InvocationExpressionSyntax Sequences(IMethodSymbol method, InvocationExpressionSyntax node, InvocationExpressionSyntax visited)
        {
            if (method.Name is "ThenBy" or "ThenByDescending")
            {
                return visited.Expression switch
                {
                    MemberAccessExpressionSyntax access when node.Expression is MemberAccessExpressionSyntax { Expression: var ordered } && model.GetSymbolInfo(ordered).Symbol is not INamedTypeSymbol => visited.WithExpression(access.WithName(Bounded(access.Name))),
                    MemberBindingExpressionSyntax binding => visited.WithExpression(binding.WithName(Bounded(binding.Name))),
                    _ => visited.WithExpression(SyntaxFactory.ParseExpression(Guards + "Bounded" + method.Name)),
                };
            }

            if (node.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && IsLazy(receiver) && visited.Expression is MemberAccessExpressionSyntax called)
                visited = visited.WithExpression(called.WithExpression(Call("Source", called.Expression)));
            var arguments = node.ArgumentList.Arguments;
            for (var i = 0; i < arguments.Count; i++)
            {
                if (IsLazy(arguments[i].Expression))
                    visited = visited.WithArgumentList(visited.ArgumentList.WithArguments(visited.ArgumentList.Arguments.Replace(visited.ArgumentList.Arguments[i], visited.ArgumentList.Arguments[i].WithExpression(Call("Source", visited.ArgumentList.Arguments[i].Expression)))));
            }

            return visited;
        }

        private static SimpleNameSyntax Bounded(SimpleNameSyntax name) => name.WithIdentifier(SyntaxFactory.Identifier("Bounded" + name.Identifier.ValueText));

        private static bool IsOrdered(ExpressionSyntax called) => called.DescendantNodesAndSelf().OfType<MemberBindingExpressionSyntax>().FirstOrDefault()?.Name.Identifier.ValueText.StartsWith("ThenBy", StringComparison.Ordinal) == true;

        private bool IsLazy(ExpressionSyntax expression) =>
            model.GetTypeInfo(expression).Type is INamedTypeSymbol { IsGenericType: true, OriginalDefinition: { } of } && (of.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T || of.Name == "IOrderedEnumerable");

        private static InvocationExpressionSyntax Checked(ExpressionSyntax operand) => Call("Checked", operand);

        private static InvocationExpressionSyntax Call(string guard, ExpressionSyntax operand) =>
            SyntaxFactory.InvocationExpression(SyntaxFactory.ParseExpression(Guards + guard), SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(operand.WithoutTrivia()))))
                .WithTriviaFrom(operand);
    }
}
