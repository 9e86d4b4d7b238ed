using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Rows of one sheet of an Excel workbook (.xlsx or .xls).</summary>
internal sealed class WorkbookRows : RowReader
{
    private const long MostUnpackedBytes = 512L * 1024 * 1024;
    private const int MostEntries = 2000;

    private readonly string _file;
    private readonly IExcelDataReader _reader;
    private readonly bool _isZip;

    // The library asks for code page 1252 by number, whatever encoding it is given; registering again changes nothing.
    static WorkbookRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private WorkbookRows(string file, IExcelDataReader reader, bool isZip) => (_file, _reader, _isZip) = (file, reader, isZip);

    /// <inheritdoc />
    public override string Format => _isZip ? "XLSX" : "XLS";

    /// <summary>Opens the workbook on the named sheet, else on the first one with two rows or more, else on the first with content; the reader owns the stream.</summary>
    public static Result<RowReader> Open(string file, MemoryStream content, bool isZip, string? sheet)
    {
        if (isZip && CheckArchive(file, content) is { } failure)
        {
            return failure;
        }

        content.Position = 0;
        IExcelDataReader reader;
        try
        {
            var configuration = new ExcelReaderConfiguration { FallbackEncoding = CodePagesEncodingProvider.Instance.GetEncoding("GB18030") };
            reader = isZip ? ExcelReaderFactory.CreateOpenXmlReader(content, configuration) : ExcelReaderFactory.CreateBinaryReader(content, configuration);
        }
        catch (Exception e) when (IsDamage(e))
        {
            return Damaged(file);
        }

        var names = new List<string>();
        // A sheet of one line, such as a title page, is taken only when no other has a table.
        foreach (var leastRows in sheet is null ? new[] { 2, 1 } : [1])
        {
            names.Clear();
            do
            {
                names.Add(reader.Name);
                if (sheet is null ? reader.RowCount >= leastRows && reader.FieldCount > 0 : string.Equals(reader.Name, sheet.Trim(), StringComparison.OrdinalIgnoreCase))
                {
                    return new WorkbookRows(file, reader, isZip);
                }
            }
            while (reader.NextResult());
            reader.Reset();
        }

        reader.Dispose();
        return sheet is null
            ? TabularFailures.EmptyFile(file)
            : new Failure("IB7101", new($"没有名为「{sheet}」的工作表。", $"There is no sheet “{sheet}”.")) { Where = "sheet", Action = new($"现有的工作表：{string.Join("、", names)}。", $"Existing sheets: {string.Join(", ", names)}.") };
    }

    /// <inheritdoc />
    public override ValueTask<Result<bool>> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (!_reader.Read())
            {
                return new(false);
            }

            var cells = new object?[_reader.FieldCount];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = _reader.GetValue(i);
            }

            Cells = cells;
            Number = _reader.Depth + 1;
            return new(true);
        }
        catch (Exception e) when (IsDamage(e))
        {
            return new(Damaged(_file));
        }
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Failure? CheckArchive(string file, MemoryStream content)
    {
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            return archive.Entries.Count > MostEntries || archive.Entries.Sum(e => e.Length) > MostUnpackedBytes
                ? TabularFailures.TooMany(file, "工作簿解开后超过 512 MB。", "The workbook unpacks to more than 512 MB.")
                : null;
        }
        catch (InvalidDataException)
        {
            return Damaged(file);
        }
    }

    // What the library throws on a damaged or foreign file; it has no common base.
    private static bool IsDamage(Exception e) =>
        e is ExcelReaderException or InvalidDataException or System.Xml.XmlException or FormatException or ArgumentException or IOException or IndexOutOfRangeException or NullReferenceException or InvalidOperationException or KeyNotFoundException or NotSupportedException or OverflowException;

    private static Failure Damaged(string file) => TabularFailures.NotATable(file, "不是完好的 Excel 工作簿，或设有密码", "it is not a sound Excel workbook, or has a password");
}
