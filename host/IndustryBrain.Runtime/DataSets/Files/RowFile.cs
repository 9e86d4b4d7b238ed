using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsvHelper;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.DataSets.Files;

/// <summary>An uploaded table: a workbook by its first bytes, JSON by its first character, else CSV in UTF-8 or GB18030. It is read as often as needed.</summary>
/// <param name="name">Name of the file, for messages.</param>
/// <param name="content">The content; can be read from its beginning again.</param>
/// <param name="sheet">The sheet of a workbook; null for the first one with rows.</param>
/// <param name="options">Limits.</param>
internal sealed class RowFile(string name, FileStream content, string? sheet, DataSetOptions options)
{
    private const int MostRecordBytes = 1 << 20;
    private const int MostDepth = 64;
    private static readonly JsonSerializerOptions Json = new() { MaxDepth = MostDepth, AllowDuplicateProperties = false };
    private static readonly Encoding Chinese = MakeChinese();
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the rows from the first one on.</summary>
    /// <exception cref="UnreadableFileException">The file is not what it seems to be.</exception>
    public async IAsyncEnumerable<FileRow> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        content.Position = 0;
        var head = new byte[256];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        content.Position = 0;
        var first = Encoding.UTF8.GetString(head, 0, length).TrimStart('\uFEFF').TrimStart();
        var rows = head is [(byte)'P', (byte)'K', ..] ? WorkbookRows.ReadAsync(name, content, sheet, options, ct) : first is ['[', ..] or ['{', ..] ? ReadJsonAsync(first[0] == '{', ct) : ReadCsvAsync(ct);
        await foreach (var row in rows)
            yield return row;
    }

    private async IAsyncEnumerable<FileRow> ReadJsonAsync(bool isLines, [EnumeratorCancellation] CancellationToken ct)
    {
        if (content.ReadByte() != 0xEF)
            content.Position = 0;
        else
            content.Position = 3;
        await using var objects = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(content, topLevelValues: isLines, Json, ct).GetAsyncEnumerator(ct);
        for (var number = 1L; await NextAsync(objects, number); number++)
        {
            if (objects.Current.ValueKind != JsonValueKind.Object)
                throw Broken(number, new("应为对象", "it must be an object"));
            yield return new(number, [.. objects.Current.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, CellOf(m.Value)))]);
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<JsonElement> objects, long number)
    {
        try
        {
            return await objects.MoveNextAsync();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Broken(number, new("不是合法的 JSON", "it is no sound JSON"));
        }
    }

    private async IAsyncEnumerable<FileRow> ReadCsvAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var encoding = await IsUtf8Async(ct) ? Strict : Chinese;
        content.Position = 0;
        await using var csv = CsvReader.Create(content, new CsvReaderOptions { HasHeader = false, MaxRecordSize = MostRecordBytes, Encoding = encoding }, leaveOpen: true);
        string[]? names = null;
        for (var number = 1L; await NextAsync(csv, number, ct) is { } cells; number++)
        {
            if (names is null)
            {
                names = [.. cells.Select(c => c.TrimStart('\uFEFF').Trim())];
                continue;
            }

            if (cells.Length > names.Length && cells.Skip(names.Length).Any(c => c.Length > 0))
                throw Broken(number, new($"有 {cells.Length} 格，而表头只有 {names.Length} 列", $"it has {cells.Length} cells, and the header {names.Length} columns"));
            yield return new(number, [.. names.Zip(cells, (column, cell) => KeyValuePair.Create(column, cell.Length == 0 ? null : (object?)cell))]);
        }
    }

    private async ValueTask<string[]?> NextAsync(CsvReader csv, long number, CancellationToken ct)
    {
        try
        {
            return await csv.ReadAsync(ct) ? [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)] : null;
        }
        catch (Exception e) when (e is CsvFormatException or DecoderFallbackException)
        {
            throw Broken(number, new("引号或分隔符有误，或一行过长", "its quotes or separators are wrong, or it is too long"));
        }
    }

    // Spreadsheets in Chinese write CSV in GB18030; what is no UTF-8 is that.
    private async Task<bool> IsUtf8Async(CancellationToken ct)
    {
        content.Position = 0;
        using var reader = new StreamReader(content, Strict, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var buffer = new char[16_384];
        try
        {
            while (await reader.ReadAsync(buffer, ct) > 0)
            {
                // Only whether it decodes counts.
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private UnreadableFileException Broken(long row, LocalizedText why) => new(DataSetFailures.Broken(name, row, why));

    private static object? CellOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => number,
        _ => value,
    };

    private static Encoding MakeChinese()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }
}
