using System.Collections.Immutable;
using IndustryBrain.Plugins.Audit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace IndustryBrain.Sdk.Analyzers;

/// <summary>Finds in the source of a plugin what the audit of its package finds in the code: the same rules, where they are broken, as the code is written.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PluginCodeAnalyzer : DiagnosticAnalyzer
{
    private const string IsPlugin = "build_property.IsIndustryBrainPlugin";

    // What can be told from source; the others are about images, dependencies and the package.
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> Descriptors = new[]
    {
        AuditRules.PlatformInvoke, AuditRules.NativePointer, AuditRules.UnsafeMemory, AuditRules.ReflectionEmit, AuditRules.ProcessUse, AuditRules.DirectFile, AuditRules.DirectNetwork, AuditRules.RegistryUse,
        AuditRules.AssemblyLoading, AuditRules.ModuleInitialiser, AuditRules.ReachesIntoProcess, AuditRules.CallByName, AuditRules.EnvironmentRead, AuditRules.SkipsAccessChecks, AuditRules.OwnThreads,
        AuditRules.UndeclaredPermission, AuditRules.UnknownPermission, AuditRules.PermissionWithoutTarget,
    }.ToImmutableDictionary(rule => rule.Id, Describe);

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Descriptors.Values.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            // The package's targets say it of each plugin; NuGet hands analyzers on to projects that never see the targets, such as those of tests.
            if (!start.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(IsPlugin, out var isPlugin) || !isPlugin.Equals("true", StringComparison.OrdinalIgnoreCase))
            {
                return;
            }

            var permissions = new DeclaredPermissions(start.Compilation.Assembly);
            start.RegisterOperationAction(operation => Examine(operation, permissions), OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.PropertyReference, OperationKind.FieldReference, OperationKind.EventAssignment, OperationKind.MethodReference, OperationKind.TypeOf);
            start.RegisterSymbolAction(ExamineMethod, SymbolKind.Method);
            start.RegisterSymbolAction(ExamineType, SymbolKind.NamedType);
            start.RegisterSyntaxNodeAction(node => Report(node.ReportDiagnostic, AuditRules.UnsafeMemory, node.Node.GetLocation(), "*"), SyntaxKind.PointerType);
            start.RegisterSyntaxNodeAction(ExamineFunctionPointer, SyntaxKind.FunctionPointerType);
            start.RegisterSyntaxNodeAction(node => ExamineAttribute(node, permissions), SyntaxKind.Attribute);
        });
    }

    private static DiagnosticDescriptor Describe(AuditRule rule) => new(
        rule.Id,
        new RuleText(rule.Title),
        new RuleText(new($"{rule.Title.Zh}：{{0}}。{rule.Explanation.Zh}{rule.Mend.Zh}", $"{rule.Title.En}: {{0}}. {rule.Explanation.En} {rule.Mend.En}")),
        "IndustryBrain",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        new RuleText(rule.Explanation));

    private static void Examine(OperationAnalysisContext context, DeclaredPermissions permissions)
    {
        var operation = context.Operation;
        if (operation is ITypeOfOperation { TypeOperand: INamedTypeSymbol named })
        {
            Report(context.ReportDiagnostic, WatchedApis.Find(NameOf(named), null, 0, false), operation.Syntax.GetLocation(), $"typeof({NameOf(named)})");
            return;
        }

        foreach (var (owner, member, method) in Uses(operation))
        {
            var type = NameOf(owner);
            if (CapabilityUses.Find(type, member) is { } capability)
            {
                Undeclared(context, permissions, capability);
            }
            else if (type == CapabilityUses.Request && member == ".ctor" && operation is IObjectCreationOperation creation && creation.Arguments.FirstOrDefault()?.Value.ConstantValue.Value is string asked && CapabilityUses.IsName(asked))
            {
                Undeclared(context, permissions, asked);
            }
            else
            {
                var first = method?.OriginalDefinition.Parameters.FirstOrDefault()?.Type.SpecialType == SpecialType.System_String;
                Report(context.ReportDiagnostic, WatchedApis.Find(type, member, method?.Parameters.Length ?? 0, first), operation.Syntax.GetLocation(), member == ".ctor" ? $"new {type}" : $"{type}.{member}");
            }
        }
    }

    private static IEnumerable<(INamedTypeSymbol Owner, string Member, IMethodSymbol? Method)> Uses(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod: { ContainingType: { } owner } method }:
                // An extension is written as a member, and compiled as a call of its own type.
                yield return (owner, method.Name, method.ReducedFrom ?? method);
                break;
            case IObjectCreationOperation { Constructor: { } constructor }:
                yield return (constructor.ContainingType, ".ctor", constructor);
                break;
            case IMethodReferenceOperation { Method: { ContainingType: { } owner } method }:
                yield return (owner, method.Name, method);
                break;
            case IPropertyReferenceOperation { Property: { } property } reference:
                var (reads, writes) = Access(reference);
                if (reads && property.GetMethod is { } get)
                {
                    yield return (property.ContainingType, get.Name, get);
                }

                if (writes && property.SetMethod is { } set)
                {
                    yield return (property.ContainingType, set.Name, set);
                }

                break;
            case IFieldReferenceOperation { Field: { ContainingType: { TypeKind: not TypeKind.Enum } owner, IsConst: false } field }:
                yield return (owner, field.Name, null);
                break;
            case IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: { } raised }, Adds: var adds } when (adds ? raised.AddMethod : raised.RemoveMethod) is { } accessor:
                yield return (raised.ContainingType, accessor.Name, accessor);
                break;
        }
    }

    private static (bool Reads, bool Writes) Access(IPropertyReferenceOperation reference) => reference.Parent switch
    {
        ISimpleAssignmentOperation assignment when assignment.Target == reference => (false, true),
        IAssignmentOperation assignment when assignment.Target == reference => (true, true),
        IIncrementOrDecrementOperation => (true, true),
        _ => (true, false),
    };

    private static void Undeclared(OperationAnalysisContext context, DeclaredPermissions permissions, string capability)
    {
        if (!permissions.Has(capability))
        {
            Report(context.ReportDiagnostic, AuditRules.UndeclaredPermission, context.Operation.Syntax.GetLocation(), capability);
        }
    }

    private static void ExamineMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.IsExtern && (method.GetDllImportData() is not null || method.MethodImplementationFlags != 0))
        {
            Report(context.ReportDiagnostic, AuditRules.PlatformInvoke, method.Locations[0], method.Name);
        }
    }

    // A type that is built on a watched one calls its constructor.
    private static void ExamineType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: not SpecialType.System_Object } parent })
        {
            Report(context.ReportDiagnostic, WatchedApis.Find(NameOf(parent), ".ctor", 0, false), type.Locations[0], $"new {NameOf(parent)}");
        }
    }

    private static void ExamineFunctionPointer(SyntaxNodeAnalysisContext context)
    {
        var isUnmanaged = context.SemanticModel.GetTypeInfo(context.Node, context.CancellationToken).Type is IFunctionPointerTypeSymbol { Signature.CallingConvention: not System.Reflection.Metadata.SignatureCallingConvention.Default };
        Report(context.ReportDiagnostic, isUnmanaged ? AuditRules.NativePointer : AuditRules.UnsafeMemory, context.Node.GetLocation(), "delegate*");
    }

    private static void ExamineAttribute(SyntaxNodeAnalysisContext context, DeclaredPermissions permissions)
    {
        if (permissions.Fault(context.Node) is { } fault)
        {
            Report(context.ReportDiagnostic, fault.Rule, context.Node.GetLocation(), fault.What);
            return;
        }

        if (context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol?.ContainingType is not { } type)
        {
            return;
        }

        var rule = NameOf(type) switch
        {
            "System.Runtime.InteropServices.LibraryImportAttribute" => AuditRules.PlatformInvoke,
            "System.Runtime.CompilerServices.ModuleInitializerAttribute" => AuditRules.ModuleInitialiser,
            "System.Runtime.CompilerServices.UnsafeAccessorAttribute" => AuditRules.CallByName,
            "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute" => AuditRules.SkipsAccessChecks,
            _ => null,
        };
        Report(context.ReportDiagnostic, rule, context.Node.GetLocation(), type.Name);
    }

    private static void Report(Action<Diagnostic> report, AuditRule? rule, Location location, string what)
    {
        if (rule is not null && Descriptors.TryGetValue(rule.Id, out var descriptor))
        {
            report(Diagnostic.Create(descriptor, location, what));
        }
    }

    // As the metadata has it: namespaces with dots, nested types after +.
    private static string NameOf(INamedTypeSymbol type)
    {
        var of = type.OriginalDefinition;
        return of.ContainingType is { } outer ? $"{NameOf(outer)}+{of.MetadataName}"
            : of.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{of.MetadataName}"
            : of.MetadataName;
    }
}
