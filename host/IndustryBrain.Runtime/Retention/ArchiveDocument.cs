using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;

namespace IndustryBrain.Runtime.Retention;

/// <summary>What the archive keeps of a run: one JSON document with its record, its journal and its tasks, as they were on record.</summary>
internal static class ArchiveDocument
{
    private const string Format = "industrybrain.run";
    private const int FormatVersion = 1;
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JournalEvents.MaxDepth + 8, SkipValidation = true };

    /// <summary>Writes a run.</summary>
    /// <param name="organization">Its organization.</param>
    /// <param name="record">Its record, JSON.</param>
    /// <param name="pages">Rows of its journal: version of the first event and the events.</param>
    /// <param name="tasks">Its tasks with what happened to them, a JSON array.</param>
    public static byte[] Write(string organization, string record, IReadOnlyList<(long Version, byte[] Events)> pages, string tasks)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("formatVersion", FormatVersion);
            writer.WriteString("organization", organization);
            writer.WritePropertyName("record");
            writer.WriteRawValue(record, skipInputValidation: true);
            writer.WriteStartArray("journal");
            foreach (var (version, events) in pages)
            {
                writer.WriteStartObject();
                writer.WriteNumber("version", version);
                writer.WritePropertyName("events");
                writer.WriteRawValue(events, skipInputValidation: true);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WritePropertyName("tasks");
            writer.WriteRawValue(tasks, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a run back.</summary>
    public static RecordedRun Read(ReadOnlyMemory<byte> document)
    {
        using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = JournalEvents.MaxDepth + 8 });
        var record = json.RootElement.GetProperty("record").Deserialize(JournalJson.Default.RunRecord)!;
        List<object> events = [];
        foreach (var page in json.RootElement.GetProperty("journal").EnumerateArray())
            JournalEvents.Read(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(page.GetProperty("events")), page.GetProperty("version").GetInt64(), static _ => true, events);
        return new(record, null, events);
    }

    public static byte[] Compress(byte[] document)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(document);
        return compressed.ToArray();
    }

    public static byte[] Expand(byte[] content, long size)
    {
        using var gzip = new GZipStream(new MemoryStream(content, writable: false), CompressionMode.Decompress);
        // What was altered may claim to be of any size.
        var document = new byte[size];
        gzip.ReadExactly(document);
        return gzip.ReadByte() < 0 ? document : throw new InvalidDataException("There is more than was archived.");
    }
}
