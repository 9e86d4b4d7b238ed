using System.Text.Json;

namespace IndustryBrain.Scenarios.Inputs;

/// <summary>Equality of JSON values as schemas mean it: 1 and 1.0 are equal, and so are objects whose members stand in another order.</summary>
internal sealed class ValueEquality : IEqualityComparer<JsonElement>
{
    public static readonly ValueEquality Instance = new();

    public bool Equals(JsonElement x, JsonElement y) => JsonElement.DeepEquals(x, y);

    public int GetHashCode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => string.GetHashCode(value.GetString(), StringComparison.Ordinal),
        JsonValueKind.Number => value.TryGetDouble(out var number) ? number.GetHashCode() : 0,
        JsonValueKind.Array => value.EnumerateArray().Aggregate(17, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
        JsonValueKind.Object => value.EnumerateObject().Aggregate(19, (hash, member) => hash ^ HashCode.Combine(member.Name, GetHashCode(member.Value))),
        _ => (int)value.ValueKind,
    };
}
