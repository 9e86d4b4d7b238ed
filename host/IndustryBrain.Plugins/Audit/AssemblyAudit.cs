using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Reads the metadata and the IL of one assembly. Nothing of it is loaded or run.</summary>
internal sealed class AssemblyAudit(PEReader image, MetadataReader metadata, ReadingBudget budget, AuditFindings findings, PluginUse use, SymbolFile? symbols)
{
    private const string SdkName = "IndustryBrain.Sdk";
    private const string HostPrefix = "IndustryBrain.";
    private const int MaxBases = 16;
    private const byte ValueType = 0x11;
    private const byte Class = 0x12;
    private const byte Generic = 0x15;
    private static readonly string[] AccessAttributes = ["System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute"];

    // By row of the tables of member and type references.
    private readonly Reference?[] _members = new Reference?[metadata.GetTableRowCount(TableIndex.MemberRef) + 1];
    private readonly string?[] _types = new string?[metadata.GetTableRowCount(TableIndex.TypeRef) + 1];
    private readonly List<int> _texts = [];

    /// <summary>Reports what the assembly does.</summary>
    /// <param name="shipped">Names of the assemblies of the package.</param>
    public void Run(IReadOnlySet<string> shipped)
    {
        ReadReferences(shipped);
        ReadAttributes();
        ReadFields();
        foreach (var handle in metadata.MethodDefinitions)
        {
            try
            {
                ReadMethod(handle);
            }
            catch (BadImageFormatException) when (!budget.IsSpent)
            {
                Add(AuditRules.UnreadableImage, handle, null, "IL");
            }
        }
    }

    private void ReadReferences(IReadOnlySet<string> shipped)
    {
        foreach (var handle in metadata.TypeReferences)
        {
            _types[MetadataTokens.GetRowNumber(handle)] = MemberNames.OfReference(metadata, handle);
        }

        foreach (var handle in metadata.MemberReferences)
        {
            var reference = metadata.GetMemberReference(handle);
            if (TypeOf(reference.Parent) is { } type)
            {
                _members[MetadataTokens.GetRowNumber(handle)] = Watch(type, reference);
            }
        }

        foreach (var handle in metadata.AssemblyReferences)
        {
            var name = metadata.GetString(metadata.GetAssemblyReference(handle).Name);
            if (name.StartsWith(HostPrefix, StringComparison.OrdinalIgnoreCase) && name != SdkName && !shipped.Contains(name))
            {
                findings.Add(AuditRules.HostAssembly, new(name, name));
            }
        }
    }

    private Reference? Watch(string type, MemberReference reference)
    {
        var name = metadata.GetString(reference.Name);
        if (type == CapabilityUses.Request && name == ".ctor")
        {
            return new(null, type, null, AsksByName: true);
        }

        if (CapabilityUses.Find(type, name) is { } capability)
        {
            return new(null, type, capability);
        }

        if (!WatchedApis.IsWatched(type))
        {
            return null;
        }

        var shape = Shape(reference.Signature);
        return WatchedApis.Find(type, name, shape.Parameters, shape.FirstIsString) is { } rule
            ? new(rule, name == ".ctor" ? $"new {type}" : $"{type}.{name}", null)
            : null;
    }

    // Full name of the type of another assembly that a member is looked for in: written as it is, as a signature, or as the base of an own type.
    private string? TypeOf(EntityHandle handle)
    {
        for (var i = 0; i < MaxBases; i++)
        {
            switch (handle.Kind)
            {
                case HandleKind.TypeReference:
                    return _types[MetadataTokens.GetRowNumber(handle)];
                case HandleKind.TypeDefinition:
                    handle = metadata.GetTypeDefinition((TypeDefinitionHandle)handle).BaseType;
                    break;
                case HandleKind.TypeSpecification:
                    var blob = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                    var kind = blob.ReadByte();
                    if (kind == Generic)
                    {
                        kind = blob.ReadByte();
                    }

                    if (kind is not (Class or ValueType))
                    {
                        return null;
                    }

                    handle = blob.ReadTypeHandle();
                    break;
                default:
                    return null;
            }

            if (handle.IsNil)
            {
                return null;
            }
        }

        return null;
    }

    private void ReadAttributes()
    {
        foreach (var handle in metadata.CustomAttributes)
        {
            var attribute = metadata.GetCustomAttribute(handle);
            var type = AttributeType(attribute);
            if (type is not null && AccessAttributes.Contains(type))
            {
                findings.Add(AuditRules.SkipsAccessChecks, new(type, type));
            }
            else if (type == "System.Runtime.CompilerServices.UnsafeAccessorAttribute" && attribute.Parent.Kind == HandleKind.MethodDefinition)
            {
                findings.Add(AuditRules.CallByName, () => MemberNames.Of(metadata, (MethodDefinitionHandle)attribute.Parent), null, type);
            }
        }
    }

    private string? AttributeType(CustomAttribute attribute) => attribute.Constructor.Kind switch
    {
        HandleKind.MemberReference => TypeOf(metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent),
        // The attribute may be written into the assembly itself.
        HandleKind.MethodDefinition => MemberNames.OfType(metadata, metadata.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType()),
        _ => null,
    };

    private void ReadFields()
    {
        foreach (var handle in metadata.FieldDefinitions)
        {
            var field = metadata.GetFieldDefinition(handle);
            if (Shape(field.Signature).HasPointers)
            {
                findings.Add(AuditRules.UnsafeMemory, () => $"{MemberNames.OfType(metadata, field.GetDeclaringType())}.{metadata.GetString(field.Name)}", null, "*");
            }
        }
    }

    private void ReadMethod(MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        if ((method.Attributes & MethodAttributes.PinvokeImpl) != 0)
        {
            var import = method.GetImport();
            var module = import.Module.IsNil ? "?" : metadata.GetString(metadata.GetModuleReference(import.Module).Name);
            Add(AuditRules.PlatformInvoke, handle, null, $"{module}!{metadata.GetString(import.Name)}");
            return;
        }

        if ((method.ImplAttributes & (MethodImplAttributes.CodeTypeMask | MethodImplAttributes.Unmanaged | MethodImplAttributes.InternalCall)) is var kind
            && kind is not (0 or MethodImplAttributes.Runtime))
        {
            Add(AuditRules.PlatformInvoke, handle, null, kind.ToString());
            return;
        }

        if (Shape(method.Signature).HasPointers)
        {
            Add(AuditRules.UnsafeMemory, handle, null, "*");
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        if (MetadataTokens.GetRowNumber(method.GetDeclaringType()) == 1 && metadata.GetString(method.Name) == ".cctor")
        {
            findings.Add(AuditRules.ModuleInitialiser, () => "<Module>..cctor", 0, "[ModuleInitializer]");
        }

        ReadBody(handle, method);
    }

    private void ReadBody(MethodDefinitionHandle handle, MethodDefinition method)
    {
        var body = image.GetMethodBody(method.RelativeVirtualAddress);
        budget.Spend(body.Size);
        if (!body.LocalSignature.IsNil && Shape(metadata.GetStandaloneSignature(body.LocalSignature).Signature).HasPointers)
        {
            Add(AuditRules.UnsafeMemory, handle, 0, "*");
        }

        _texts.Clear();
        var hasStack = false;
        var code = new IlReader(body.GetILReader());
        while (code.Next())
        {
            var at = code.Offset;
            switch (code.Code)
            {
                case IlReader.Ldstr:
                    _texts.Add(code.Token);
                    break;
                case IlReader.Localloc:
                    // Span<T> s = stackalloc T[n], which the compiler fills by block.
                    hasStack = true;
                    break;
                case IlReader.Cpblk or IlReader.Initblk when !hasStack:
                    Add(AuditRules.UnsafeMemory, handle, at, code.Code == IlReader.Cpblk ? "cpblk" : "initblk");
                    break;
                case IlReader.Jmp:
                    Add(AuditRules.UnsafeMemory, handle, at, "jmp");
                    break;
                case IlReader.Calli:
                    ReadCalli(handle, code.Token, at);
                    break;
                default:
                    if (code.Token != 0)
                    {
                        ReadToken(handle, method, code.Token, at);
                    }

                    break;
            }
        }
    }

    private void ReadCalli(MethodDefinitionHandle handle, int token, int at)
    {
        if (MetadataTokens.EntityHandle(token) is not { Kind: HandleKind.StandaloneSignature } signature)
        {
            throw new BadImageFormatException();
        }

        var convention = metadata.GetBlobReader(metadata.GetStandaloneSignature((StandaloneSignatureHandle)signature).Signature).ReadSignatureHeader().CallingConvention;
        var isManaged = convention is SignatureCallingConvention.Default or SignatureCallingConvention.VarArgs;
        Add(isManaged ? AuditRules.UnsafeMemory : AuditRules.NativePointer, handle, at, isManaged ? "calli" : "calli unmanaged");
    }

    private void ReadToken(MethodDefinitionHandle handle, MethodDefinition method, int token, int at)
    {
        var (table, row) = ((TableIndex)(token >> 24), token & 0xFFFFFF);
        if (table == TableIndex.MethodSpec)
        {
            var generic = metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row)).Method;
            (table, row) = generic.Kind == HandleKind.MemberReference ? (TableIndex.MemberRef, MetadataTokens.GetRowNumber(generic)) : (TableIndex.MethodDef, 0);
        }

        switch (table)
        {
            case TableIndex.MemberRef when row < _members.Length && _members[row] is { } reference:
                ReadUse(handle, method, reference, at);
                break;
            case TableIndex.TypeRef when row < _types.Length && _types[row] is { } type && WatchedApis.Find(type, null, 0, false) is { } rule:
                Add(rule, handle, at, $"typeof({type})");
                break;
        }
    }

    private void ReadUse(MethodDefinitionHandle handle, MethodDefinition method, Reference reference, int at)
    {
        if (reference.Rule is { } rule)
        {
            if (rule != AuditRules.UnsafeMemory || !IsOfCompiler(method))
            {
                Add(rule, handle, at, reference.Target);
            }
        }
        else if (!findings.IsKnown)
        {
            ReadCapability(handle, reference, at);
        }
    }

    private void ReadCapability(MethodDefinitionHandle handle, Reference reference, int at)
    {
        var place = new UsePlace(findings.File, MemberNames.Of(metadata, handle), at, symbols?.Find(handle, at));
        if (!reference.AsksByName)
        {
            use.Capabilities.TryAdd(reference.Capability!, place);
            return;
        }

        var names = _texts.Select(Text).Where(CapabilityUses.IsName).ToList();
        foreach (var name in names)
        {
            use.Capabilities.TryAdd(name, place);
        }

        if (names.Count == 0)
        {
            use.Unreadable.Add(place);
        }
    }

    private string Text(int token)
    {
        var text = metadata.GetUserString(MetadataTokens.UserStringHandle(token & 0xFFFFFF));
        budget.Spend(sizeof(char) * text.Length);
        return text;
    }

    private SignatureShape Shape(BlobHandle signature)
    {
        var blob = metadata.GetBlobReader(signature);
        budget.Spend(blob.Length);
        return SignatureShape.Read(blob);
    }

    private void Add(AuditRule rule, MethodDefinitionHandle handle, int? at, string target) =>
        findings.Add(rule, () => MemberNames.Of(metadata, handle), at, target, () => symbols?.Find(handle, at ?? 0));

    // How the compiler makes spans of inline arrays.
    private bool IsOfCompiler(MethodDefinition method) =>
        metadata.GetString(method.Name).StartsWith("InlineArray", StringComparison.Ordinal)
        && metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name).StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal);

    private sealed record Reference(AuditRule? Rule, string Target, string? Capability, bool AsksByName = false);
}
