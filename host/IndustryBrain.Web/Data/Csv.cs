using System.Globalization;
using System.Text;
using System.Text.Json;

namespace IndustryBrain.Web.Data;

/// <summary>CSV as spreadsheets open it without harm: UTF-8 with a mark, CRLF, and no cell that is run as a formula.</summary>
public static class Csv
{
    /// <summary>Writes a table.</summary>
    /// <param name="head">Names of the columns.</param>
    /// <param name="rows">Cells: numbers, texts, dates, JSON values or null.</param>
    public static string Write(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(rows);
        // Excel takes a file without the mark for the local code page and breaks Chinese.
        var text = new StringBuilder("\ufeff");
        Line(text, head);
        foreach (var row in rows) Line(text, row);
        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<object?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(object? value) => value switch
    {
        null => "",
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        JsonElement { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } json => json.GetRawText(),
        JsonElement { ValueKind: JsonValueKind.String } json => Quote(json.GetString()!),
        JsonElement json => Quote(json.GetRawText()),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        string plain => Quote(plain),
        IFormattable formattable => Quote(formattable.ToString(null, CultureInfo.InvariantCulture)),
        _ => Quote(value.ToString() ?? ""),
    };

    // A cell that starts like a formula is one for a spreadsheet; an apostrophe keeps it a text. Real numbers never come here.
    private static string Quote(string text)
    {
        var guarded = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? "'" + text : text;
        return guarded.AsSpan().ContainsAny(",\"\r\n") ? "\"" + guarded.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : guarded;
    }
}
