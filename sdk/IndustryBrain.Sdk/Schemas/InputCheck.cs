using System.Globalization;
using System.Text.Json;

namespace IndustryBrain.Sdk.Schemas;

/// <summary>Checks an input against its contract before it is read, and names the first member that does not fit.</summary>
internal static class InputCheck
{
    private static readonly LocalizedText AnObject = new("对象", "an object");
    private static readonly LocalizedText AList = new("列表", "a list");
    private static readonly LocalizedText AText = new("文本", "text");
    private static readonly LocalizedText ANumber = new("数值", "a number");
    private static readonly LocalizedText AWholeNumber = new("整数", "a whole number");
    private static readonly LocalizedText TrueOrFalse = new("是或否", "true or false");
    private static readonly LocalizedText ADate = new("日期（如 2026-01-31）", "a date such as 2026-01-31");
    private static readonly LocalizedText ATime = new("时间（如 08:30:00）", "a time such as 08:30:00");
    private static readonly LocalizedText AMoment = new("日期时间（如 2026-01-31T08:30:00Z）", "a date and time such as 2026-01-31T08:30:00Z");
    private static readonly LocalizedText ADuration = new("时长（如 1.02:30:00）", "a duration such as 1.02:30:00");
    private static readonly LocalizedText AnIdentifier = new("标识（UUID）", "an identifier (UUID)");
    private static readonly LocalizedText SomeBytes = new("Base64 编码的数据", "Base64 data");
    private static readonly LocalizedText AFile = new("文件", "a file");

    public static Failure? Of(JsonElement value, Contract contract) => Check(value, contract, member: null, "");

    /// <summary>Checks the value of one member.</summary>
    public static Failure? Of(JsonElement value, ContractMember member, string where) => Check(value, member.Contract, member, where);

    private static Failure? Check(JsonElement value, Contract contract, ContractMember? member, string where)
    {
        var name = where.Length == 0 ? "input" : where;
        return contract.Kind switch
        {
            ContractKind.Any => null,
            ContractKind.Object => value.ValueKind == JsonValueKind.Object ? Members(value, contract, where) : Mismatch(name, value, AnObject),
            ContractKind.Array => value.ValueKind == JsonValueKind.Array ? Items(value, contract, member, where, name) : Mismatch(name, value, AList),
            ContractKind.Map => value.ValueKind == JsonValueKind.Object ? Entries(value, contract, member, where) : Mismatch(name, value, AnObject),
            ContractKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Mismatch(name, value, TrueOrFalse),
            ContractKind.Number => Number(value, member, name, ANumber, whole: false),
            ContractKind.Integer => Number(value, member, name, AWholeNumber, whole: true),
            ContractKind.Text => value.ValueKind == JsonValueKind.String ? Length(value, member, name) : Mismatch(name, value, AText),
            ContractKind.Choice => Choice(value, contract, name),
            ContractKind.Date => Text(value, name, ADate, static t => DateOnly.TryParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
            ContractKind.Time => Text(value, name, ATime, static t => TimeOnly.TryParse(t, CultureInfo.InvariantCulture, out _)),
            ContractKind.Moment => value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _) ? null : Mismatch(name, value, AMoment),
            ContractKind.Duration => Text(value, name, ADuration, static t => TimeSpan.TryParse(t, CultureInfo.InvariantCulture, out _)),
            ContractKind.Identifier => value.ValueKind == JsonValueKind.String && value.TryGetGuid(out _) ? null : Mismatch(name, value, AnIdentifier),
            ContractKind.Bytes => value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out _) ? null : Mismatch(name, value, SomeBytes),
            ContractKind.File => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("file", out var id) && id.ValueKind == JsonValueKind.String ? null : Mismatch(name, value, AFile),
            _ => null,
        };
    }

    private static Failure? Members(JsonElement value, Contract contract, string where)
    {
        foreach (var member in contract.Members)
        {
            var path = where.Length == 0 ? member.Name : $"{where}.{member.Name}";
            if (!Find(value, member.Name, out var found))
            {
                if (member.IsRequired)
                {
                    return Refusals.Missing(path);
                }
            }
            else if (found.ValueKind == JsonValueKind.Null && member.Contract.Kind != ContractKind.Any)
            {
                if (!member.IsNullable)
                {
                    return member.Contract.Kind is ContractKind.Number or ContractKind.Integer ? Refusals.NotANumber(path) : Refusals.Missing(path);
                }
            }
            else if (Check(found, member.Contract, member, path) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    // Names are read without regard to case, as the serializer does.
    private static bool Find(JsonElement value, string name, out JsonElement found)
    {
        if (value.TryGetProperty(name, out found))
        {
            return true;
        }

        foreach (var property in value.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                found = property.Value;
                return true;
            }
        }

        return false;
    }

    private static Failure? Items(JsonElement value, Contract contract, ContractMember? member, string where, string name)
    {
        var count = value.GetArrayLength();
        if (member?.MinimumLength is { } few && count < few)
        {
            return Refusals.Few(name, count, few);
        }

        if (member?.MaximumLength is { } many && count > many)
        {
            return Refusals.Limit(name, new($"「{name}」有 {count} 个值，最多允许 {many} 个。", $"“{name}” has {count} values; at most {many} are allowed."));
        }

        var item = contract.Item!;
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            // A sound number needs no text of its place: series are long.
            if (!(element.ValueKind == JsonValueKind.Number && item.Kind == ContractKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number) && member?.Allows(number) != false)
                && Element(element, contract, member, string.Create(CultureInfo.InvariantCulture, $"{where}[{index}]")) is { } failure)
            {
                return failure;
            }

            index++;
        }

        return null;
    }

    private static Failure? Entries(JsonElement value, Contract contract, ContractMember? member, string where)
    {
        foreach (var entry in value.EnumerateObject())
        {
            if (Element(entry.Value, contract, member, where.Length == 0 ? entry.Name : $"{where}.{entry.Name}") is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static Failure? Element(JsonElement element, Contract contract, ContractMember? member, string path)
    {
        if (element.ValueKind != JsonValueKind.Null || contract.Item!.Kind == ContractKind.Any)
        {
            return Check(element, contract.Item!, contract.Item!.Kind is ContractKind.Number or ContractKind.Integer ? member : null, path);
        }

        return contract.ItemMayBeNull ? null
            : contract.Item.Kind is ContractKind.Number or ContractKind.Integer ? Refusals.NotANumber(path)
            : Refusals.Missing(path);
    }

    private static Failure? Number(JsonElement value, ContractMember? member, string name, LocalizedText expected, bool whole)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!.Trim();
            return text.Length == 0 || text.TrimStart('+', '-').ToUpperInvariant() is "NAN" or "INFINITY" or "INF" or "∞" or "N/A" or "NULL" or "-"
                ? Refusals.NotANumber(name)
                : Mismatch(name, value, expected);
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            return value.ValueKind == JsonValueKind.Null ? Refusals.NotANumber(name) : Mismatch(name, value, expected);
        }

        if (!value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            return Refusals.NotANumber(name);
        }

        if (whole && !value.TryGetInt64(out _) && !value.TryGetUInt64(out _))
        {
            return Mismatch(name, value, expected);
        }

        return member?.Allows(number) == false ? Refusals.Range(name, number, member.RangeText()) : null;
    }

    private static Failure? Length(JsonElement value, ContractMember? member, string name)
    {
        if (member is null or { MinimumLength: null, MaximumLength: null })
        {
            return null;
        }

        var length = value.GetString()!.Length;
        return length < member.MinimumLength ? Refusals.Missing(name)
            : length > member.MaximumLength ? Refusals.Limit(name, new($"「{name}」有 {length} 个字符，最多允许 {member.MaximumLength} 个。", $"“{name}” has {length} characters; at most {member.MaximumLength} are allowed."))
            : null;
    }

    private static Failure? Choice(JsonElement value, Contract contract, string name)
    {
        if (value.ValueKind == JsonValueKind.String && contract.Choices.Any(c => string.Equals(c.Value, value.GetString(), StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var allowed = contract.Choices.Select(c => c.Value);
        var expected = new LocalizedText($" {string.Join("、", allowed)} 之一", "one of " + string.Join(", ", allowed));
        return value.ValueKind == JsonValueKind.String ? Refusals.Type(name, value.GetString()!, expected) : Mismatch(name, value, expected);
    }

    private static Failure? Text(JsonElement value, string name, LocalizedText expected, Func<string, bool> fits) =>
        value.ValueKind == JsonValueKind.String && fits(value.GetString()!) ? null : Mismatch(name, value, expected);

    private static Failure Mismatch(string name, JsonElement value, LocalizedText expected) => Refusals.Type(name, value, expected);
}
