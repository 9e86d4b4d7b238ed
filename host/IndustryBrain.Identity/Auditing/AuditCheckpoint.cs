using System.Globalization;
using System.Text;
using System.Text.Json;
using IndustryBrain.Storage.Auditing;

namespace IndustryBrain.Identity.Auditing;

/// <summary>Where a chain stood, signed: what was sealed up to here cannot be made anew by anybody without the key.</summary>
/// <param name="Organization">Whose chain.</param>
/// <param name="Seq">Number of the last sealed record.</param>
/// <param name="Link">Its link, lower-case hexadecimal.</param>
/// <param name="At">When.</param>
/// <param name="KeyId">The key that signed.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 over <see cref="Body"/>.</param>
internal sealed record AuditCheckpoint(string Organization, long Seq, string Link, DateTimeOffset At, string KeyId, byte[] Signature)
{
    /// <summary>What is signed, in canonical form.</summary>
    internal byte[] Body { get; private init; } = [];

    internal static AuditCheckpoint Sign(AuditKey key, string organization, long seq, byte[] link, DateTimeOffset at)
    {
        var text = Convert.ToHexStringLower(link);
        var body = CanonicalJson.Write(new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["v"] = 1L,
            ["chain"] = organization,
            ["seq"] = seq,
            ["link"] = text,
            ["at"] = at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["key"] = key.Id,
        });
        return new(organization, seq, text, at, key.Id, key.Sign(body)) { Body = body };
    }

    /// <returns>The checkpoint, or null when these bytes are none.</returns>
    internal static AuditCheckpoint? Read(byte[] body, byte[] signature)
    {
        try
        {
            var json = JsonElement.Parse(body);
            return new(json.GetProperty("chain").GetString()!, json.GetProperty("seq").GetInt64(), json.GetProperty("link").GetString()!, json.GetProperty("at").GetDateTimeOffset(), json.GetProperty("key").GetString()!, signature) { Body = body };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>One line of a file: what is signed, a blank, the signature in Base64.</summary>
    internal string ToLine() => $"{Encoding.UTF8.GetString(Body)} {Convert.ToBase64String(Signature)}";

    /// <returns>The checkpoint, or null when the line is none.</returns>
    internal static AuditCheckpoint? FromLine(string line)
    {
        var signature = new byte[line.Length];
        return line.LastIndexOf(' ') is > 0 and var blank && Convert.TryFromBase64String(line[(blank + 1)..], signature, out var length)
            ? Read(Encoding.UTF8.GetBytes(line[..blank]), signature[..length])
            : null;
    }
}
