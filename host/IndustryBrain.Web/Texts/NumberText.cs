using System.Globalization;
using System.Text.Json;

namespace IndustryBrain.Web.Texts;

/// <summary>Numbers and values as people read them: thousands separated (whole numbers from five digits on), at most six significant digits, the sign before.</summary>
public static class NumberText
{
    private const int Digits = 6;

    // Four digits of a whole number stay together: 2026 is a year, and 1990 reads better than 1,990.
    private const int GroupedFrom = 10_000;

    private static readonly NumberFormatInfo Format = CreateFormat();

    /// <summary>A number; <paramref name="format"/> is a .NET numeric format, one that is not valid is ignored.</summary>
    public static string Of(double value, string? format = null)
    {
        if (!double.IsFinite(value)) return "–";
        if (!string.IsNullOrEmpty(format))
        {
            try
            {
                return WithoutSign(value.ToString(format, Format));
            }
            catch (FormatException)
            {
                // A plugin wrote it; the number itself is still worth showing.
            }
        }

        if (value == 0) return "0";
        var magnitude = Math.Abs(value);
        if (magnitude is >= 1e15 or < 1e-6) return value.ToString("0.#####E+0", Format);
        var decimals = Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(magnitude)), 0, 10);
        return value.ToString((magnitude < GroupedFrom && value == Math.Floor(value) ? "0." : "#,0.") + new string('#', decimals), Format);
    }

    /// <summary>Any JSON value on one line.</summary>
    public static string Of(JsonElement value, string? format = null) => value.ValueKind switch
    {
        JsonValueKind.Number => Of(value.GetDouble(), format),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => WebText.Yes.ToString(),
        JsonValueKind.False => WebText.No.ToString(),
        JsonValueKind.Null or JsonValueKind.Undefined => "–",
        _ => value.GetRawText(),
    };

    /// <summary>A size in bytes.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MB"),
    };

    // What rounds to nothing has no sign.
    private static string WithoutSign(string text) => text is ['-', .. var rest] && !rest.AsSpan().ContainsAnyInRange('1', '9') ? rest : text;

    private static NumberFormatInfo CreateFormat()
    {
        var format = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        format.PercentPositivePattern = 0;
        format.PercentNegativePattern = 0;
        return NumberFormatInfo.ReadOnly(format);
    }
}
