using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Inputs;

/// <summary>
/// Checks a value against the validation vocabulary of JSON Schema 2020-12, and names the first member that does not fit: with the common refusals IB7101, IB7102, IB7105, IB7106 and IB7108,
/// and with IB2021 and IB2022. An optional member that is null counts as not given. Keywords that are not checked are found by <see cref="SchemaKeywords"/> when a definition is judged.
/// </summary>
internal sealed partial class SchemaCheck
{
    /// <summary>Keywords that apply further schemas to the same object, and so may declare further members.</summary>
    public static readonly string[] Applicators = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "patternProperties", "$ref"];

    private const int MaxDepth = 64;

    /// <summary>Values of an enumeration that a refusal names.</summary>
    private const int MostListed = 20;

    /// <summary>Schemas that may be applied to one input: a small schema that refers to itself may ask for any number.</summary>
    private const int MaxApplied = 5_000_000;

    private readonly JsonElement _root;
    private readonly Dictionary<string, System.Text.RegularExpressions.Regex?> _patterns = new(StringComparer.Ordinal);
    private int _applied;

    private SchemaCheck(JsonElement root) => _root = root;

    public static Failure? Check(JsonElement schema, JsonElement value) => new SchemaCheck(schema).Apply(schema, value, "", 0);

    private Failure? Apply(JsonElement schema, JsonElement value, string where, int depth)
    {
        if (schema.ValueKind == JsonValueKind.False)
            return Mismatch(where, value, new("不存在", "absent"));
        if (schema.ValueKind != JsonValueKind.Object)
            return null;
        if (depth > MaxDepth || ++_applied > MaxApplied)
            return Refusals.Limit(Name(where), new("输入的模式过于复杂，无法检查。", "The schema of the input is too involved to be checked."));
        if (Types(schema) is { Length: > 0 } types && !types.Any(t => Fits(t, value)))
            return Mismatch(where, value, Expected(schema, types));
        if (Member(schema, "enum", JsonValueKind.Array) is { } values && !values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
            return Mismatch(where, value, Listed(values));
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
            return Mismatch(where, value, LocalizedText.Same(Shown(constant)));
        return Combined(schema, value, where, depth) ?? value.ValueKind switch
        {
            JsonValueKind.Object => Members(schema, value, where, depth),
            JsonValueKind.Array => Items(schema, value, where, depth),
            JsonValueKind.Number => Number(schema, value, where),
            JsonValueKind.String => Text(schema, value, where),
            _ => null,
        };
    }

    /// <summary>True of a list of schemas that ask for members and say nothing else: they declare none.</summary>
    public static bool OnlyRequires(JsonElement parts) =>
        parts.ValueKind == JsonValueKind.Array && parts.EnumerateArray().All(p => p.ValueKind == JsonValueKind.Object && p.EnumerateObject().All(m => m.NameEquals("required")));

    private static Failure MissingAll(Failure[] failures)
    {
        string[] names = [.. failures.Select(f => f.Where!).Distinct(StringComparer.Ordinal)];
        return failures[0] with
        {
            Message = new($"缺少{string.Join("或", names.Select(n => $"「{n}」"))}。", $"{string.Join(" or ", names.Select(n => $"“{n}”"))} is missing."),
            Action = new("请给出其中之一。", "Give one of them."),
        };
    }

    private Failure? Combined(JsonElement schema, JsonElement value, string where, int depth)
    {
        if (schema.TryGetProperty("$ref", out var reference) && SchemaReference.Resolve(_root, reference) is { } target && Apply(target, value, where, depth + 1) is { } refused)
            return refused;
        if (Member(schema, "allOf", JsonValueKind.Array) is { } all)
        {
            foreach (var part in all.EnumerateArray())
            {
                if (Apply(part, value, where, depth + 1) is { } failure)
                    return failure;
            }
        }

        if (Member(schema, "anyOf", JsonValueKind.Array) is { } any && any.GetArrayLength() > 0)
        {
            var failures = any.EnumerateArray().Select(p => Apply(p, value, where, depth + 1)).TakeWhile(f => f is not null).ToArray();
            if (failures.Length == any.GetArrayLength())
                return OnlyRequires(any) ? MissingAll(failures!) : failures[0];
        }

        if (Member(schema, "oneOf", JsonValueKind.Array) is { } one && one.GetArrayLength() > 0)
        {
            var failures = one.EnumerateArray().Select(p => Apply(p, value, where, depth + 1)).ToArray();
            var fitting = failures.Count(f => f is null);
            if (fitting != 1)
                return fitting == 0 ? failures[0] : ScenarioFailures.InputRule(Name(where), new("同时符合多种互斥的写法", "fits several forms of which only one may fit"));
        }

        if (schema.TryGetProperty("not", out var not) && Apply(not, value, where, depth + 1) is null)
            return ScenarioFailures.InputRule(Name(where), new("是被排除的写法", "has a form that is excluded"));
        if (schema.TryGetProperty("if", out var condition))
        {
            var branch = Apply(condition, value, where, depth + 1) is null ? "then" : "else";
            if (schema.TryGetProperty(branch, out var chosen))
                return Apply(chosen, value, where, depth + 1);
        }

        return null;
    }

    private Failure? Members(JsonElement schema, JsonElement value, string where, int depth)
    {
        var given = value.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null || AllowsNull(schema, m.Name)).ToList();
        if (Member(schema, "required", JsonValueKind.Array) is { } required)
        {
            foreach (var name in required.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String))
            {
                if (!given.Exists(m => m.NameEquals(name.GetString())))
                    return Refusals.Missing(Join(where, name.GetString()!));
            }
        }

        if (Integer(schema, "minProperties") is { } least && given.Count < least)
            return Refusals.Few(Name(where), given.Count, (int)least);
        if (Integer(schema, "maxProperties") is { } most && given.Count > most)
            return Refusals.Limit(Name(where), new($"「{Name(where)}」有 {given.Count} 个成员，最多 {most} 个。", $"“{Name(where)}” has {given.Count} members; at most {most} are allowed."));
        if (Dependent(schema, value, given, where, depth) is { } depends)
            return depends;

        var properties = Member(schema, "properties", JsonValueKind.Object);
        var patterns = Member(schema, "patternProperties", JsonValueKind.Object);
        foreach (var member in value.EnumerateObject())
        {
            var path = Join(where, member.Name);
            if (schema.TryGetProperty("propertyNames", out var names) && Apply(names, JsonSerializer.SerializeToElement(member.Name), path, depth + 1) is { } misnamed)
                return misnamed;
            var declared = false;
            if (properties is { } p && p.TryGetProperty(member.Name, out var known))
            {
                declared = true;
                if (member.Value.ValueKind != JsonValueKind.Null && Apply(known, member.Value, path, depth + 1) is { } failure)
                    return failure;
            }

            foreach (var pattern in patterns?.EnumerateObject().Where(e => Matches(e.Name, member.Name)) ?? [])
            {
                declared = true;
                if (Apply(pattern.Value, member.Value, path, depth + 1) is { } failure)
                    return failure;
            }

            if (!declared && schema.TryGetProperty("additionalProperties", out var others))
            {
                if (others.ValueKind == JsonValueKind.False)
                    return ScenarioFailures.UnknownInput(path, [.. properties?.EnumerateObject().Select(e => Join(where, e.Name)) ?? []]);
                if (Apply(others, member.Value, path, depth + 1) is { } failure)
                    return failure;
            }
        }

        return null;
    }

    private Failure? Dependent(JsonElement schema, JsonElement value, List<JsonProperty> given, string where, int depth)
    {
        foreach (var rule in Member(schema, "dependentRequired", JsonValueKind.Object)?.EnumerateObject().Where(r => r.Value.ValueKind == JsonValueKind.Array && given.Exists(m => m.NameEquals(r.Name))) ?? [])
        {
            foreach (var name in rule.Value.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String))
            {
                if (!given.Exists(m => m.NameEquals(name.GetString())))
                    return Refusals.Missing(Join(where, name.GetString()!));
            }
        }

        foreach (var rule in Member(schema, "dependentSchemas", JsonValueKind.Object)?.EnumerateObject().Where(r => given.Exists(m => m.NameEquals(r.Name))) ?? [])
        {
            if (Apply(rule.Value, value, where, depth + 1) is { } failure)
                return failure;
        }

        return null;
    }

    private Failure? Items(JsonElement schema, JsonElement value, string where, int depth)
    {
        var length = value.GetArrayLength();
        if (Integer(schema, "minItems") is { } least && length < least)
            return Refusals.Few(Name(where), length, (int)least);
        if (Integer(schema, "maxItems") is { } most && length > most)
            return Refusals.Limit(Name(where), new($"「{Name(where)}」有 {length} 个值，最多 {most} 个。", $"“{Name(where)}” has {length} values; at most {most} are allowed."));
        if (schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True)
        {
            var seen = new HashSet<JsonElement>(ValueEquality.Instance);
            var repeated = value.EnumerateArray().Select((item, at) => (item, at)).Where(e => !seen.Add(e.item)).Select(e => (int?)e.at).FirstOrDefault();
            if (repeated is { } at)
                return ScenarioFailures.InputRule($"{Name(where)}[{at.ToString(CultureInfo.InvariantCulture)}]", new("与前面的值重复", "repeats an earlier value"));
        }

        var prefix = Member(schema, "prefixItems", JsonValueKind.Array) is { } fixedItems ? fixedItems.EnumerateArray().ToArray() : [];
        var hasItems = schema.TryGetProperty("items", out var items);
        if (hasItems || prefix.Length > 0)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                var rule = index < prefix.Length ? prefix[index] : items;
                if ((index < prefix.Length || hasItems) && Apply(rule, item, string.Create(CultureInfo.InvariantCulture, $"{where}[{index}]"), depth + 1) is { } failure)
                    return failure;
                index++;
            }
        }

        return schema.TryGetProperty("contains", out var contains) ? Contained(schema, contains, value, where, depth) : null;
    }

    private Failure? Contained(JsonElement schema, JsonElement contains, JsonElement value, string where, int depth)
    {
        var found = value.EnumerateArray().Count(item => Apply(contains, item, where, depth + 1) is null);
        var least = Integer(schema, "minContains") ?? 1;
        if (found < least)
            return ScenarioFailures.InputRule(Name(where), new($"缺少所需的值（需要 {least} 个，有 {found} 个）", $"lacks a value it needs: {least} needed, {found} found"));
        return Integer(schema, "maxContains") is { } most && found > most
            ? ScenarioFailures.InputRule(Name(where), new($"某种值过多（最多 {most} 个，有 {found} 个）", $"has too many values of a kind: at most {most}, {found} found"))
            : null;
    }

    private bool AllowsNull(JsonElement schema, string member) =>
        Member(schema, "properties", JsonValueKind.Object) is { } properties && properties.TryGetProperty(member, out var known)
        && (Types(known).Contains("null") || known.ValueKind == JsonValueKind.Object && known.TryGetProperty("$ref", out var reference) && SchemaReference.Resolve(_root, reference) is { } target && Types(target).Contains("null"));

    private static JsonElement? Member(JsonElement schema, string keyword, JsonValueKind kind) => schema.TryGetProperty(keyword, out var value) && value.ValueKind == kind ? value : null;

    private static long? Integer(JsonElement schema, string keyword) => Member(schema, keyword, JsonValueKind.Number) is { } v && v.TryGetInt64(out var i) ? i : null;

    private static string[] Types(JsonElement schema) => schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)]
        : [];

    private static bool Fits(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var d) && Math.Floor(d) == d,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static LocalizedText Expected(JsonElement schema, string[] types) => types[0] switch
    {
        "object" when Member(schema, "format", JsonValueKind.String) is { } f && f.ValueEquals("file") => new("文件 {\"file\":ID}", "a file {\"file\":ID}"),
        "object" => new("对象", "an object"),
        "array" => new("列表", "a list"),
        "string" => new("文本", "text"),
        "number" => new("数值", "a number"),
        "integer" => new("整数", "a whole number"),
        "boolean" => new("是或否", "true or false"),
        _ => LocalizedText.Same(types[0]),
    };

    private static Failure Mismatch(string where, JsonElement value, LocalizedText expected) =>
        value.ValueKind == JsonValueKind.String ? Refusals.Type(Name(where), value.GetString()!, expected) : Refusals.Type(Name(where), value, expected);

    private static LocalizedText Listed(JsonElement values)
    {
        string[] shown = [.. values.EnumerateArray().Take(MostListed).Select(Shown)];
        var more = values.GetArrayLength() > shown.Length ? "…" : "";
        return new($" {string.Join("、", shown)}{more} 之一", $"one of {string.Join(", ", shown)}{more}");
    }

    private static string Shown(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString()!;
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return raw.Length <= 200 ? Encoding.UTF8.GetString(raw) : value.ValueKind.ToString();
    }

    private static string Name(string where) => where.Length == 0 ? "input" : where;

    private static string Join(string where, string name) => where.Length == 0 ? name : $"{where}.{name}";
}
