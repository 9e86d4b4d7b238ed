using System.Globalization;
using System.Text.Json;

namespace IndustryBrain.Web.Data;

/// <summary>RFC 6901 pointers into a JSON value.</summary>
public static class JsonPointer
{
    /// <summary>Finds what the pointer names; an empty pointer is the whole. Null counts as absent.</summary>
    public static bool TryFind(JsonElement document, string? pointer, out JsonElement value)
    {
        value = document;
        if (pointer is null || (pointer.Length > 0 && pointer[0] != '/')) return false;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member)) value = member;
            else if (value.ValueKind == JsonValueKind.Array && IsIndex(name, value.GetArrayLength(), out var index)) value = value[index];
            else return false;
        }

        return value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }

    private static bool IsIndex(string name, int length, out int index) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < length && (name.Length == 1 || name[0] != '0');
}
