using IndustryBrain.Plugins.Audit;
using IndustryBrain.Sdk.Capabilities;
using Microsoft.CodeAnalysis;

namespace IndustryBrain.Sdk.Analyzers;

/// <summary>What an assembly declares by <c>[assembly: Permission(…)]</c>.</summary>
internal sealed class DeclaredPermissions(HashSet<string> capabilities)
{
    private const string Attribute = "PermissionAttribute";
    private const string Write = "write";

    public static DeclaredPermissions Of(IAssemblySymbol assembly)
    {
        var declared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass?.Name != Attribute || attribute.ConstructorArguments.FirstOrDefault().Value is not string capability)
            {
                continue;
            }

            declared.Add(capability == CapabilityNames.PrivateHttp ? CapabilityNames.Http : capability);
            if (capability == CapabilityNames.Files && attribute.NamedArguments.Any(argument => argument is { Key: "Targets", Value.Kind: TypedConstantKind.Array } && argument.Value.Values.Any(value => value.Value is Write)))
            {
                declared.Add(CapabilityUses.SavedFiles);
            }
        }

        return new(declared);
    }

    public bool Has(string capability) => capabilities.Contains(capability == CapabilityNames.PrivateHttp ? CapabilityNames.Http : capability);
}
