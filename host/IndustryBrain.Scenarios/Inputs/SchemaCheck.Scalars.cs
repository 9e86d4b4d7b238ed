using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Inputs;

internal sealed partial class SchemaCheck
{
    private const int LongestPattern = 512;

    /// <summary>Formats that are checked; a file is checked by whoever knows the files.</summary>
    public static readonly string[] Formats = ["date", "date-time", "time", "duration", "uuid", "email", "uri", "uri-reference", "ipv4", "ipv6", "hostname", "regex", "file"];

    /// <summary>The expression, when it can be matched in linear time; else null.</summary>
    public static Regex? Pattern(string expression)
    {
        if (expression.Length > LongestPattern)
            return null;
        try
        {
            return new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(250));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private bool Matches(string expression, string text)
    {
        try
        {
            if (!_patterns.TryGetValue(expression, out var pattern))
                _patterns[expression] = pattern = Pattern(expression);
            return pattern?.IsMatch(text) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Failure? Number(JsonElement schema, JsonElement value, string where)
    {
        if (!value.TryGetDouble(out var number) || !double.IsFinite(number))
            return Refusals.NotANumber(Name(where));
        if (Limit(schema, "minimum") is { } least && number < least)
            return Refusals.Range(Name(where), number, $"≥ {least.ToString("R", CultureInfo.InvariantCulture)}");
        if (Limit(schema, "maximum") is { } most && number > most)
            return Refusals.Range(Name(where), number, $"≤ {most.ToString("R", CultureInfo.InvariantCulture)}");
        if (Limit(schema, "exclusiveMinimum") is { } above && number <= above)
            return Refusals.Range(Name(where), number, $"> {above.ToString("R", CultureInfo.InvariantCulture)}");
        if (Limit(schema, "exclusiveMaximum") is { } below && number >= below)
            return Refusals.Range(Name(where), number, $"< {below.ToString("R", CultureInfo.InvariantCulture)}");
        return Member(schema, "multipleOf", JsonValueKind.Number) is { } step && !IsMultiple(value, step)
            ? Refusals.Range(Name(where), number, FormattableString.Invariant($"k × {step.GetRawText()}"))
            : null;
    }

    /// <summary>Decimal where both fit: 0.3 is a multiple of 0.1.</summary>
    private static bool IsMultiple(JsonElement value, JsonElement step)
    {
        if (value.TryGetDecimal(out var exact) && step.TryGetDecimal(out var exactStep))
            return exactStep <= 0 || exact % exactStep == 0;
        var (number, by) = (value.GetDouble(), step.GetDouble());
        return by <= 0 || Math.IEEERemainder(number, by) == 0;
    }

    private Failure? Text(JsonElement schema, JsonElement value, string where)
    {
        var text = value.GetString()!;
        var length = text.Length - text.Count(char.IsLowSurrogate);
        if (Integer(schema, "minLength") is { } least && length < least)
            return TooShort(Name(where), length, (int)least);
        if (Integer(schema, "maxLength") is { } most && length > most)
            return Refusals.Limit(Name(where), new($"「{Name(where)}」有 {length} 个字符，最多 {most} 个。", $"“{Name(where)}” has {length} characters; at most {most} are allowed."));
        if (Member(schema, "pattern", JsonValueKind.String)?.GetString() is { } expression && !Matches(expression, text))
            return Refusals.Type(Name(where), text, new($"符合 {expression} 的文本", $"text that matches {expression}"));
        return Member(schema, "format", JsonValueKind.String)?.GetString() is { } format && FormatExpected(format, value, text) is { } expected ? Refusals.Type(Name(where), text, expected) : null;
    }

    // A text has characters, not values.
    private static Failure TooShort(string where, int found, int needed) => Refusals.Few(where, found, needed) with
    {
        Message = found == 0
            ? new($"「{where}」为空，至少需要 {needed} 个字符。", $"“{where}” is empty; at least {needed} {(needed == 1 ? "character is" : "characters are")} needed.")
            : new($"「{where}」只有 {found} 个字符，至少需要 {needed} 个。", $"“{where}” has {found} {(found == 1 ? "character" : "characters")}; at least {needed} are needed."),
        Action = new($"请填写至少 {needed} 个字符。", $"Enter at least {needed} {(needed == 1 ? "character" : "characters")}."),
    };

    /// <summary>What the format asks for, when the text is not of it.</summary>
    private static LocalizedText? FormatExpected(string format, JsonElement value, string text) => format switch
    {
        "date" when !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => new("日期（如 2026-01-31）", "a date such as 2026-01-31"),
        "date-time" when !value.TryGetDateTimeOffset(out _) => new("日期时间（如 2026-01-31T08:30:00Z）", "a date and time such as 2026-01-31T08:30:00Z"),
        "time" when !TimeFormat().IsMatch(text) => new("时间（如 08:30:00Z）", "a time such as 08:30:00Z"),
        "duration" when !IsDuration(text) => new("时长（如 PT1H30M）", "a duration such as PT1H30M"),
        "uuid" when !value.TryGetGuid(out _) => new("标识（UUID）", "an identifier (UUID)"),
        "email" when !MailAddress.TryCreate(text, out var mail) || mail.Address != text => new("电子邮箱", "an e-mail address"),
        "uri" when !Uri.TryCreate(text, UriKind.Absolute, out var uri) || !text.StartsWith(uri.Scheme, StringComparison.OrdinalIgnoreCase) => new("网址（URI）", "a URI"),
        "uri-reference" when !Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _) => new("网址（URI）", "a URI"),
        "ipv4" when !IsAddress(text, AddressFamily.InterNetwork) || text.Count(c => c == '.') != 3 => new("IPv4 地址", "an IPv4 address"),
        "ipv6" when !IsAddress(text, AddressFamily.InterNetworkV6) => new("IPv6 地址", "an IPv6 address"),
        "hostname" when Uri.CheckHostName(text) is not UriHostNameType.Dns => new("主机名", "a host name"),
        "regex" when Pattern(text) is null => new("正则表达式", "a regular expression"),
        _ => null,
    };

    private static bool IsAddress(string text, AddressFamily family) => IPAddress.TryParse(text, out var address) && address.AddressFamily == family;

    private static bool IsDuration(string text)
    {
        try
        {
            _ = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return WeeksFormat().IsMatch(text);
        }
    }

    private static double? Limit(JsonElement schema, string keyword) => Member(schema, keyword, JsonValueKind.Number) is { } v && v.TryGetDouble(out var d) ? d : null;

    [GeneratedRegex(@"^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$", RegexOptions.CultureInvariant, 250)]
    private static partial Regex TimeFormat();

    [GeneratedRegex(@"^P\d{1,9}W$", RegexOptions.CultureInvariant, 250)]
    private static partial Regex WeeksFormat();
}
