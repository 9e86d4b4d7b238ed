using System.Collections.Immutable;
using IndustryBrain.Plugins.Audit;
using IndustryBrain.Sdk.Capabilities;
using Microsoft.CodeAnalysis;

namespace IndustryBrain.Sdk.Analyzers;

/// <summary>What an assembly declares by <c>[assembly: Permission(…)]</c>.</summary>
internal sealed class DeclaredPermissions
{
    private const string Attribute = "PermissionAttribute";
    private const string Write = "write";
    private readonly ImmutableArray<Permission> _all;
    private readonly HashSet<string> _capabilities = new(StringComparer.Ordinal);

    public DeclaredPermissions(IAssemblySymbol assembly)
    {
        _all =
        [
            .. from attribute in assembly.GetAttributes()
               where attribute.AttributeClass?.Name == Attribute
               let capability = attribute.ConstructorArguments.FirstOrDefault().Value as string
               where capability is not null
               select new Permission(capability, TargetsOf(attribute), attribute.ApplicationSyntaxReference),
        ];
        foreach (var permission in _all)
        {
            _capabilities.Add(AsUsed(permission.Capability));
            if (permission.Capability == CapabilityNames.Files && permission.Targets.Contains(Write))
            {
                _capabilities.Add(CapabilityUses.SavedFiles);
            }
        }
    }

    public bool Has(string capability) => _capabilities.Contains(AsUsed(capability));

    /// <summary>What is wrong with the declaration that is written here, and what there is instead; null when nothing is, or it declares no permission.</summary>
    public (AuditRule Rule, string What)? Fault(SyntaxNode attribute)
    {
        if (_all.FirstOrDefault(permission => permission.Source is { } source && source.SyntaxTree == attribute.SyntaxTree && source.Span == attribute.Span) is not { } declared)
        {
            return null;
        }

        if (!CapabilityUses.IsName(declared.Capability))
        {
            return (AuditRules.UnknownPermission, $"{declared.Capability} ({string.Join(", ", CapabilityUses.Names)})");
        }

        var allows = _all.Any(permission => permission.Capability == declared.Capability && permission.Targets.Length > 0);
        return !allows && CapabilityUses.ExampleTarget(declared.Capability) is { } example ? (AuditRules.PermissionWithoutTarget, $"{declared.Capability} ({example})") : null;
    }

    private static string AsUsed(string capability) => capability == CapabilityNames.PrivateHttp ? CapabilityNames.Http : capability;

    private static ImmutableArray<string> TargetsOf(AttributeData attribute) =>
        [.. attribute.NamedArguments.Where(argument => argument is { Key: "Targets", Value: { Kind: TypedConstantKind.Array, IsNull: false } }).SelectMany(argument => argument.Value.Values).Select(value => value.Value as string ?? "")];

    private sealed class Permission(string capability, ImmutableArray<string> targets, SyntaxReference? source)
    {
        public string Capability => capability;

        public ImmutableArray<string> Targets => targets;

        public SyntaxReference? Source => source;
    }
}
