using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>One data row.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Cells">Its cells; fewer than the columns when the rest is blank.</param>
/// <param name="BlankBefore">Number of the first blank row between this data row and the one before; null when they are neighbours.</param>
internal readonly record struct DataRow(int Number, IReadOnlyList<object?> Cells, int? BlankBefore)
{
    public object? this[int column] => column < Cells.Count ? Cells[column] : null;
}

/// <summary>A file whose header was found; its data rows are read one after the other.</summary>
internal sealed class OpenTable : IAsyncDisposable
{
    private const int SampleRows = 200;
    private const int MostColumns = 500;

    private readonly RowReader _reader;
    private readonly string _file;
    private readonly int _maxRows;
    private readonly Queue<DataRow> _waiting;
    private int _read;
    private int? _blank;

    private OpenTable(string file, RowReader reader, int maxRows, IReadOnlyList<string> columns, bool hasHeader, Queue<DataRow> waiting, int? blank) =>
        (_file, _reader, _maxRows, Columns, HasHeader, _waiting, _blank) = (file, reader, maxRows, columns, hasHeader, waiting, blank);

    /// <summary>Headers, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>False when the first row is data already and the columns are named by their position.</summary>
    public bool HasHeader { get; }

    /// <summary>Data rows from the beginning, to look at; they are read again by <see cref="NextAsync"/>.</summary>
    public IReadOnlyCollection<DataRow> Sample => _waiting;

    /// <summary>What the file turned out to be.</summary>
    public string Format => _reader.Format;

    /// <summary>Reads up to the header and a sample behind it.</summary>
    public static async ValueTask<Result<OpenTable>> ReadHeaderAsync(string file, RowReader reader, TableOptions options, CancellationToken ct)
    {
        var rows = new List<DataRow>();
        int? blank = null;
        while (rows.Count < SampleRows)
        {
            if (!(await reader.ReadAsync(ct)).TryGet(out var more, out var failure))
            {
                return failure;
            }

            if (!more)
            {
                break;
            }

            if (reader.Cells.Any(c => CellText.Of(c).Length > 0))
            {
                rows.Add(new(reader.Number, reader.Cells, blank));
                blank = null;
            }
            else
            {
                blank ??= reader.Number;
            }
        }

        if (rows.Count == 0)
        {
            return TabularFailures.EmptyFile(file);
        }

        // Bytes that are no text are read as GB18030, and then as one rare word.
        if (rows is [{ Cells.Count: 1 }] && reader.Format == TextEncodings.Gb18030Name)
        {
            return TabularFailures.NotATable(file, "只有一个单元格，没有数据行", "it has a single cell and no data rows");
        }

        var headerAt = options.HeaderRow is { } given ? rows.FindIndex(r => r.Number == given) : DetectHeader(rows);
        if (options.HeaderRow is > 0 && headerAt < 0)
        {
            return Refusals.Range("headerRow", options.HeaderRow.Value, $"[0, {rows[^1].Number}]");
        }

        if (!Headers(rows, headerAt).TryGet(out var columns, out var wrong))
        {
            return wrong;
        }

        var data = new Queue<DataRow>(rows.Skip(headerAt + 1));
        return data.Count == 0 ? TabularFailures.OnlyHeader(file) : new OpenTable(file, reader, options.MaxRows, columns, headerAt >= 0, data, blank);
    }

    /// <summary>The next data row that is not blank; null at the end.</summary>
    public async ValueTask<Result<DataRow?>> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            DataRow row;
            if (_waiting.Count > 0)
            {
                row = _waiting.Dequeue();
            }
            else
            {
                if (!(await _reader.ReadAsync(ct)).TryGet(out var more, out var failure))
                {
                    return failure;
                }

                if (!more)
                {
                    return (DataRow?)null;
                }

                if (Width(_reader.Cells) == 0)
                {
                    _blank ??= _reader.Number;
                    continue;
                }

                row = new(_reader.Number, _reader.Cells, _blank);
                _blank = null;
            }

            var width = Width(row.Cells);

            if (width > Columns.Count)
            {
                return TabularFailures.TooWide(row.Number, width, Columns.Count);
            }

            return ++_read > _maxRows
                ? TabularFailures.TooMany(_file, $"数据超过 {_maxRows} 行。", $"There are more than {_maxRows} data rows.")
                : row;
        }
    }

    /// <summary>Position of the column with that header, without regard to case, width, blanks and a unit in brackets; -1 when there is none.</summary>
    public int Find(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < Columns.Count; i++)
            {
                if (string.Equals(Columns[i], name.Trim(), StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }

            var key = CellText.Key(name);
            for (var i = 0; i < Columns.Count; i++)
            {
                if (CellText.Key(Columns[i]) == key)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    // The header is the first full row of texts; titles above it are narrower. Rows of numbers only have none.
    private static int DetectHeader(List<DataRow> rows)
    {
        var width = rows.Take(50).GroupBy(r => Filled(r.Cells)).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First().Key;
        for (var i = 0; i < Math.Min(rows.Count, 20); i++)
        {
            if (Filled(rows[i].Cells) < width)
            {
                continue;
            }

            return IsHeader(rows, i) ? i : -1;
        }

        return IsHeader(rows, 0) ? 0 : -1;
    }

    private static bool IsHeader(List<DataRow> rows, int at)
    {
        var cells = rows[at].Cells;
        if (cells.All(IsText))
        {
            return true;
        }

        // A header such as 地区, 2021, 2022 has texts where the rows below have numbers, or a text in front of years.
        return at + 1 < rows.Count && cells.Select((c, i) => (Cell: c, i)).Any(c => CellText.Of(c.Cell).Length > 0 && IsText(c.Cell) && !IsText(rows[at + 1][c.i]));
    }

    private static bool IsText(object? cell) => cell is null || (cell is string && !Numbers.TryRead(cell, out _) && !Dates.TryRead(cell, inDateColumn: false, out _));

    private static Result<IReadOnlyList<string>> Headers(List<DataRow> rows, int headerAt)
    {
        var data = rows.Skip(headerAt + 1).Take(50).Select(r => Width(r.Cells)).DefaultIfEmpty(0).Max();
        if (headerAt < 0)
        {
            return data > MostColumns ? TabularFailures.TooMany("file", $"超过 {MostColumns} 列。", $"There are more than {MostColumns} columns.")
                : Enumerable.Range(1, data).Select(Unnamed).ToArray();
        }

        var width = Width(rows[headerAt].Cells);
        if (width > MostColumns)
        {
            return TabularFailures.TooMany("file", $"超过 {MostColumns} 列。", $"There are more than {MostColumns} columns.");
        }

        var names = new List<string>(width);
        for (var i = 0; i < width; i++)
        {
            var name = CellText.Of(rows[headerAt][i]).Trim('\uFEFF', ' ', '\u3000');
            name = name.Length == 0 ? Unnamed(i + 1) : name;
            if (names.FindIndex(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var before)
            {
                return TabularFailures.DuplicateHeader(name, before + 1, i + 1);
            }

            names.Add(name);
        }

        return names;
    }

    private static string Unnamed(int column) => string.Create(CultureInfo.InvariantCulture, $"列{column}");

    private static int Filled(IReadOnlyList<object?> cells) => cells.Count(c => CellText.Of(c).Length > 0);

    private static int Width(IReadOnlyList<object?> cells)
    {
        var width = cells.Count;
        while (width > 0 && (cells[width - 1] is null || (cells[width - 1] is string text && string.IsNullOrWhiteSpace(text))))
        {
            width--;
        }

        return width;
    }
}
