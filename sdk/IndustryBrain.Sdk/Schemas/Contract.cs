using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Schemas;

/// <summary>The shape of one type at the boundary. The schema is written from it and an input is checked against it, so that the two cannot differ.</summary>
internal sealed class Contract
{
    // Weak, so that the types of an unloaded plugin are not held.
    private static readonly ConditionalWeakTable<Type, Contract> Known = [];

    private readonly Lazy<IReadOnlyList<ContractMember>> _members;
    private readonly Lazy<IReadOnlyList<ContractChoice>> _choices;
    private readonly Lazy<Contract?> _item;

    private Contract(Type type)
    {
        Type = type;
        Kind = KindOf(type);
        _members = new(() => Kind == ContractKind.Object ? MembersOf(type) : []);
        _choices = new(() => Kind == ContractKind.Choice ? ChoicesOf(type) : []);
        _item = new(() => ItemType is { } item ? Of(Nullable.GetUnderlyingType(item) ?? item) : null);
    }

    public Type Type { get; }

    public ContractKind Kind { get; }

    public IReadOnlyList<ContractMember> Members => _members.Value;

    public IReadOnlyList<ContractChoice> Choices => _choices.Value;

    /// <summary>Contract of the elements of an array or of the values of a map.</summary>
    public Contract? Item => _item.Value;

    /// <summary>True when an element may be null: a gap in a series.</summary>
    public bool ItemMayBeNull => ItemType is { } item && (Nullable.GetUnderlyingType(item) is not null || Item!.Kind == ContractKind.Any);

    private Type? ItemType => Kind switch
    {
        ContractKind.Array or ContractKind.Map => ComponentJson.Options.GetTypeInfo(Type).ElementType,
        _ => null,
    };

    public static Contract Of(Type type) => Known.GetValue(Nullable.GetUnderlyingType(type) ?? type, static t => new Contract(t));

    private static ContractKind KindOf(Type type)
    {
        if (type.IsEnum)
        {
            return ContractKind.Choice;
        }

        switch (Type.GetTypeCode(type))
        {
            case TypeCode.Boolean: return ContractKind.Boolean;
            case TypeCode.String or TypeCode.Char: return ContractKind.Text;
            case TypeCode.Double or TypeCode.Single or TypeCode.Decimal: return ContractKind.Number;
            case TypeCode.DateTime: return ContractKind.Moment;
            case >= TypeCode.SByte and <= TypeCode.UInt64: return ContractKind.Integer;
        }

        return type switch
        {
            _ when type == typeof(DateOnly) => ContractKind.Date,
            _ when type == typeof(TimeOnly) => ContractKind.Time,
            _ when type == typeof(DateTimeOffset) => ContractKind.Moment,
            _ when type == typeof(TimeSpan) => ContractKind.Duration,
            _ when type == typeof(Guid) => ContractKind.Identifier,
            _ when type == typeof(byte[]) => ContractKind.Bytes,
            _ when type == typeof(FileReference) => ContractKind.File,
            _ when type == typeof(object) || type == typeof(JsonElement) || typeof(JsonNode).IsAssignableFrom(type) => ContractKind.Any,
            _ => ComponentJson.Options.GetTypeInfo(type).Kind switch
            {
                JsonTypeInfoKind.Enumerable => ContractKind.Array,
                JsonTypeInfoKind.Dictionary => ContractKind.Map,
                JsonTypeInfoKind.Object => ContractKind.Object,
                _ => ContractKind.Any,
            },
        };
    }

    private static List<ContractMember> MembersOf(Type type)
    {
        var members = new List<ContractMember>();
        foreach (var property in ComponentJson.Options.GetTypeInfo(type).Properties)
        {
            if (property is { IsExtensionData: false } && (property.Get is not null || property.Set is not null))
            {
                members.Add(new ContractMember(property));
            }
        }

        return members;
    }

    private static List<ContractChoice> ChoicesOf(Type type)
    {
        var choices = new List<ContractChoice>();
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var text = JsonSerializer.SerializeToElement(field.GetValue(null), type, ComponentJson.Options).GetString()!;
            choices.Add(new ContractChoice(text, field.GetCustomAttribute<LabelAttribute>()));
        }

        return choices;
    }
}

/// <summary>One value of an enumeration.</summary>
/// <param name="Value">As it stands in JSON.</param>
/// <param name="Label">What people read.</param>
internal sealed record ContractChoice(string Value, LabelAttribute? Label);
