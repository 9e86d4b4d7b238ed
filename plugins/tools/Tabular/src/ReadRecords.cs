using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Gives rows with named, typed fields: from rows, or from a file whose headers may differ.</summary>
[Component("tabular.records", Zh = "读取记录", En = "Read records",
    DescriptionZh = "按列的要求（名称、别名、类型）从行列表或 CSV、Excel 文件取得记录；不合格的单元格按行和列指出。",
    DescriptionEn = "Takes records with named, typed fields from rows or from a CSV or Excel file; a bad cell is named by row and column.")]
public sealed class ReadRecords : ToolComponent<ReadRecordsInput, ReadRecordsOutput>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<ReadRecordsOutput>> RunAsync(ReadRecordsInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (input.Columns.Count == 0)
        {
            return Refusals.Few("columns", 0, 1);
        }

        var name = string.IsNullOrWhiteSpace(input.RowsName) ? "rows" : input.RowsName.Trim();
        var hasRows = input.Rows is { Count: > 0 } || (input.Rows is not null && input.File is null);
        return (hasRows, input.File) switch
        {
            (false, null) => TabularFailures.NoSource(name),
            (true, not null) => TabularFailures.TwoSources(name),
            (true, null) => FromRows(input.Rows!, input.Columns, name),
            (false, { } file) => await FromFileAsync(file, input, context, cancellationToken),
        };
    }

    private static Result<ReadRecordsOutput> FromRows(IReadOnlyList<JsonElement> rows, IReadOnlyList<ColumnSpec> columns, string name)
    {
        var records = new List<IReadOnlyDictionary<string, object?>>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].ValueKind != JsonValueKind.Object)
            {
                return Refusals.Type($"{name}[{i}]", rows[i].GetRawText(), new("一行记录（对象）", "a row (an object)"));
            }

            var record = new Dictionary<string, object?>();
            foreach (var column in columns)
            {
                if (!FromJson(rows[i], column, $"{name}[{i}].{column.Field}").TryGet(out var value, out var failure))
                {
                    return failure;
                }

                if (value.HasValue)
                {
                    record[column.Field] = value.Value;
                }
            }

            records.Add(record);
        }

        return records.Count == 0 ? Refusals.Few(name, 0, 1) : new ReadRecordsOutput(records, records.Count, "JSON", []);
    }

    private static Result<Field> FromJson(JsonElement row, ColumnSpec column, string where)
    {
        JsonElement? found = null;
        foreach (var property in row.EnumerateObject())
        {
            if (column.Names.Any(n => CellText.Key(n) == CellText.Key(property.Name)))
            {
                found = property.Value;
                break;
            }
        }

        object? cell = found?.ValueKind switch
        {
            JsonValueKind.String => found.Value.GetString(),
            JsonValueKind.Number => found.Value.GetDouble(),
            null or JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => found.Value.GetRawText(),
        };
        if (cell is null || (cell is string text && string.IsNullOrWhiteSpace(text)))
        {
            return column.Required == false ? default(Field)
                : found is not null && column.Type == CellType.Number ? Refusals.NotANumber(where)
                : Refusals.Missing(where);
        }

        if (column.Type == CellType.Number && cell is double number && !double.IsFinite(number))
        {
            return Refusals.NotANumber(where);
        }

        return Typed(cell, column.Type) is { } value
            ? value is double least && least < column.Minimum ? Refusals.Range(where, least, string.Create(CultureInfo.InvariantCulture, $"[{column.Minimum:R}, ∞)")) : new Field(true, value)
            : column.Type == CellType.Number && Numbers.IsNothing(cell) ? Refusals.NotANumber(where)
            : Refusals.Type(where, CellText.Of(cell), ExpectedOf(column.Type));
    }

    private static async ValueTask<Result<ReadRecordsOutput>> FromFileAsync(FileReference file, ReadRecordsInput input, ComponentContext context, CancellationToken ct)
    {
        var options = new TableOptions(input.Encoding ?? TextEncoding.Auto, Delimiter: null, string.IsNullOrWhiteSpace(input.Sheet) ? null : input.Sheet, HeaderRow: null, input.MaxRows ?? TableOptions.DefaultMaxRows);
        if (!(await TableFile.OpenAsync(file, options, context, ct)).TryGet(out var reader, out var failure))
        {
            return failure;
        }

        await using (reader)
        {
            if (!(await OpenTable.ReadHeaderAsync(file.Name ?? "file", reader, options, ct)).TryGet(out var table, out failure))
            {
                return failure;
            }

            var positions = new int[input.Columns.Count];
            for (var i = 0; i < positions.Length; i++)
            {
                positions[i] = table.Find(input.Columns[i].Names);
                if (positions[i] < 0 && input.Columns[i].Required != false)
                {
                    return TabularFailures.MissingColumn(input.Columns[i].Names.Skip(1).FirstOrDefault() ?? input.Columns[i].Field, table.Columns);
                }
            }

            return await CollectAsync(table, input.Columns, positions, ct);
        }
    }

    private static async ValueTask<Result<ReadRecordsOutput>> CollectAsync(OpenTable table, IReadOnlyList<ColumnSpec> columns, int[] positions, CancellationToken ct)
    {
        var records = new List<IReadOnlyDictionary<string, object?>>();
        var numbers = new List<int>();
        while (true)
        {
            if (!(await table.NextAsync(ct)).TryGet(out var next, out var failure))
            {
                return failure;
            }

            if (next is not { } row)
            {
                return new ReadRecordsOutput(records, records.Count, table.Format, numbers);
            }

            var record = new Dictionary<string, object?>();
            for (var i = 0; i < positions.Length; i++)
            {
                if (!FromCell(positions[i] < 0 ? null : row[positions[i]], columns[i], positions[i] < 0 ? "" : table.Columns[positions[i]], row.Number).TryGet(out var value, out failure))
                {
                    return failure;
                }

                if (value.HasValue)
                {
                    record[columns[i].Field] = value.Value;
                }
            }

            records.Add(record);
            numbers.Add(row.Number);
        }
    }

    private static Result<Field> FromCell(object? cell, ColumnSpec column, string header, int row)
    {
        var text = CellText.Of(cell);
        if (text.Length == 0)
        {
            return column.Required == false ? default(Field) : TabularFailures.Blank(header, row);
        }

        return Typed(cell, column.Type) switch
        {
            double number when number < column.Minimum => TabularFailures.BelowMinimum(header, row, number, column.Minimum.Value),
            { } value => new Field(true, value),
            null when column.Type == CellType.Number => TabularFailures.NoNumber(header, row, cell),
            null => TabularFailures.NotADate(header, row, text),
        };
    }

    internal static object? Typed(object? cell, CellType? type) => type switch
    {
        CellType.Number => Numbers.TryRead(cell, out var number) ? number : null,
        CellType.Date => Dates.TryRead(cell, inDateColumn: true, out var date) ? date.ToString() : null,
        _ => CellText.Of(cell),
    };

    private static LocalizedText ExpectedOf(CellType? type) => type == CellType.Date ? new("日期", "a date") : new("数值", "a number");

    // A field that is absent is no failure: optional columns may be blank.
    private readonly record struct Field(bool HasValue, object? Value);
}

/// <summary>Input of the record reader.</summary>
/// <param name="Columns">The fields that are wanted.</param>
/// <param name="Rows">The rows themselves; then no file.</param>
/// <param name="File">A CSV or Excel file; then no rows.</param>
/// <param name="RowsName">How refusals name the rows.</param>
/// <param name="Sheet">Sheet of a workbook; the first with content when absent.</param>
/// <param name="Encoding">Encoding of a text file; detected when absent.</param>
/// <param name="MaxRows">Data rows at most.</param>
public sealed record ReadRecordsInput(
    [property: Label("列的要求", "Columns", DescriptionZh = "想要的字段。", DescriptionEn = "The fields that are wanted.")] IReadOnlyList<ColumnSpec> Columns,
    [property: Label("行", "Rows", DescriptionZh = "与文件二选一。", DescriptionEn = "Either this or a file.")] IReadOnlyList<JsonElement>? Rows = null,
    [property: Label("文件", "File", DescriptionZh = "CSV（UTF-8、GB18030）或 Excel。", DescriptionEn = "CSV (UTF-8, GB18030) or Excel.")] FileReference? File = null,
    [property: Label("行的名称", "Name of the rows", DescriptionZh = "用于提示。", DescriptionEn = "For messages.")] string? RowsName = "rows",
    [property: Label("工作表", "Sheet", DescriptionZh = "工作簿的工作表；不填则取第一张有内容的。", DescriptionEn = "Sheet of a workbook; the first with content when absent.")] string? Sheet = null,
    [property: Label("编码", "Encoding", DescriptionZh = "文本文件的编码；不填则自动识别。", DescriptionEn = "Encoding of a text file; detected when absent.")] TextEncoding? Encoding = TextEncoding.Auto,
    [property: Label("最多行数", "Most rows", DescriptionZh = "数据行数的上限。", DescriptionEn = "Data rows at most.")][property: Unit("{row}")][property: Range(1, TableOptions.LargestMaxRows)] int? MaxRows = TableOptions.DefaultMaxRows);

/// <summary>One field of a record.</summary>
/// <param name="Field">Its name in the output.</param>
/// <param name="Aliases">Headers that it may have, besides its name.</param>
/// <param name="Type">Its type; text when absent.</param>
/// <param name="Required">False when it may be absent or blank.</param>
/// <param name="Minimum">A smaller number is refused; any when absent.</param>
public sealed record ColumnSpec(
    [property: Label("字段", "Field", DescriptionZh = "在输出里的名称。", DescriptionEn = "Its name in the output.")][property: Example("\"quantity\"")] string Field,
    [property: Label("别名", "Aliases", DescriptionZh = "除名称外可用的表头。", DescriptionEn = "Headers that it may have, besides its name.")][property: Example("[\"数量\"]")] IReadOnlyList<string>? Aliases = null,
    [property: Label("类型", "Type", DescriptionZh = "类型；不填为文本。", DescriptionEn = "Its type; text when absent.")] CellType? Type = CellType.Text,
    [property: Label("必填", "Required", DescriptionZh = "否：可以没有或为空。", DescriptionEn = "False when it may be absent or blank.")] bool? Required = true,
    [property: Label("最小值", "Minimum", DescriptionZh = "数值小于它就拒绝；不填则不限。", DescriptionEn = "A smaller number is refused; any when absent.")] double? Minimum = null)
{
    internal IEnumerable<string> Names => [Field, .. Aliases ?? []];
}

/// <summary>The records.</summary>
/// <param name="Records">One object a row, with the wanted fields; optional blank ones are absent.</param>
/// <param name="Count">Number of records.</param>
/// <param name="Format">What the source was: JSON, UTF-8, GB18030, XLSX and so on.</param>
/// <param name="RowNumbers">Row of each record in the file; empty without a file.</param>
public sealed record ReadRecordsOutput(
    [property: Label("记录", "Records", DescriptionZh = "每行一个对象，含想要的字段；选填且为空的不给出。", DescriptionEn = "One object a row, with the wanted fields; optional blank ones are absent.")] IReadOnlyList<IReadOnlyDictionary<string, object?>> Records,
    [property: Label("记录数", "Count", DescriptionZh = "记录的条数。", DescriptionEn = "Number of records.")][property: Unit("{row}")] int Count,
    [property: Label("来源格式", "Format", DescriptionZh = "来源的格式：JSON、UTF-8、GB18030、XLSX 等。", DescriptionEn = "What the source was: JSON, UTF-8, GB18030, XLSX and so on.")] string Format,
    [property: Label("行号", "Row numbers", DescriptionZh = "每条记录在文件里的行号；没有文件时为空。", DescriptionEn = "Row of each record in the file; empty without a file.")] IReadOnlyList<int> RowNumbers);
