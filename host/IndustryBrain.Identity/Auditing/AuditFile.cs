using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IndustryBrain.Identity.Auditing;

/// <summary>What a file of records says of itself.</summary>
/// <param name="Organization">Whose chain; null when the file does not end with what an export ends with.</param>
/// <param name="Records">Records in it.</param>
/// <param name="Linked">Records whose link follows from the record before them in the file.</param>
/// <param name="KeyId">The key that signed.</param>
/// <param name="Fault">What is wrong, or null: <c>altered</c>, <c>truncated</c>, <c>signature</c>, <c>checkpoint</c>.</param>
/// <param name="Seq">Number of the first record that is wrong; null when none can be named.</param>
internal sealed record AuditFileReport(string? Organization, long Records, long Linked, string? KeyId, string? Fault, long? Seq);

/// <summary>Checks exported or archived records without a host and its database.</summary>
internal static class AuditFile
{
    private const int IdLength = 16;

    /// <summary>Checks links, number, digest and signature.</summary>
    /// <param name="file">JSON lines as <c>GET /audit/export</c> and the archive write them.</param>
    /// <param name="publicKey">The key that must have signed, PEM; null for the one that the file names.</param>
    /// <param name="checkpoints">Lines of <c>checkpoints.txt</c> that the chain must agree with.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CryptographicException">The given key is none.</exception>
    internal static async Task<AuditFileReport> CheckAsync(Stream file, string? publicKey, IEnumerable<string> checkpoints, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var links = new Dictionary<long, byte[]>();
        List<(long Seq, byte[] Link, byte[] Body)> sealedRecords = [];
        var (records, last) = (0L, default(JsonElement));
        using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        while (await reader.ReadLineAsync(cancellationToken) is { } text)
        {
            if (Read(text) is not { } line)
                return new(null, records, 0, null, "altered", null);
            if (line.TryGetProperty("export", out _))
            {
                last = line;
                break;
            }

            hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
            records++;
            if (line.TryGetProperty("seq", out var number) && number.TryGetInt64(out var seq) && line.TryGetProperty("link", out var link) && Hex(link) is { } bytes && line.TryGetProperty("record", out var record))
            {
                if (!links.TryAdd(seq, bytes))
                    return new(null, records, 0, null, "altered", seq);
                sealedRecords.Add((seq, bytes, JsonMarshal.GetRawUtf8Value(record).ToArray()));
            }
        }

        if (last.ValueKind != JsonValueKind.Object || !last.TryGetProperty("export", out var export) || export.ValueKind != JsonValueKind.Object || Text(export, "chain") is not { } organization)
            return new(null, records, 0, null, "truncated", null);
        var (linked, broken) = Follow(organization, sealedRecords, links);
        var keyId = Text(export, "key");
        var report = new AuditFileReport(organization, records, linked, keyId, null, null);
        if (broken is { } at)
            return report with { Fault = "altered", Seq = at };
        using var signer = ECDsa.Create();
        signer.ImportFromPem(publicKey ?? Text(export, "publicKey") ?? "");
        if (!Verifies(signer, JsonMarshal.GetRawUtf8Value(export), Text(last, "signature")) || keyId != Convert.ToHexStringLower(SHA256.HashData(signer.ExportSubjectPublicKeyInfo()))[..IdLength])
            return report with { Fault = "signature" };
        if (Text(export, "sha256") != Convert.ToHexStringLower(hash.GetCurrentHash()) || export.GetProperty("records").GetInt64() != records || await reader.ReadLineAsync(cancellationToken) is not null)
            return report with { Fault = "altered" };
        return Disagreeing(signer, organization, links, checkpoints) is { } checkpoint ? report with { Fault = "checkpoint", Seq = checkpoint } : report;
    }

    private static (long Linked, long? Broken) Follow(string organization, List<(long Seq, byte[] Link, byte[] Body)> records, Dictionary<long, byte[]> links)
    {
        var linked = 0L;
        foreach (var (seq, link, body) in records.OrderBy(r => r.Seq))
        {
            var before = seq == 1 ? AuditChain.Start(organization) : links.GetValueOrDefault(seq - 1);
            if (before is null)
                continue;
            if (!AuditChain.Link(before, seq, body).AsSpan().SequenceEqual(link))
                return (linked, seq);
            linked++;
        }

        return (linked, null);
    }

    private static long? Disagreeing(ECDsa signer, string organization, Dictionary<long, byte[]> links, IEnumerable<string> checkpoints)
    {
        foreach (var line in checkpoints)
        {
            if (line.LastIndexOf(' ') is not (> 0 and var blank) || Read(line[..blank]) is not { } body || Text(body, "chain") != organization || !Verifies(signer, Encoding.UTF8.GetBytes(line[..blank]), line[(blank + 1)..]))
                continue;
            if (body.GetProperty("seq").GetInt64() is var seq && links.TryGetValue(seq, out var link) && Text(body, "link") != Convert.ToHexStringLower(link))
                return seq;
        }

        return null;
    }

    private static bool Verifies(ECDsa signer, ReadOnlySpan<byte> data, string? signature)
    {
        var bytes = new byte[signature?.Length ?? 0];
        return signature is not null && Convert.TryFromBase64String(signature, bytes, out var length) && signer.VerifyData(data, bytes.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    private static JsonElement? Read(string line)
    {
        try
        {
            return JsonElement.Parse(line) is { ValueKind: JsonValueKind.Object } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Hex(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? Convert.FromHexString(json.GetString()!) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
