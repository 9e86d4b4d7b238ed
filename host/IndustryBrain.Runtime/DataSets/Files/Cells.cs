using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Runtime.DataSets.Files;

/// <summary>Cells as values of a column's type.</summary>
internal static class Cells
{
    // A double holds so many decimal digits exactly; a longer number is an id.
    private const int ExactDigits = 15;
    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy-M-d", "yyyy/M/d"];

    /// <summary>The value of a cell that is not empty; null when it is not of the type.</summary>
    public static JsonNode? Convert(object cell, DataSetColumnType type, TimeZoneInfo zone) => type switch
    {
        DataSetColumnType.Number => cell switch
        {
            double number => JsonValue.Create(number),
            string text when NumberOf(text) is { } number => JsonValue.Create(number),
            _ => null,
        },
        DataSetColumnType.Boolean => cell switch
        {
            bool flag => JsonValue.Create(flag),
            string text when bool.TryParse(text, out var flag) => JsonValue.Create(flag),
            _ => null,
        },
        DataSetColumnType.Date => DateOf(cell) is { } date ? JsonValue.Create(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null,
        DataSetColumnType.DateTime => MomentOf(cell, zone) is { } moment ? JsonValue.Create(moment) : null,
        _ => TextOf(cell) is { } text && Storable.Fits(text) ? JsonValue.Create(text) : null,
    };

    /// <summary>A cell as it is shown in a message.</summary>
    public static string Show(object cell) => TextOf(cell) ?? cell.ToString() ?? "";

    /// <summary>What the cells of a column may all be.</summary>
    public sealed class Guess
    {
        private bool _isNumber = true;
        private bool _isFlag = true;
        private bool _isDate = true;
        private bool _isMoment = true;
        private long _seen;

        public void Take(object cell)
        {
            _seen++;
            _isNumber &= cell is double || (cell is string text && NumberOf(text) is not null && !IsCode(text));
            _isFlag &= cell is bool || (cell is string flag && bool.TryParse(flag, out _));
            _isDate &= cell is string or DateTime && DateOf(cell) is not null;
            _isMoment &= cell is DateTime || (cell is string moment && moment.Contains(':', StringComparison.Ordinal) && MomentOf(moment, TimeZoneInfo.Utc) is not null);
        }

        public DataSetColumn ToColumn(string name, long rows) => new(name, TypeOf(), IsRequired: _seen == rows && rows > 0);

        private DataSetColumnType TypeOf() => _seen == 0 ? DataSetColumnType.Text
            : _isFlag ? DataSetColumnType.Boolean
            : _isNumber ? DataSetColumnType.Number
            : _isDate ? DataSetColumnType.Date
            : _isMoment ? DataSetColumnType.DateTime
            : DataSetColumnType.Text;

        // 007 and 320106199001011234 are no amounts.
        private static bool IsCode(string text) => (text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1])) || text.Count(char.IsAsciiDigit) > ExactDigits;
    }

    private static double? NumberOf(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static DateOnly? DateOf(object cell) => cell switch
    {
        DateTime { TimeOfDay.Ticks: 0 } day => DateOnly.FromDateTime(day),
        string text when DateOnly.TryParseExact(text.Trim(), Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        _ => null,
    };

    // A cell of a workbook, and a text without an offset, are meant in the time zone of the host.
    private static string? MomentOf(object cell, TimeZoneInfo zone)
    {
        if (cell is string text)
        {
            if (!DateTime.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault, out var read))
                return null;
            if (read.Kind != DateTimeKind.Unspecified)
                return DateTimeOffset.Parse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
            cell = read;
        }

        if (cell is not DateTime at || at.Year < 2)
            return null;
        at = DateTime.SpecifyKind(at, DateTimeKind.Unspecified);
        return new DateTimeOffset(at, zone.GetUtcOffset(at)).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
    }

    private static string? TextOf(object cell) => cell switch
    {
        string text => text,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        DateTime at => at.ToString(at.TimeOfDay.Ticks == 0 ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        JsonElement { ValueKind: JsonValueKind.Object or JsonValueKind.Array } => null,
        JsonElement other => other.GetRawText(),
        _ => null,
    };
}
