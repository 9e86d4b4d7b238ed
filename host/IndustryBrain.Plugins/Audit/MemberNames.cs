using System.Reflection.Metadata;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Names of members as their authors know them: state machines, lambdas and local functions go by the method they stand in.</summary>
internal static class MemberNames
{
    private const int MaxNesting = 32;

    /// <summary><c>Namespace.Type.Method</c>.</summary>
    public static string Of(MetadataReader metadata, MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        var name = metadata.GetString(method.Name);
        var type = method.GetDeclaringType();
        var written = Written(name);
        for (var i = 0; i < MaxNesting && !type.IsNil; i++)
        {
            var definition = metadata.GetTypeDefinition(type);
            var typeName = metadata.GetString(definition.Name);
            if (!typeName.StartsWith('<') || definition.GetDeclaringType().IsNil)
            {
                return $"{OfType(metadata, type)}.{written ?? name}";
            }

            // <RunAsync>d__3 is the state machine of RunAsync; <>c holds lambdas, whose own names tell the method.
            written = Written(typeName) ?? written;
            type = definition.GetDeclaringType();
        }

        return written ?? name;
    }

    /// <summary><c>Namespace.Outer.Inner</c>.</summary>
    public static string OfType(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var name = "";
        for (var i = 0; i < MaxNesting && !handle.IsNil; i++)
        {
            var definition = metadata.GetTypeDefinition(handle);
            var space = metadata.GetString(definition.Namespace);
            name = metadata.GetString(definition.Name) + (name.Length == 0 ? "" : "." + name);
            handle = definition.GetDeclaringType();
            name = space.Length == 0 ? name : $"{space}.{name}";
        }

        return name;
    }

    /// <summary>Full name of a type of another assembly, nested types after <c>+</c>; null when it is none.</summary>
    public static string? OfReference(MetadataReader metadata, EntityHandle handle)
    {
        var name = "";
        for (var i = 0; i < MaxNesting && handle.Kind == HandleKind.TypeReference; i++)
        {
            var reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
            var space = metadata.GetString(reference.Namespace);
            name = metadata.GetString(reference.Name) + (name.Length == 0 ? "" : "+" + name);
            name = space.Length == 0 ? name : $"{space}.{name}";
            handle = reference.ResolutionScope;
        }

        return name.Length == 0 ? null : name;
    }

    // <Name>b__0, <Name>g__Local|0, <Name>d__3, <<Name>g__Local|0>d.
    private static string? Written(string name) =>
        name.StartsWith('<') && name.TrimStart('<') is var rest && rest.IndexOf('>', StringComparison.Ordinal) is > 0 and var end && end + 1 < rest.Length ? rest[..end] : null;
}
