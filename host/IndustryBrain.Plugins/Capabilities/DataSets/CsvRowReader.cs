using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>Rows as comma-separated values in UTF-8, with the columns' names above; an empty cell has no value. Positions are rows.</summary>
internal sealed class CsvRowReader(FileStream file) : IRowReader
{
    private static readonly CsvReaderOptions Format = new() { HasHeader = false, Separator = ',', MaxRecordSize = JsonLineReader.MaxLineBytes };
    private readonly RowCursor _birth = RowCursor.Of(file.SafeFileHandle);
    private long _from;

    public ValueTask DisposeAsync() => file.DisposeAsync();

    public Failure? Begin(string? cursor)
    {
        if (!_birth.Read(cursor).TryGet(out var at, out var failure))
        {
            return failure;
        }

        _from = at.Position;
        return null;
    }

    public string CursorOf(FileRow row) => (_birth with { Position = row.Position }).ToString();

    public async IAsyncEnumerable<FileRow> ReadAsync(DataSetSchema schema, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var csv = CsvReader.Create(file, Format, leaveOpen: true);
        if (await NextAsync(csv, ct).ConfigureAwait(false) is not { } names)
        {
            yield break;
        }

        var columns = names.Select(name => schema.Columns.FirstOrDefault(c => c.Name == name.Trim())).ToList();
        for (var number = 0L; await NextAsync(csv, ct).ConfigureAwait(false) is { } cells; number++)
        {
            if (number >= _from)
            {
                yield return new(cells.Length == 0 || columns.Contains(null) ? null : Row(columns!, cells), number + 1 - _from, number);
            }
        }
    }

    // The cells; none of a record that is malformed, and null at the end.
    private static async ValueTask<string[]?> NextAsync(CsvReader csv, CancellationToken ct)
    {
        try
        {
            return await csv.ReadAsync(ct).ConfigureAwait(false) ? [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)] : null;
        }
        catch (CsvFormatException)
        {
            return [];
        }
    }

    private static JsonElement? Row(List<DataSetColumn> columns, string[] cells)
    {
        if (cells.Length > columns.Count)
        {
            return null;
        }

        var row = new JsonObject();
        foreach (var (cell, column) in cells.Zip(columns).Where(c => c.First.Length > 0))
        {
            if (Cell(column.Type, cell) is not { } value)
            {
                return null;
            }

            row[column.Name] = value;
        }

        return JsonSerializer.SerializeToElement(row);
    }

    private static JsonNode? Cell(DataSetColumnType type, string text) => type switch
    {
        DataSetColumnType.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number) : null,
        DataSetColumnType.Boolean => bool.TryParse(text, out var flag) ? JsonValue.Create(flag) : null,
        _ => JsonValue.Create(text),
    };
}
