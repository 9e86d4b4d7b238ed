using System.Collections.Frozen;

namespace IndustryBrain.Scenarios.Values;

/// <summary>A type as a definition names it, by Elsa's alias.</summary>
internal sealed record TypeRef(ValueKind Kind, bool IsNullable = false, TypeRef? Element = null)
{
    private const string Unregistered = "UnregisteredClrType:";

    public static readonly TypeRef Object = new(ValueKind.Object);
    public static readonly TypeRef String = new(ValueKind.String);
    public static readonly TypeRef Boolean = new(ValueKind.Boolean);
    public static readonly TypeRef Int32 = new(ValueKind.Int32);
    public static readonly TypeRef TimeSpan = new(ValueKind.TimeSpan);
    public static readonly TypeRef DateTimeOffset = new(ValueKind.DateTimeOffset);
    public static readonly TypeRef JsonObject = new(ValueKind.JsonObject);
    public static readonly TypeRef ObjectList = new(ValueKind.List, Element: Object);
    public static readonly TypeRef StringList = new(ValueKind.List, Element: String);

    private static readonly FrozenDictionary<string, ValueKind> Aliases = new Dictionary<string, ValueKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["Object"] = ValueKind.Object,
        ["String"] = ValueKind.String,
        ["Boolean"] = ValueKind.Boolean,
        ["Int16"] = ValueKind.Int16,
        ["Int32"] = ValueKind.Int32,
        ["Int64"] = ValueKind.Int64,
        ["Long"] = ValueKind.Int64,
        ["Single"] = ValueKind.Single,
        ["Double"] = ValueKind.Double,
        ["Decimal"] = ValueKind.Decimal,
        ["Guid"] = ValueKind.Guid,
        ["DateTime"] = ValueKind.DateTime,
        ["DateTimeOffset"] = ValueKind.DateTimeOffset,
        ["TimeSpan"] = ValueKind.TimeSpan,
        ["ByteArray"] = ValueKind.Bytes,
        ["byte[]"] = ValueKind.Bytes,
        ["JSON"] = ValueKind.JsonObject,
        ["ExpandoObject"] = ValueKind.JsonObject,
        ["JsonElement"] = ValueKind.JsonAny,
        ["JsonNode"] = ValueKind.JsonAny,
        ["JsonObject"] = ValueKind.JsonObject,
        ["JsonArray"] = ValueKind.JsonAny,
        ["StringDictionary"] = ValueKind.JsonObject,
        ["ObjectDictionary"] = ValueKind.JsonObject,
        ["StringMap"] = ValueKind.JsonObject,
        ["ObjectMap"] = ValueKind.JsonObject,
        ["Stream"] = ValueKind.Other,
        ["HttpRequest"] = ValueKind.Other,
        ["HttpResponse"] = ValueKind.Other,
        ["HttpResponseMessage"] = ValueKind.Other,
        ["HttpHeaders"] = ValueKind.JsonObject,
        ["RouteData"] = ValueKind.Other,
        ["FormFile"] = ValueKind.Other,
        ["HttpFile"] = ValueKind.Other,
        ["Downloadable"] = ValueKind.Other,
        ["HttpStatusCode"] = ValueKind.Other,
        ["FlowJoinMode"] = ValueKind.Other,
        ["LogPersistenceMode"] = ValueKind.Other,
        ["Exception"] = ValueKind.Other,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Collections = ["List", "IEnumerable", "ICollection", "IList", "IReadOnlyList", "IReadOnlyCollection", "ISet", "HashSet", "Collection"];

    /// <summary>The type of an alias; null when nothing is known by it.</summary>
    public static TypeRef? Parse(string? alias)
    {
        var text = alias?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > 500)
            return null;
        if (text.StartsWith(Unregistered, StringComparison.Ordinal))
            return new TypeRef(ValueKind.Other);
        if (Aliases.TryGetValue(text, out var kind))
            return new TypeRef(kind);
        if (text.EndsWith("[]", StringComparison.Ordinal))
            return ListOf(text[..^2]);
        if (text.EndsWith('?'))
            return Parse(text[..^1]) is { } inner ? inner with { IsNullable = true } : null;
        var open = text.IndexOf('<', StringComparison.Ordinal);
        if (open > 0 && text[^1] == '>')
            return Collections.Contains(text[..open], StringComparer.OrdinalIgnoreCase) ? ListOf(text[(open + 1)..^1]) : null;
        return ParseClrName(text);
    }

    /// <summary>The value of this type that stands for "nothing": null for a reference or nullable type.</summary>
    public object? Default => IsNullable ? null : Kind switch
    {
        ValueKind.Boolean => false,
        ValueKind.Int16 or ValueKind.Int32 => 0,
        ValueKind.Int64 => 0L,
        ValueKind.Single or ValueKind.Double => 0d,
        ValueKind.Decimal => 0m,
        ValueKind.Guid => Guid.Empty,
        ValueKind.DateTime => default(DateTime),
        ValueKind.DateTimeOffset => default(DateTimeOffset),
        ValueKind.TimeSpan => System.TimeSpan.Zero,
        _ => null,
    };

    /// <summary>A name that <see cref="Parse"/> reads as this type; null for one that takes any value.</summary>
    public string? Alias => Kind is ValueKind.Object or ValueKind.Other ? null : Kind switch
    {
        ValueKind.List => $"{Element?.Alias ?? "Object"}[]",
        ValueKind.Bytes => "ByteArray",
        ValueKind.JsonAny => "JsonElement",
        _ => Kind.ToString(),
    } + (IsNullable ? "?" : "");

    private static TypeRef? ListOf(string element) => Parse(element) is { } inner ? new TypeRef(ValueKind.List, Element: inner) : null;

    private static TypeRef? ParseClrName(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            return null;
        var name = text[..comma].Trim();
        return name switch
        {
            "System.Dynamic.ExpandoObject" or "System.Text.Json.Nodes.JsonObject" => JsonObject,
            "System.Text.Json.JsonElement" or "System.Text.Json.Nodes.JsonNode" or "System.Text.Json.Nodes.JsonArray" => new TypeRef(ValueKind.JsonAny),
            _ when name.StartsWith("System.", StringComparison.Ordinal) && Aliases.TryGetValue(name["System.".Length..], out var kind) => new TypeRef(kind),
            _ => null,
        };
    }
}
