using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli;

/// <summary>Reads files that people wrote.</summary>
internal static class JsonFile
{
    /// <summary>Bytes at most of a file that is read whole: far above what a definition or an input may have, and below what exhausts a machine.</summary>
    internal const int MaxBytes = 64 << 20;

    private const int Piece = 64 << 10;

    public static Result<byte[]> ReadBytes(string path)
    {
        if (Directory.Exists(path))
        {
            return CliFailures.FileExpected(path);
        }

        try
        {
            // A device or a pipe tells no length, and need not end.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            using var content = new MemoryStream();
            var piece = new byte[Piece];
            for (int read; (read = file.Read(piece)) > 0;)
            {
                if (content.Length + read > MaxBytes)
                {
                    return CliFailures.FileTooLarge(path, MaxBytes);
                }

                content.Write(piece, 0, read);
            }

            var bytes = content.ToArray();
            return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return CliFailures.FileNotReadable(path);
        }
    }

    public static Result<JsonElement> Read(string path, JsonValueKind kind, LocalizedText expected)
    {
        return ReadBytes(path).TryGet(out var bytes, out var failure) ? Parse(bytes, path, kind, expected) : failure;
    }

    /// <summary>What was read from <paramref name="path"/> as JSON of one kind; IB7202 when it is no JSON, IB7203 when it is another kind.</summary>
    public static Result<JsonElement> Parse(byte[] bytes, string path, JsonValueKind kind, LocalizedText expected)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == kind ? document.RootElement.Clone() : CliFailures.WrongShape(path, expected);
        }
        catch (JsonException e)
        {
            return CliFailures.NotJson(path, (e.LineNumber ?? 0) + 1);
        }
    }

    /// <summary>A path relative to a folder, or null when it can name no file.</summary>
    public static string? Resolve(string path, string folder) => path.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(path, folder);

    /// <summary>A JSON object.</summary>
    public static Result<JsonElement> ReadObject(string path) => Read(path, JsonValueKind.Object, new("JSON 对象", "a JSON object"));
}
