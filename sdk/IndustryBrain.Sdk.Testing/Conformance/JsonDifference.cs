using System.Text.Json;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>Where two JSON values differ first.</summary>
internal static class JsonDifference
{
    /// <summary>The place and both values; null when they are equal.</summary>
    public static string? Of(JsonElement expected, JsonElement found) => Of(expected, found, "$", isLoose: false);

    /// <summary>What <paramref name="given"/> has and <paramref name="kept"/> has not; members with defaults may have come to it.</summary>
    public static string? Lost(JsonElement given, JsonElement kept) => Of(given, kept, "$", isLoose: true);

    private static string? Of(JsonElement expected, JsonElement found, string path, bool isLoose)
    {
        switch (expected.ValueKind, found.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                foreach (var member in expected.EnumerateObject())
                {
                    var isThere = TryFind(found, member.Name, isLoose, out var other);
                    if (!isThere && member.Value.ValueKind != JsonValueKind.Null)
                    {
                        return $"{path}.{member.Name}: {Subject.Shown(member.Value)} → –";
                    }

                    if (isThere && Of(member.Value, other, $"{path}.{member.Name}", isLoose) is { } inner)
                    {
                        return inner;
                    }
                }

                return isLoose ? null : found.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null && !expected.TryGetProperty(m.Name, out _)).Select(m => $"{path}.{m.Name}: – → {Subject.Shown(m.Value)}").FirstOrDefault();

            case (JsonValueKind.Array, JsonValueKind.Array) when expected.GetArrayLength() == found.GetArrayLength():
                return expected.EnumerateArray().Zip(found.EnumerateArray()).Index()
                    .Select(p => Of(p.Item.First, p.Item.Second, $"{path}[{p.Index}]", isLoose)).FirstOrDefault(d => d is not null);

            default:
                return JsonElement.DeepEquals(expected, found) || (isLoose && IsSame(expected, found)) ? null : $"{path}: {Subject.Shown(expected)} → {Subject.Shown(found)}";
        }
    }

    // Names and choices are read without regard to case, moments and numbers in any spelling.
    private static bool IsSame(JsonElement given, JsonElement kept) =>
        given.ValueKind == JsonValueKind.String && kept.ValueKind == JsonValueKind.String
            ? string.Equals(given.GetString(), kept.GetString(), StringComparison.OrdinalIgnoreCase)
                || (given.TryGetDateTimeOffset(out var moment) && kept.TryGetDateTimeOffset(out var other) && moment == other)
                || (TimeSpan.TryParse(given.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var span) && TimeSpan.TryParse(kept.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var otherSpan) && span == otherSpan)
            : given.ValueKind == JsonValueKind.Number && kept.ValueKind == JsonValueKind.Number && given.GetDouble().Equals(kept.GetDouble());

    private static bool TryFind(JsonElement json, string name, bool isLoose, out JsonElement found)
    {
        if (json.TryGetProperty(name, out found))
        {
            return true;
        }

        var member = isLoose ? json.EnumerateObject().FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase)) : default;
        found = member.Value;
        return found.ValueKind != JsonValueKind.Undefined;
    }
}
