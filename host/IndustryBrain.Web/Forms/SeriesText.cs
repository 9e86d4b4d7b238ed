using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Forms;

/// <summary>A series of numbers as text: one a line, also a pasted column (with its head, or beside dates) or row. Commas and blanks part numbers; a comma is a thousands separator only where it cannot part them: in a column of one number a line, or in a row that blanks part.</summary>
internal static class SeriesText
{
    private static readonly string[] MissingMarks = ["nan", "null", "none", "na", "inf", "infinity"];
    private static readonly string[] DateFormats = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd", "yyyy-M", "yyyy/M", "yyyy年M月", "yyyy-M-d H:m", "yyyy-M-d H:m:s", "yyyy/M/d H:m", "yyyy/M/d H:m:s"];

    internal static JsonArray? Read(string text) => ReadNumbers(Column(text) ?? text);

    /// <summary>The numbers of a pasted column with a head, or of the one column of numbers beside dates; null when the text is neither.</summary>
    internal static string? Column(string text)
    {
        var lines = text.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2) return null;
        // One column: here a comma can only part thousands.
        if (IsName(lines[0]) && !lines[0].AsSpan().ContainsAny(",;\t") && lines.Skip(1).All(line => NumberEntry.TryRead(line, out _))) return Joined(lines.Skip(1));
        var rows = PastedCells.Read(text);
        if (rows.Count < 2) return null;
        var hasHead = rows[0].All(IsName);
        var body = hasHead ? [.. rows.Skip(1)] : rows;
        var width = body[0].Count;
        if (body.Any(row => row.Count != width) || (hasHead && rows[0].Count != width)) return null;
        if (width == 1) return hasHead && NumberEntry.TryRead(body[0][0], out _) ? Joined(body.Select(row => row[0])) : null;
        int[] numbers = [.. Enumerable.Range(0, width).Where(i => body.All(row => NumberEntry.TryRead(row[i], out _) && !IsDate(row[i])))];
        return numbers.Length == 1 && Enumerable.Range(0, width).Any(i => body.All(row => IsDate(row[i]))) ? Joined(body.Select(row => row[numbers[0]])) : null;

        static string Joined(IEnumerable<string> cells) =>
            string.Join('\n', cells.Select(cell => NumberEntry.TryRead(cell, out var number) ? number.ToString("R", CultureInfo.InvariantCulture) : cell));
    }

    // A word such as price or 价格（元/吨）; a mark for a missing value is one that the person has to see.
    private static bool IsName(string cell) =>
        cell.Length > 0 && char.IsLetter(cell[0]) && !MissingMarks.Contains(cell.ToLowerInvariant()) && NumberEntry.Suggest(cell) is null;

    private static bool IsDate(string cell) => DateTime.TryParseExact(cell, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static JsonArray? ReadNumbers(string text)
    {
        var array = new JsonArray();
        var lines = text.Split(['\n', '\r', '\t', ';', '；', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            var parts = line.Split([' ', '\u00a0', '\u3000', '，'], StringSplitOptions.RemoveEmptyEntries);
            var groupsThousands = parts.Length > 1 ? !parts.Any(part => part[0] == ',' || part[^1] == ',') : lines.Length > 1 && parts.Length == 1;
            foreach (var part in parts)
            {
                if (groupsThousands && NumberEntry.TryRead(part, out var whole)) array.Add(whole);
                else foreach (var number in part.Split(',', StringSplitOptions.RemoveEmptyEntries))
                    array.Add(NumberEntry.TryRead(number, out var value) ? JsonValue.Create(value) : JsonValue.Create(number));
            }
        }

        return array.Count == 0 ? null : array;
    }

    internal static string Write(JsonArray? array) =>
        array is null ? "" : string.Join('\n', array.Select(n => n is null ? "" : n.GetValueKind() == JsonValueKind.String ? n.GetValue<string>() : n.ToJsonString()));

    internal static string Summary(JsonArray? array)
    {
        if (array is null) return FormText.SeriesCount.With(0).ToString();
        var numbers = array.Where(n => n?.GetValueKind() == JsonValueKind.Number).Select(n => JsonSerializer.Deserialize<double>(n!)).ToList();
        return numbers.Count == 0 || numbers.Count < array.Count
            ? FormText.SeriesCount.With(array.Count).ToString()
            : FormText.SeriesSpan.With(array.Count, NumberText.Of(numbers.Min()), NumberText.Of(numbers.Max()), NumberText.Of(numbers[^1])).ToString();
    }
}
