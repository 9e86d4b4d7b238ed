using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.DataSets.Files;

/// <summary>Rows of a sheet of an Excel workbook (.xlsx); the first row with content has the names of the columns.</summary>
internal static class WorkbookRows
{
    private const int MostEntries = 2_000;

    // The library asks for code page 1252 by number.
    static WorkbookRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static async IAsyncEnumerable<FileRow> ReadAsync(string file, FileStream content, string? sheet, DataSetOptions options, [EnumeratorCancellation] CancellationToken ct)
    {
        await CheckAsync(file, content, options, ct);
        content.Position = 0;
        using var reader = Open(file, content);
        Find(file, reader, sheet);
        string[]? names = null;
        while (Read(file, reader))
        {
            ct.ThrowIfCancellationRequested();
            var number = reader.Depth + 1;
            if (names is null)
            {
                names = [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i)?.ToString()?.Trim() ?? "")];
                if (names.All(n => n.Length == 0))
                    names = null;
                else
                    names = names[..(Array.FindLastIndex(names, n => n.Length > 0) + 1)];
                continue;
            }

            var cells = new KeyValuePair<string, object?>[names.Length];
            for (var i = 0; i < names.Length; i++)
                cells[i] = new(names[i], i < reader.FieldCount ? CellOf(reader.GetValue(i)) : null);
            // A sheet often ends in rows that only look different.
            if (cells.Any(c => c.Value is not null))
                yield return new(number, cells);
        }
    }

    private static object? CellOf(object? value) => value switch
    {
        null or "" => null,
        string or bool or double or DateTime => value,
        int number => (double)number,
        TimeSpan span => span.ToString("c", System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static IExcelDataReader Open(string file, FileStream content)
    {
        try
        {
            return ExcelReaderFactory.CreateOpenXmlReader(content, new() { LeaveOpen = true });
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(file);
        }
    }

    private static void Find(string file, IExcelDataReader reader, string? sheet)
    {
        List<string> names = [];
        try
        {
            do
            {
                names.Add(reader.Name);
                if (sheet is null ? reader.RowCount > 1 && reader.FieldCount > 0 : string.Equals(reader.Name, sheet.Trim(), StringComparison.OrdinalIgnoreCase))
                    return;
            }
            while (reader.NextResult());
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(file);
        }

        throw new UnreadableFileException(sheet is null ? DataSetFailures.NoRows(file) : DataSetFailures.NoSheet(sheet, names));
    }

    private static bool Read(string file, IExcelDataReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(file);
        }
    }

    // Reading an entry ends at its declared length, so the lengths may be added up.
    private static async Task CheckAsync(string file, FileStream content, DataSetOptions options, CancellationToken ct)
    {
        try
        {
            await using var archive = await ZipArchive.CreateAsync(content, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct);
            if (archive.Entries.Count > MostEntries || archive.Entries.Sum(e => e.Length) > options.MaxUnpackedBytes)
                throw new UnreadableFileException(DataSetFailures.TooLarge(file, options.MaxUnpackedBytes));
        }
        catch (InvalidDataException)
        {
            throw Damaged(file);
        }
    }

    // What the library throws on a damaged or foreign file; it has no common base.
    private static bool IsDamage(Exception e) =>
        e is ExcelReaderException or InvalidDataException or System.Xml.XmlException or FormatException or ArgumentException or IOException or IndexOutOfRangeException or NullReferenceException or InvalidOperationException or KeyNotFoundException or NotSupportedException or OverflowException;

    private static UnreadableFileException Damaged(string file) => new(DataSetFailures.Broken(file, 0, new("不是完好的 Excel 工作簿，或设有密码", "it is no sound Excel workbook, or has a password")));
}
