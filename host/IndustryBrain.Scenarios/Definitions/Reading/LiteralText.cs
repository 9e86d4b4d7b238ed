using System.Globalization;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Texts that stand for values. Elsa takes the type's default for one that does not convert: a Delay of "5 minutes" does not wait.</summary>
internal static class LiteralText
{
    /// <summary>True when a text can be read as a value of a kind, or when the kind takes any text.</summary>
    public static bool IsReadable(ValueKind kind, string text) => string.IsNullOrWhiteSpace(text) || kind switch
    {
        ValueKind.TimeSpan => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _),
        ValueKind.Int16 => short.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        ValueKind.Int32 => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        ValueKind.Int64 => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        ValueKind.Single or ValueKind.Double => double.TryParse(text, CultureInfo.InvariantCulture, out _),
        ValueKind.Decimal => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _),
        ValueKind.Boolean => bool.TryParse(text, out _),
        ValueKind.DateTime or ValueKind.DateTimeOffset => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        ValueKind.Guid => Guid.TryParse(text, out _),
        _ => true,
    };
}
