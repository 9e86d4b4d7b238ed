using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Refusals of this plugin: the common codes with the row and column of a cell, and its own.</summary>
internal static class TabularFailures
{
    public static Failure NoSource(string name) =>
        new("IB7101", new($"「{name}」和文件都没有提供。", $"Neither “{name}” nor a file was given.")) { Where = name, Action = new("请提供其中一个。", "Provide one of the two.") };

    public static Failure TwoSources(string name) =>
        new("IndustryBrain.Tabular:TWO_SOURCES", new($"「{name}」和文件只能提供一个。", $"Both “{name}” and a file were given; only one is used at a time.")) { Where = name, Action = new("请去掉其中一个。", "Remove one of the two.") };

    public static Failure EmptyFile(string file) =>
        new("IB7106", new("文件是空的。", "The file is empty.")) { Where = file, Action = new("请提供含表头和数据的 CSV 或 Excel 文件。", "Provide a CSV or Excel file with a header and data.") };

    public static Failure OnlyHeader(string file) =>
        new("IB7106", new("文件只有表头，没有数据行。", "The file has a header but no data rows.")) { Where = file, Action = new("请在表头下填入数据。", "Enter data below the header.") };

    public static Failure NotATable(string file, string reasonZh, string reasonEn) =>
        new("IB7102", new($"文件读不成表格：{reasonZh}。", $"The file cannot be read as a table: {reasonEn}.")) { Where = file, Action = new("请另存为 CSV（UTF-8 或 GB18030）或 XLSX 后重试。", "Save it as CSV (UTF-8 or GB18030) or XLSX and try again.") };

    public static Failure TooMany(string file, string zh, string en) =>
        Refusals.Limit(file, new(zh, en)) with { Action = new("请只保留需要的行和列，或分成几个文件。", "Keep only the rows and columns that are needed, or split the file.") };

    public static Failure MissingColumn(string column, IReadOnlyList<string> existing) =>
        new("IB7101", new($"没有「{column}」列，只有：{Few(existing, "、")}。", $"There is no column “{column}”, only: {Few(existing, ", ")}.")) { Where = column, Action = new("请改正表头，或指定现有的一列。", "Correct the header, or name a column that exists.") };

    public static Failure NoAcceptedColumn(IReadOnlyList<string> accepted, IReadOnlyList<string> existing) =>
        new("IB7101", new($"没有「{AcceptedHeaders.NameOf(accepted).Zh}」列，只有：{Few(existing, "、")}。", $"There is no “{AcceptedHeaders.NameOf(accepted).En}” column, only: {Few(existing, ", ")}."))
        {
            Where = "column",
            Action = new($"请把表头改为可识别的名称（{Few(accepted, "、")}，可带单位），或用 column 指定哪一列。", $"Use a header that is recognised ({Few(accepted, ", ")}, also with a unit), or name the column in “column”."),
        };

    public static Failure ChooseColumn(IReadOnlyList<string> candidates) =>
        new("IB7101", new($"有多列都可能是所要的数值：{Few(candidates, "、")}。", $"Several columns may hold the values: {Few(candidates, ", ")}.")) { Where = "column", Action = new("请用 column 指定其中一列。", "Name one of them in “column”.") };

    public static Failure NoNumericColumn(IReadOnlyList<string> existing) =>
        new("IB7102", new($"没有数值列，只有：{Few(existing, "、")}。", $"There is no numeric column, only: {Few(existing, ", ")}.")) { Where = "column", Action = new("请补上一列数值，或用 column 指定哪一列。", "Add a column of numbers, or name it in “column”.") };

    public static Failure DuplicateHeader(string column, int first, int second) =>
        new("IndustryBrain.Tabular:DUPLICATE_COLUMN", new($"第 {first} 列和第 {second} 列的表头都是「{column}」。", $"Columns {first} and {second} are both headed “{column}”.")) { Where = column, Action = new("请让表头各不相同。", "Give each column its own header.") };

    public static Failure TooWide(int row, int cells, int columns) =>
        new("IB7102", new($"第 {row} 行有 {cells} 个单元格，表头只有 {columns} 列。", $"Row {row} has {cells} cells, but the header has {columns} columns.")) { Where = At("", row), Action = new("含分隔符的内容请用双引号括起来。", "Put content that contains the delimiter in double quotes.") };

    public static Failure ChooseCommodity(string column, IReadOnlyList<string> found) =>
        new("IB7101", new($"「{column}」列里有 {found.Count} 个品种：{Few(found, "、")}。", $"Column “{column}” has {found.Count} commodities: {Few(found, ", ")}.")) { Where = "commodity", Action = new("请指定品种。", "Name the commodity.") };

    public static Failure NoSuchCommodity(string commodity, string column, IReadOnlyList<string> found) =>
        new("IB7101", new($"「{column}」列里没有「{commodity}」。", $"Column “{column}” has no “{commodity}”.")) { Where = "commodity", Action = new($"现有：{Few(found, "、")}。", $"It has: {Few(found, ", ")}.") };

    public static Failure Blank(string column, int row) =>
        new("IB7104", new($"第 {row} 行「{column}」为空。", $"Row {row}, “{column}” is blank.")) { Where = At(column, row), Action = new("请填入内容；空缺不会自动补。Excel 的错误值（如 #N/A）、没有存下结果的公式、合并单元格的后几格都读作空。", "Fill it in; gaps are never filled. In a workbook an error such as #N/A, a formula without a stored result and all but the first of merged cells are read as blank too.") };

    /// <summary>What stands where a number should: nothing, a word for nothing such as NaN, or a text.</summary>
    public static Failure NoNumber(string column, int row, object? cell) =>
        Numbers.IsBlank(cell) ? Blank(column, row)
        : Numbers.IsNothing(cell) ? new("IB7104", new($"第 {row} 行「{column}」不是数值：'{CellText.Of(cell)}'。", $"Row {row}, “{column}” holds no number: '{CellText.Of(cell)}'.")) { Where = At(column, row), Action = new("请填入实际数值；空缺不会自动补。", "Enter the actual number; gaps are never filled.") }
        : NotANumber(column, row, CellText.Of(cell), Numbers.Suggest(CellText.Of(cell)));

    public static Failure NotANumber(string column, int row, string text, string? suggestion) =>
        new("IB7102", new($"第 {row} 行「{column}」不是数字：'{Shorten(text)}'。", $"Row {row}, “{column}” is not a number: '{Shorten(text)}'."))
        {
            Where = At(column, row),
            Action = suggestion is null ? new("请改为数字；单位写在表头或单位列。", "Change it to a number; a unit belongs in the header or in a column of units.") : new($"请改为 {suggestion}。", $"Change it to {suggestion}."),
        };

    public static Failure OtherUnit(string column, int row, string found, string expected) =>
        new("IB7103", new($"第 {row} 行「{column}」的单位是 '{Shorten(found)}'，而这一列是 '{Shorten(expected)}'。", $"Row {row}, “{column}” is in '{Shorten(found)}', but the column is in '{Shorten(expected)}'.")) { Where = At(column, row), Action = new("请让整列用同一单位。", "Keep the whole column in one unit.") };

    public static Failure NotADate(string column, int row, string text) =>
        new("IB7102", new($"第 {row} 行「{column}」不是日期：'{Shorten(text)}'。", $"Row {row}, “{column}” is not a date: '{Shorten(text)}'."))
        {
            Where = At(column, row),
            Action = new("请改为日期，如 2026-01-31、2026/1/31、2026年1月；合计行、注释行请删去。", "Change it to a date such as 2026-01-31, 2026/1/31 or 2026-01; remove rows of totals or notes."),
        };

    public static Failure NotPositive(string column, int row, double value) =>
        new("IB7105", new($"第 {row} 行「{column}」为 {Text(value)}，应大于 0。", $"Row {row}, “{column}” is {Text(value)}; it must be above 0.")) { Where = At(column, row), Action = new("请核对这一格。", "Check this cell.") };

    public static Failure BelowMinimum(string column, int row, double value, double minimum) =>
        new("IB7105", new($"第 {row} 行「{column}」为 {Text(value)}，应不小于 {Text(minimum)}。", $"Row {row}, “{column}” is {Text(value)}; it must be at least {Text(minimum)}.")) { Where = At(column, row), Action = new("请核对这一格。", "Check this cell.") };

    public static Failure MissingPeriods(string column, int before, int after, IReadOnlyList<string> missing, long count, bool ofWorkdays) =>
        new("IB7101", new(
            $"第 {before} 行与第 {after} 行之间缺少 {missing[0]}" + (count > 1 ? $"，全部共缺 {count} 期：{string.Join("、", missing)}{(count > missing.Count ? "…" : "")}" : "") + "。",
            $"{missing[0]} is missing between rows {before} and {after}" + (count > 1 ? $"; {count} periods are missing in all: {string.Join(", ", missing)}{(count > missing.Count ? "…" : "")}" : "") + "."))
        {
            Where = At(column, after),
            Action = ofWorkdays
                ? new("请补上；空缺不会自动补。若这几天休市，请把周期（period）设为「交易日」（trading-day）。", "Add it; gaps are never filled. If the market was closed on these days, set the period to trading-day.")
                : new("请补上；空缺不会自动补。若因节假日、夜间休市等本来就没有这一期，请把周期（period）设为「逐行」（none），每一行即为一期。", "Add it; gaps are never filled. If there was none, as in a holiday week or at night, set the period to none: then each row is one period whatever its date."),
        };

    public static Failure SamePeriod(string column, int first, int second, string period) =>
        new("IndustryBrain.Tabular:SAME_PERIOD", new($"第 {first} 行和第 {second} 行是同一期：{period}。", $"Rows {first} and {second} are the same period: {period}.")) { Where = At(column, second), Action = new("每一期只保留一行；若每一行就是一期（如间隔不等的时刻），请把周期（period）设为「逐行」（none）。", "Keep one row a period; if each row is one period, as with times at uneven distances, set the period to none.") };

    private static string At(string column, int row) => string.Create(CultureInfo.InvariantCulture, $"row {row}{(column.Length > 0 ? ", " : "")}{column}");

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Few(IReadOnlyList<string> texts, string separator) => string.Join(separator, texts.Take(12)) + (texts.Count > 12 ? "…" : "");

    private static string Shorten(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "…");
}
