using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsvHelper;
using IndustryBrain.Storage.Auditing;

namespace IndustryBrain.Identity.Auditing;

/// <summary>Writes records of the audit trail for elsewhere: as JSON lines with the proof that they are as they were, or as CSV for spreadsheets.</summary>
public sealed class AuditExport(AuditKey key, TimeProvider time)
{
    private static readonly string[] Columns = ["seq", "at", "action", "result", "code", "actorType", "actorId", "objectType", "objectId", "objectLabel", "ip", "node", "id", "link"];

    // A cell that begins so is a formula to a spreadsheet; in full width, too, which the writer does not know.
    private static readonly CsvWriterOptions Spreadsheet = new() { Injection = CsvInjection.Escape, InjectionCharacters = "=+-@\t\r\n", WriteByteOrderMark = true };

    /// <summary>Writes a line <c>{"seq":…,"link":…,"record":{…}}</c> for each record, with its canonical bytes, and a last line <c>{"export":{…},"signature":…}</c>: how many they are, the SHA-256 of all bytes before it, and the signature of this installation over <c>export</c>.</summary>
    /// <returns>The SHA-256 of the whole.</returns>
    public async Task<byte[]> WriteJsonLinesAsync(Stream output, string organization, IAsyncEnumerable<AuditEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(entries);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var line = new ArrayBufferWriter<byte>();
        var records = 0L;
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            line.ResetWrittenCount();
            Write(line, entry);
            hash.AppendData(line.WrittenSpan);
            await output.WriteAsync(line.WrittenMemory, cancellationToken);
            records++;
        }

        var body = CanonicalJson.Write(new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["v"] = 1L,
            ["chain"] = organization,
            ["records"] = records,
            ["sha256"] = Convert.ToHexStringLower(hash.GetCurrentHash()),
            ["at"] = time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["key"] = key.Id,
            ["publicKey"] = key.PublicKey,
        });
        var last = Encoding.UTF8.GetBytes($"{{\"export\":{Encoding.UTF8.GetString(body)},\"signature\":\"{Convert.ToBase64String(key.Sign(body))}\"}}\n");
        hash.AppendData(last);
        await output.WriteAsync(last, cancellationToken);
        return hash.GetHashAndReset();
    }

    /// <summary>Writes a table, UTF-8 with a mark, RFC 4180. It carries no proof.</summary>
    public static async Task WriteCsvAsync(Stream output, IAsyncEnumerable<AuditEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        await using var csv = CsvWriter.Create(output, Spreadsheet, leaveOpen: true);
        await csv.WriteRecordAsync(Columns, cancellationToken);
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            var record = entry.Record;
            await csv.WriteRecordAsync(
            [
                entry.Seq?.ToString(CultureInfo.InvariantCulture), Text(record, "at"), Text(record, "action"), Text(record, "result"), Text(record, "code"), Text(record, "actor", "type"), Text(record, "actor", "id"),
                Text(record, "object", "type"), Text(record, "object", "id"), Text(record, "object", "label"), Text(record, "source", "ip"), Text(record, "node"), Text(record, "id"), entry.Link,
            ], cancellationToken);
        }
    }

    private static void Write(ArrayBufferWriter<byte> line, AuditEntry entry)
    {
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            if (entry.Seq is { } seq)
            {
                json.WriteNumber("seq", seq);
                json.WriteString("link", entry.Link);
            }

            // As it is: these bytes are what the chain links.
            json.WritePropertyName("record");
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(entry.Record), skipInputValidation: true);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
    }

    private static string? Text(JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
                return null;
        }

        return json.GetString() is ['＝' or '＋' or '－' or '＠', ..] formula ? "'" + formula : json.GetString();
    }
}
