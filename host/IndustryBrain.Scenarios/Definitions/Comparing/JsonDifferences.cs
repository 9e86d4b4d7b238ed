using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Reading;

namespace IndustryBrain.Scenarios.Definitions.Comparing;

/// <summary>The fields in which two objects differ. Activities within them are compared elsewhere, and where they lie on the canvas (<c>metadata.designer</c>) says nothing about what runs.</summary>
internal static class JsonDifferences
{
    private const string Layout = "metadata.designer";

    public static IReadOnlyList<FieldChange> Of(JsonElement from, JsonElement to, IReadOnlyCollection<string> without)
    {
        List<FieldChange> changes = [];
        Members(from, to, "", without, changes);
        return changes;
    }

    private static void Members(JsonElement from, JsonElement to, string path, IReadOnlyCollection<string> without, List<FieldChange> changes)
    {
        var (old, later) = (Read(from), Read(to));
        foreach (var name in later.Keys.Concat(old.Keys.Where(n => !later.ContainsKey(n))))
        {
            var field = path.Length == 0 ? name : $"{path}.{name}";
            if (without.Contains(name, StringComparer.OrdinalIgnoreCase) || field.Equals(Layout, StringComparison.OrdinalIgnoreCase))
                continue;
            Value(old.TryGetValue(name, out var before) ? before : null, later.TryGetValue(name, out var now) ? now : null, field, changes);
        }
    }

    private static void Value(JsonElement? from, JsonElement? to, string field, List<FieldChange> changes)
    {
        if (HoldsActivities(from) || HoldsActivities(to) || (from is { } a && to is { } b && JsonElement.DeepEquals(a, b)) || (IsNothing(from) && IsNothing(to)))
            return;
        if (from is not { ValueKind: JsonValueKind.Object } old || to is not { ValueKind: JsonValueKind.Object } now)
        {
            if (from is { ValueKind: JsonValueKind.Array } before && to is { ValueKind: JsonValueKind.Array } after && before.GetArrayLength() == after.GetArrayLength())
                Items(before, after, field, changes);
            else
                changes.Add(new(field, from, to));
            return;
        }

        if (ReadingContext.TryMember(old, "expression", out var was) && ReadingContext.TryMember(now, "expression", out var becomes))
        {
            var count = changes.Count;
            Expression(was, becomes, field, changes);
            if (changes.Count == count)
                Members(old, now, field, ["expression"], changes);
            return;
        }

        Members(old, now, field, [], changes);
    }

    private static void Items(JsonElement from, JsonElement to, string field, List<FieldChange> changes)
    {
        for (var i = 0; i < from.GetArrayLength(); i++)
            Value(from[i], to[i], FormattableString.Invariant($"{field}[{i}]"), changes);
    }

    private static void Expression(JsonElement from, JsonElement to, string field, List<FieldChange> changes)
    {
        if (JsonElement.DeepEquals(from, to))
            return;
        var isSameLanguage = string.Equals(ReadingContext.Text(from, "type"), ReadingContext.Text(to, "type"), StringComparison.OrdinalIgnoreCase);
        changes.Add(isSameLanguage && ReadingContext.TryMember(from, "value", out var old) && ReadingContext.TryMember(to, "value", out var now)
            ? new(field, old, now)
            : new(field, from, to));
    }

    private static bool IsNothing(JsonElement? value) => value is null or { ValueKind: JsonValueKind.Null };

    // An activity, a list of them, or what has some in it, such as the case of a Switch: a change in there is that activity's.
    private static bool HoldsActivities(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Object } json => IsActivity(json),
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object && IsActivity(item)),
        _ => false,
    };

    private static bool IsActivity(JsonElement json) =>
        ReadingContext.Text(json, "type") is not null && (ReadingContext.Text(json, "id") is not null || ReadingContext.TryMember(json, "version", out _));

    private static Dictionary<string, JsonElement> Read(JsonElement json)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject())
                members[member.Name] = member.Value;
        }

        return members;
    }
}
