using System.ComponentModel.DataAnnotations;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Reads a CSV or Excel file into a table whose column types are found.</summary>
[Component("tabular.table", Zh = "读取表格", En = "Read a table",
    DescriptionZh = "把 CSV 或 Excel 文件读成带类型的表，自动识别编码、分隔符、表头与列类型。",
    DescriptionEn = "Reads a CSV or Excel file into a typed table; encoding, delimiter, header and column types are detected.")]
public sealed class ReadTable : ToolComponent<ReadTableInput, ReadTableOutput>
{
    private const int ReportEvery = 20_000;

    /// <inheritdoc />
    protected override async ValueTask<Result<ReadTableOutput>> RunAsync(ReadTableInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (input.Delimiter is { Length: not 1 } wrong && wrong.Length > 0 && wrong != "\\t")
        {
            return Refusals.Type("delimiter", wrong, new("一个字符", "one character"));
        }

        char? delimiter = input.Delimiter switch { null or "" => null, "\\t" => '\t', var given => given[0] };
        var options = new TableOptions(input.Encoding ?? TextEncoding.Auto, delimiter, string.IsNullOrWhiteSpace(input.Sheet) ? null : input.Sheet, input.HeaderRow, input.MaxRows ?? TableOptions.DefaultMaxRows);
        if (!(await TableFile.OpenAsync(input.File, options, context, cancellationToken)).TryGet(out var reader, out var failure))
        {
            return failure;
        }

        await using (reader)
        {
            return (await OpenTable.ReadHeaderAsync(input.File.Name ?? "file", reader, options, cancellationToken)).TryGet(out var table, out failure)
                ? await CollectAsync(table, input, context, cancellationToken)
                : failure;
        }
    }

    private static async ValueTask<Result<ReadTableOutput>> CollectAsync(OpenTable table, ReadTableInput input, ComponentContext context, CancellationToken ct)
    {
        foreach (var name in (input.Types ?? new Dictionary<string, CellType>()).Keys)
        {
            if (table.Find(name) < 0)
            {
                return TabularFailures.MissingColumn(name, table.Columns);
            }
        }

        CellType[] types = [.. Enumerable.Range(0, table.Columns.Count).Select(i => Given(table, input, i) ?? Infer(table, i))];
        var rows = new List<IReadOnlyDictionary<string, object?>>();
        while (true)
        {
            if (!(await table.NextAsync(ct)).TryGet(out var next, out var failure))
            {
                return failure;
            }

            if (next is not { } row)
            {
                break;
            }

            var cells = new Dictionary<string, object?>(types.Length);
            for (var i = 0; i < types.Length; i++)
            {
                if (!Cell(table.Columns[i], row, i, types[i]).TryGet(out var cell, out failure))
                {
                    return failure;
                }

                cells[table.Columns[i]] = cell.Value;
            }

            rows.Add(cells);
            if (rows.Count % ReportEvery == 0)
            {
                context.Report(0.5, new($"已读 {rows.Count} 行", $"{rows.Count} rows read"));
            }
        }

        return new ReadTableOutput([.. table.Columns.Select((c, i) => new TableColumnInfo(c, types[i]))], rows, rows.Count, table.Format);
    }

    private static CellType? Given(OpenTable table, ReadTableInput input, int column)
    {
        foreach (var (name, type) in input.Types ?? new Dictionary<string, CellType>())
        {
            if (table.Find(name) == column)
            {
                return type;
            }
        }

        return null;
    }

    // One bad cell among numbers is a mistake to be named, so most cells decide.
    private static CellType Infer(OpenTable table, int column)
    {
        object?[] cells = [.. table.Sample.Select(r => r[column]).Where(c => !Numbers.IsNothing(c))];
        var numbers = cells.Count(c => Numbers.TryRead(c, out _));
        var dates = cells.Count(c => Dates.TryRead(c, inDateColumn: false, out _));
        return cells.Length == 0 ? CellType.Text
            : dates * 10 >= cells.Length * 8 ? CellType.Date
            : numbers * 10 >= cells.Length * 8 ? CellType.Number
            : CellType.Text;
    }

    private static Result<Held> Cell(string header, DataRow row, int column, CellType type)
    {
        var cell = row[column];
        var text = CellText.Of(cell);
        return text.Length == 0 || (type != CellType.Text && Numbers.IsNothing(cell)) ? default(Held)
            : ReadRecords.Typed(cell, type) is { } value ? new Held(value)
            : type == CellType.Number ? TabularFailures.NotANumber(header, row.Number, text, Numbers.Suggest(text))
            : TabularFailures.NotADate(header, row.Number, text);
    }

    private readonly record struct Held(object? Value);
}

/// <summary>Input of the table reader.</summary>
/// <param name="File">A CSV or Excel file.</param>
/// <param name="Types">Type by header, where the detected one is not wanted.</param>
/// <param name="Sheet">Sheet of a workbook; the first with content when absent.</param>
/// <param name="HeaderRow">Row of the header; 0 when there is none; detected when absent.</param>
/// <param name="Delimiter">Delimiter of a text file, one character or <c>\t</c>; detected when absent.</param>
/// <param name="Encoding">Encoding of a text file; detected when absent.</param>
/// <param name="MaxRows">Data rows at most.</param>
public sealed record ReadTableInput(
    [property: Label("文件", "File", DescriptionZh = "CSV（UTF-8、GB18030）或 Excel。", DescriptionEn = "CSV (UTF-8, GB18030) or Excel.")] FileReference File,
    [property: Label("列类型", "Types", DescriptionZh = "按表头指定；不填则自动识别。", DescriptionEn = "By header; detected when absent.")] IReadOnlyDictionary<string, CellType>? Types = null,
    [property: Label("工作表", "Sheet", DescriptionZh = "工作簿的工作表；不填则取第一张有内容的。", DescriptionEn = "Sheet of a workbook; the first with content when absent.")] string? Sheet = null,
    [property: Label("表头行", "Header row", DescriptionZh = "0 表示没有表头。", DescriptionEn = "0 when there is none.")][property: Range(0, 200)] int? HeaderRow = null,
    [property: Label("分隔符", "Delimiter", DescriptionZh = "文本文件的分隔符，一个字符或 \\t；不填则自动识别。", DescriptionEn = "Delimiter of a text file, one character or \\t; detected when absent.")] string? Delimiter = null,
    [property: Label("编码", "Encoding", DescriptionZh = "文本文件的编码；不填则自动识别。", DescriptionEn = "Encoding of a text file; detected when absent.")] TextEncoding? Encoding = TextEncoding.Auto,
    [property: Label("最多行数", "Most rows", DescriptionZh = "数据行数的上限。", DescriptionEn = "Data rows at most.")][property: Unit("{row}")][property: Range(1, TableOptions.LargestMaxRows)] int? MaxRows = TableOptions.DefaultMaxRows);

/// <summary>A typed table.</summary>
/// <param name="Columns">Headers with their types.</param>
/// <param name="Rows">One object a row by header; a blank cell is null.</param>
/// <param name="RowCount">Number of data rows.</param>
/// <param name="Format">What the file was: UTF-8, GB18030, XLSX and so on.</param>
public sealed record ReadTableOutput(
    [property: Label("列", "Columns", DescriptionZh = "表头及其类型。", DescriptionEn = "Headers with their types.")] IReadOnlyList<TableColumnInfo> Columns,
    [property: Label("行", "Rows", DescriptionZh = "每行一个对象，以表头为名；空单元格为 null。", DescriptionEn = "One object a row by header; a blank cell is null.")] IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows,
    [property: Label("行数", "Row count", DescriptionZh = "数据的行数。", DescriptionEn = "Number of data rows.")][property: Unit("{row}")] int RowCount,
    [property: Label("来源格式", "Format", DescriptionZh = "文件的格式：UTF-8、GB18030、XLSX 等。", DescriptionEn = "What the file was: UTF-8, GB18030, XLSX and so on.")] string Format);

/// <summary>One column of a table.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Type">Its type.</param>
public sealed record TableColumnInfo(
    [property: Label("表头", "Header", DescriptionZh = "列的表头。", DescriptionEn = "Its header.")] string Header,
    [property: Label("类型", "Type", DescriptionZh = "列的类型。", DescriptionEn = "Its type.")] CellType Type);
