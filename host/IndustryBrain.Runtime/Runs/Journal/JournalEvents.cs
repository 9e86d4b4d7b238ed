using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>Part of a commit as one row of the journal keeps it.</summary>
/// <param name="Count">Number of events.</param>
/// <param name="Json">The events: one JSON array in which each event follows the name of its type.</param>
internal sealed record JournalPage(int Count, byte[] Json);

/// <summary>Writes the events of a commit as JSON, and reads them back.</summary>
internal static class JournalEvents
{
    /// <summary>Levels that an event may nest, its values included.</summary>
    public const int MaxDepth = 512;

    /// <summary>Bytes after which a commit goes on in a further row.</summary>
    private const int PageBytes = 4 * 1024 * 1024;

    // Chinese text as it is: a third of what it takes escaped.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = MaxDepth };
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = MaxDepth };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static IReadOnlyList<JournalPage> Write(IReadOnlyList<object> events)
    {
        var (buffer, writer) = Rent();
        List<JournalPage>? earlier = null;
        var count = 0;
        writer.WriteStartArray();
        for (var i = 0; i < events.Count; i++)
        {
            Write(writer, events[i]);
            count++;
            if (writer.BytesCommitted + writer.BytesPending < PageBytes || i == events.Count - 1)
                continue;
            writer.WriteEndArray();
            writer.Flush();
            (earlier ??= []).Add(new(count, buffer.WrittenSpan.ToArray()));
            (buffer, writer) = Rent();
            count = 0;
            writer.WriteStartArray();
        }

        writer.WriteEndArray();
        writer.Flush();
        var last = new JournalPage(count, buffer.WrittenSpan.ToArray());
        return earlier is null ? [last] : [.. earlier, last];
    }

    /// <summary>One value, such as a run's record, in the same dialect.</summary>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> type)
    {
        var (buffer, writer) = Rent();
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a row.</summary>
    /// <param name="json">The row's events.</param>
    /// <param name="version">Version of the first.</param>
    /// <param name="isWanted">Which versions are read; others are passed over.</param>
    /// <param name="into">Where to.</param>
    public static void Read(ReadOnlySpan<byte> json, long version, Func<long, bool> isWanted, List<object> into)
    {
        var reader = new Utf8JsonReader(json, Reading);
        reader.Read();
        for (; reader.Read() && reader.TokenType == JsonTokenType.String; version++)
        {
            var type = reader.GetString()!;
            reader.Read();
            if (isWanted(version))
                into.Add(Read(ref reader, type));
            else
                reader.Skip();
        }
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Rent()
    {
        // A buffer that once took a large value is not kept for the small ones.
        if (_buffer is not { Capacity: < PageBytes } buffer || _writer is not { } writer)
            return (_buffer = new(4096), _writer = new(_buffer, Writing));
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        return (buffer, writer);
    }

    private static void Write(Utf8JsonWriter writer, object entry)
    {
        switch (entry)
        {
            case StepEnded e:
                Write(writer, "step_ended"u8, e, JournalJson.Default.StepEnded);
                break;
            case StepBegan e:
                Write(writer, "step_began"u8, e, JournalJson.Default.StepBegan);
                break;
            case LineRecorded e:
                Write(writer, "line_recorded"u8, e, JournalJson.Default.LineRecorded);
                break;
            case RunEnded e:
                Write(writer, "run_ended"u8, e, JournalJson.Default.RunEnded);
                break;
            case RunPaused e:
                Write(writer, "run_paused"u8, e, JournalJson.Default.RunPaused);
                break;
            case StepWaits e:
                Write(writer, "step_waits"u8, e, JournalJson.Default.StepWaits);
                break;
            case StepContinued e:
                Write(writer, "step_continued"u8, e, JournalJson.Default.StepContinued);
                break;
            case RunAccepted e:
                Write(writer, "run_accepted"u8, e, JournalJson.Default.RunAccepted);
                break;
            case RunTakenOver e:
                Write(writer, "run_taken_over"u8, e, JournalJson.Default.RunTakenOver);
                break;
            case ChildAskedFor e:
                Write(writer, "child_asked_for"u8, e, JournalJson.Default.ChildAskedFor);
                break;
            case RunRepaired e:
                Write(writer, "run_repaired"u8, e, JournalJson.Default.RunRepaired);
                break;
            case AnswerGiven e:
                Write(writer, "answer_given"u8, e, JournalJson.Default.AnswerGiven);
                break;
            case PauseBegan e:
                Write(writer, "pause_began"u8, e, JournalJson.Default.PauseBegan);
                break;
            case PauseEnded e:
                Write(writer, "pause_ended"u8, e, JournalJson.Default.PauseEnded);
                break;
            default:
                throw new ArgumentException($"{entry.GetType().Name} is no event of a run.", nameof(entry));
        }
    }

    private static void Write<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T entry, JsonTypeInfo<T> type)
    {
        writer.WriteStringValue(name);
        JsonSerializer.Serialize(writer, entry, type);
    }

    private static object Read(ref Utf8JsonReader reader, string type) => type switch
    {
        "step_ended" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.StepEnded)!,
        "step_began" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.StepBegan)!,
        "line_recorded" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.LineRecorded)!,
        "run_ended" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.RunEnded)!,
        "run_paused" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.RunPaused)!,
        "step_waits" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.StepWaits)!,
        "step_continued" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.StepContinued)!,
        "run_accepted" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.RunAccepted)!,
        "run_taken_over" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.RunTakenOver)!,
        "child_asked_for" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.ChildAskedFor)!,
        "run_repaired" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.RunRepaired)!,
        "answer_given" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.AnswerGiven)!,
        "pause_began" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.PauseBegan)!,
        "pause_ended" => JsonSerializer.Deserialize(ref reader, JournalJson.Default.PauseEnded)!,
        _ => throw new JsonException($"{type} is no event of a run."),
    };
}
