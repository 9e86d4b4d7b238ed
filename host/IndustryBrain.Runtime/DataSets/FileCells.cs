using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Runtime.DataSets.Files;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Runtime.DataSets;

/// <summary>The rows of a file as rows of a data set.</summary>
internal static class FileCells
{
    /// <summary>The columns that all rows of a file fit.</summary>
    public static async Task<Result<IReadOnlyList<DataSetColumn>>> InferAsync(RowFile file, int mostColumns, long mostRows, CancellationToken ct)
    {
        List<string> order = [];
        Dictionary<string, Cells.Guess> guesses = new(StringComparer.Ordinal);
        long rows = 0;
        await foreach (var row in file.ReadAsync(ct))
        {
            if (++rows > mostRows)
                return DataSetFailures.TooManyRows(mostRows);
            if (rows == 1 && row.Cells.GroupBy(c => c.Key, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
                return DataSetFailures.Columns(twice.Key, new("列名重复", "the name is there twice"));
            foreach (var (name, cell) in row.Cells)
            {
                if (!guesses.TryGetValue(name, out var guess))
                {
                    guesses[name] = guess = new();
                    order.Add(name);
                    if (order.Count > mostColumns)
                        return DataSetFailures.Columns(name, new($"最多 {mostColumns} 列", $"there are {mostColumns} columns at most"));
                }

                if (cell is not null)
                    guess.Take(cell);
            }
        }

        return new Result<IReadOnlyList<DataSetColumn>>([.. order.Select(name => guesses[name].ToColumn(name, rows))]);
    }

    /// <summary>The rows of a file as JSON.</summary>
    /// <exception cref="UnreadableFileException">A row does not fit the columns.</exception>
    public static async IAsyncEnumerable<byte[]> ReadAsync(RowFile file, IReadOnlyList<DataSetColumn> columns, TimeZoneInfo zone, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in file.ReadAsync(ct))
            yield return Write(row.Number, row.Cells, columns, zone, refusesOthers: true);
    }

    /// <summary>Rows of one version as rows with other columns; a column that is left out goes.</summary>
    /// <exception cref="UnreadableFileException">A row does not fit the columns.</exception>
    public static async IAsyncEnumerable<byte[]> ConvertAsync(IAsyncEnumerable<JsonElement> rows, IReadOnlyList<DataSetColumn> columns, TimeZoneInfo zone, [EnumeratorCancellation] CancellationToken ct)
    {
        var number = 0L;
        await foreach (var row in rows.WithCancellation(ct))
        {
            KeyValuePair<string, object?>[] cells =
            [
                .. row.EnumerateObject().Select(c => KeyValuePair.Create<string, object?>(c.Name, c.Value.ValueKind switch
                {
                    JsonValueKind.String => c.Value.GetString(),
                    JsonValueKind.Number => c.Value.GetDouble(),
                    JsonValueKind.True or JsonValueKind.False => c.Value.GetBoolean(),
                    _ => null,
                })),
            ];
            yield return Write(++number, cells, columns, zone, refusesOthers: false);
        }
    }

    private static byte[] Write(long number, IReadOnlyList<KeyValuePair<string, object?>> cells, IReadOnlyList<DataSetColumn> columns, TimeZoneInfo zone, bool refusesOthers)
    {
        var row = new JsonObject();
        foreach (var column in columns)
        {
            var cell = cells.FirstOrDefault(c => c.Key == column.Name).Value;
            if (cell is null)
            {
                if (column.IsRequired)
                    throw new UnreadableFileException(DataSetFailures.Empty(number, column.Name));
                continue;
            }

            row[column.Name] = Cells.Convert(cell, column.Type, zone) ?? throw new UnreadableFileException(DataSetFailures.Cell(number, column.Name, Cells.Show(cell), column.Type));
        }

        if (refusesOthers && cells.FirstOrDefault(c => c.Value is not null && columns.All(k => k.Name != c.Key)) is { Key: { } other })
            throw new UnreadableFileException(DataSetFailures.NoColumn(number, other));
        return JsonSerializer.SerializeToUtf8Bytes(row, DataSetRowStore.Readable);
    }
}
