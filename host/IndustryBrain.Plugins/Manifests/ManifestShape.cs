using System.Globalization;
using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Manifests;

/// <summary>Which members a <c>plugin.json</c> has, and of which type: a manifest that passes can be read, but for its views.</summary>
internal static class ManifestShape
{
    private static readonly Member[] Plugin =
    [
        new("id", Text), new("version", Text), new("prefix", Text), new("vendor", Text), new("name", BothLanguages), new("description", BothLanguages), new("sdk", Text), new("entryAssembly", Text),
        new("components", Each(static (value, at) => Object(value, at, Component!))), new("permissions", Each(static (value, at) => Object(value, at, Permission!))), new("clusters", Each(Text)),
        new("settings", Anything, IsRequired: false), new("platforms", Each(Text), IsRequired: false),
    ];

    private static readonly Member[] Component =
    [
        new("id", Text), new("kind", OneOf("knowledge", "tool", "application")), new("name", BothLanguages), new("description", BothLanguages), new("hasSideEffects", TrueOrFalse), new("isDeterministic", TrueOrFalse), new("input", Anything), new("output", Anything),
        new("view", static (value, at) => Object(value, at, View!), IsRequired: false), new("icon", Text, IsRequired: false), new("category", BothLanguages, IsRequired: false), new("searchWords", BothLanguages, IsRequired: false),
    ];

    private static readonly Member[] View = [new("title", BothLanguages), new("elements", Each(static (value, at) => Object(value, at, ViewElement!)))];

    private static readonly Member[] ViewElement = [new("kind", OneOf("kpis", "chart", "table", "form", "board"))];

    private static readonly Member[] Permission =
    [
        new("capability", Text), new("reason", BothLanguages), new("targets", Each(Text), IsRequired: false), new("maxBytes", Whole, IsRequired: false),
    ];

    private static readonly Member[] Languages = [new("zh", Text), new("en", Text)];

    /// <summary>What is missing and what is of another type than it must be, in the order of the members.</summary>
    public static IEnumerable<ManifestProblem> Problems(JsonElement root) => Object(root, "", Plugin);

    /// <summary>Members that no reader of a manifest knows: mistyped ones, most likely.</summary>
    public static IEnumerable<string> Unknown(JsonElement root) =>
    [
        .. Unknown(root, "", Plugin),
        .. Items(root, "components").SelectMany(item => Unknown(item.Value, item.At, Component)),
        .. Items(root, "permissions").SelectMany(item => Unknown(item.Value, item.At, Permission)),
    ];

    private static IEnumerable<string> Unknown(JsonElement value, string at, Member[] known) =>
        value.EnumerateObject().Where(member => !known.Any(k => k.Name == member.Name) && member.Name != "$schema").Select(member => Join(at, member.Name));

    private static IEnumerable<(JsonElement Value, string At)> Items(JsonElement root, string name) => root.GetProperty(name).EnumerateArray().Select((item, i) => (item, Index(name, i)));

    private static IEnumerable<ManifestProblem> Object(JsonElement value, string at, Member[] members)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [Other(at, new("一个 JSON 对象", "a JSON object"), value)];
        }

        return members.SelectMany(member => value.TryGetProperty(member.Name, out var found) && found.ValueKind != JsonValueKind.Null ? member.Problems(found, Join(at, member.Name))
            : member.IsRequired ? [new ManifestProblem(Join(at, member.Name), new("缺失", "is missing"))]
            : []);
    }

    private static Check Each(Check check) => (value, at) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().SelectMany((item, i) => check(item, Index(at, i)))
        : [Other(at, new("列表，没有时为 []", "a list, [] when there are none"), value)];

    private static IEnumerable<ManifestProblem> BothLanguages(JsonElement value, string at) =>
        value.ValueKind == JsonValueKind.Object ? Object(value, at, Languages) : [Other(at, new("两种语言的文字 {\"zh\": \"…\", \"en\": \"…\"}", "a text in both languages, {\"zh\": \"…\", \"en\": \"…\"}"), value)];

    private static IEnumerable<ManifestProblem> Text(JsonElement value, string at) => value.ValueKind == JsonValueKind.String ? [] : [Other(at, new("文字", "a text"), value)];

    private static IEnumerable<ManifestProblem> TrueOrFalse(JsonElement value, string at) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [] : [Other(at, new("true 或 false", "true or false"), value)];

    private static IEnumerable<ManifestProblem> Whole(JsonElement value, string at) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _) ? [] : [Other(at, new("整数", "a whole number"), value)];

    private static Check OneOf(params string[] words) => (value, at) => value.ValueKind == JsonValueKind.String && words.Contains(value.GetString(), StringComparer.Ordinal)
        ? []
        : [Other(at, new(string.Join("、", words) + " 之一", "one of " + string.Join(", ", words)), value)];

    private static IEnumerable<ManifestProblem> Anything(JsonElement value, string at) => [];

    private static ManifestProblem Other(string at, LocalizedText expected, JsonElement found)
    {
        const int MaxShown = 40;
        var text = found.GetRawText();
        var shown = found.ValueKind switch { JsonValueKind.Object => "{…}", JsonValueKind.Array => "[…]", _ => text.Length <= MaxShown ? text : text[..MaxShown] + "…" };
        return new(at, new($"应为{expected.Zh}，不是 {shown}", $"must be {expected.En}, not {shown}"));
    }

    private static string Join(string at, string name) => at.Length == 0 ? name : $"{at}.{name}";

    private static string Index(string at, int index) => string.Create(CultureInfo.InvariantCulture, $"{at}[{index}]");

    private delegate IEnumerable<ManifestProblem> Check(JsonElement value, string at);

    private sealed record Member(string Name, Check Problems, bool IsRequired = true);
}
