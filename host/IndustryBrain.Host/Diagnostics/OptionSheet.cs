using System.Globalization;
using IndustryBrain.Host.Startup;

namespace IndustryBrain.Host.Diagnostics;

/// <summary>
/// The options for somebody outside: numbers, durations and switches with their values, words only where every possible word is known. Of everything else is said whether it is set,
/// since a text may be an address, a name or a secret.
/// </summary>
internal static class OptionSheet
{
    private const string Set = "(set)";
    private const string Unreadable = "(set, not readable)";

    private static readonly Dictionary<string, string[]> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Password:Policy"] = ["Mlps3", "Passphrase"],
        ["Trust:Required"] = ["Unsigned", "UnknownSigner", "KnownVendor", "CounterSigned"],
        ["Trust:RefusedFindings"] = ["Error", "Warning", "Note"],
        ["environment"] = ["Development", "Staging", "Production"],
    };

    private static readonly string[] Others = ["urls", "ConnectionStrings:IndustryBrain", "Kestrel:Endpoints", "Kestrel:Certificates", "OTEL_EXPORTER_OTLP_ENDPOINT", "IB_BOOTSTRAP_API_KEY"];

    /// <summary>The options that are set, by name.</summary>
    internal static SortedDictionary<string, string> Read(IConfiguration configuration)
    {
        var sheet = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, type) in OptionNames.Known.Concat(Others.Select(o => (o, typeof(string)))).Append(("environment", typeof(string))))
        {
            if (ValueOf(configuration.GetSection(name), name, type) is { } shown)
            {
                sheet[name] = shown;
            }
        }

        return sheet;
    }

    private static string? ValueOf(IConfigurationSection section, string name, Type type)
    {
        if (section.GetChildren().Count() is > 0 and var count)
        {
            return string.Create(CultureInfo.InvariantCulture, $"(set, {count})");
        }

        return section.Value is not { Length: > 0 } text ? null
            : Words.TryGetValue(name, out var words) ? words.FirstOrDefault(w => string.Equals(w, text, StringComparison.OrdinalIgnoreCase)) ?? Unreadable
            : Plain(text, Nullable.GetUnderlyingType(type) ?? type);
    }

    private static string Plain(string text, Type type) =>
        type == typeof(bool) ? (bool.TryParse(text, out var isOn) ? (isOn ? "true" : "false") : Unreadable)
        : type == typeof(TimeSpan) ? (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span.ToString("c", CultureInfo.InvariantCulture) : Unreadable)
        : type == typeof(int) || type == typeof(long) ? (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : Unreadable)
        : type == typeof(double) || type == typeof(decimal) ? (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real.ToString("R", CultureInfo.InvariantCulture) : Unreadable)
        : type.IsEnum ? (Enum.TryParse(type, text, ignoreCase: true, out var word) && Enum.IsDefined(type, word) ? word.ToString()! : Unreadable)
        : Set;
}
