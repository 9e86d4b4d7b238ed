using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli;

/// <summary>Reads files that people wrote.</summary>
internal static class JsonFile
{
    public static Result<byte[]> ReadBytes(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return CliFailures.FileNotReadable(path);
        }
    }

    public static Result<JsonElement> Read(string path, JsonValueKind kind, LocalizedText expected)
    {
        if (!ReadBytes(path).TryGet(out var bytes, out var failure))
        {
            return failure;
        }

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
