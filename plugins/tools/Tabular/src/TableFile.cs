using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Opens a file as rows: looks at its first bytes, not at its name.</summary>
internal static class TableFile
{
    private const long MostTextBytes = 512L * 1024 * 1024;
    private const int MostWorkbookBytes = 64 * 1024 * 1024;

    public static async ValueTask<Result<RowReader>> OpenAsync(FileReference file, TableOptions options, ComponentContext context, CancellationToken ct)
    {
        var name = file.Name ?? "file";
        if (!(await context.OpenFileAsync(file, ct)).TryGet(out var stream, out var failure))
        {
            return failure;
        }

        await using (stream)
        {
            var magic = new byte[8];
            var length = await stream.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, ct);
            switch (magic.AsSpan(0, length))
            {
                case []:
                    return TabularFailures.EmptyFile(name);
                case [0x50, 0x4B, 0x03, 0x04, ..]:
                    return await WorkbookAsync(name, magic, stream, isZip: true, options, ct);
                case [0xD0, 0xCF, 0x11, 0xE0, ..]:
                    return await WorkbookAsync(name, magic, stream, isZip: false, options, ct);
                case [0x25, 0x50, 0x44, 0x46, 0x2D, ..]:
                    return TabularFailures.NotATable(name, "是 PDF 文件", "it is a PDF");
                case [0x89, 0x50, 0x4E, 0x47, ..] or [0xFF, 0xD8, 0xFF, ..] or [0x47, 0x49, 0x46, 0x38, ..]:
                    return TabularFailures.NotATable(name, "是图片", "it is a picture");
                case [0x1F, 0x8B, ..] or [0x37, 0x7A, 0xBC, 0xAF, ..] or [0x52, 0x61, 0x72, 0x21, ..]:
                    return TabularFailures.NotATable(name, "是压缩包", "it is an archive");
                case var start when Encoding.ASCII.GetString(start).TrimStart() is ['<', ..]:
                    return TabularFailures.NotATable(name, "是网页或 XML", "it is a web page or XML");
            }
        }

        return await TextAsync(file, name, options, context, ct);
    }

    private static async ValueTask<Result<RowReader>> TextAsync(FileReference file, string name, TableOptions options, ComponentContext context, CancellationToken ct)
    {
        var encoding = TextEncodings.Named(options.Encoding);
        if (encoding is null)
        {
            if (!(await context.OpenFileAsync(file, ct)).TryGet(out var first, out var failure))
            {
                return failure;
            }

            await using (first)
            {
                encoding = await TextEncodings.DetectAsync(first, MostTextBytes, ct);
            }

            if (encoding is null)
            {
                return TabularFailures.TooMany(name, "文件超过 512 MB。", "The file is larger than 512 MB.");
            }
        }

        return (await context.OpenFileAsync(file, ct)).TryGet(out var stream, out var unreadable)
            ? await TextRows.OpenAsync(name, stream, encoding, options.Delimiter, ct)
            : unreadable;
    }

    private static async ValueTask<Result<RowReader>> WorkbookAsync(string name, byte[] magic, Stream rest, bool isZip, TableOptions options, CancellationToken ct)
    {
        var content = new MemoryStream();
        await content.WriteAsync(magic, ct);
        var buffer = new byte[81920];
        for (int read; (read = await rest.ReadAsync(buffer, ct)) > 0;)
        {
            if (content.Length + read > MostWorkbookBytes)
            {
                await content.DisposeAsync();
                return TabularFailures.TooMany(name, "工作簿超过 64 MB；大表请用 CSV。", "The workbook is larger than 64 MB; use CSV for large tables.");
            }

            await content.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return WorkbookRows.Open(name, content, isZip, options.Sheet);
    }
}

/// <summary>How a file is read.</summary>
/// <param name="Encoding">Encoding of a text.</param>
/// <param name="Delimiter">Delimiter of a text; null to detect it.</param>
/// <param name="Sheet">Sheet of a workbook; null for the first with content.</param>
/// <param name="HeaderRow">Row of the header; 0 when there is none; null to detect it.</param>
/// <param name="MaxRows">Data rows at most.</param>
internal sealed record TableOptions(TextEncoding Encoding, char? Delimiter, string? Sheet, int? HeaderRow, int MaxRows)
{
    public const int DefaultMaxRows = 200_000;
    public const int LargestMaxRows = 1_000_000;
}
