using System.Globalization;
using System.Text.Json;
using IndustryBrain.Storage.Auditing;
using Npgsql;

namespace IndustryBrain.Identity.Auditing;

/// <summary>Where the chain of an organization begins in the database: what was before has left for a file. It is signed, and named as what it is, so that no checkpoint passes for one.</summary>
/// <param name="Seq">Number of the last record that left.</param>
/// <param name="Link">Its link.</param>
/// <param name="IsSigned">True when the key of this installation says so.</param>
internal sealed record AuditBase(long Seq, byte[] Link, bool IsSigned)
{
    private const string Kind = "base";

    /// <summary>The beginning of a chain of which nothing has left.</summary>
    internal static AuditBase None(string organization) => new(0, AuditChain.Start(organization), IsSigned: true);

    /// <summary>What is signed, in canonical form.</summary>
    internal static byte[] Compose(AuditKey key, string organization, long seq, byte[] link, string file, byte[] sha256, DateTimeOffset at) => CanonicalJson.Write(new SortedDictionary<string, object?>(StringComparer.Ordinal)
    {
        ["v"] = 1L,
        ["kind"] = Kind,
        ["chain"] = organization,
        ["seq"] = seq,
        ["link"] = Convert.ToHexStringLower(link),
        ["file"] = file,
        ["sha256"] = Convert.ToHexStringLower(sha256),
        ["at"] = at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["key"] = key.Id,
    });

    /// <summary>The base of an organization's chain.</summary>
    internal static async Task<AuditBase> ReadAsync(NpgsqlConnection connection, string organization, AuditKey key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select seq, body, signature from audit_base where organization = $1 order by seq desc limit 1", connection) { Parameters = { new() { Value = organization } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return None(organization);
        var (seq, body) = (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
        try
        {
            var json = JsonElement.Parse(body);
            var isSigned = key.Verify(body, reader.GetFieldValue<byte[]>(2)) && json.GetProperty("kind").GetString() == Kind && json.GetProperty("chain").GetString() == organization && json.GetProperty("seq").GetInt64() == seq;
            return new(seq, Convert.FromHexString(json.GetProperty("link").GetString()!), isSigned);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return None(organization) with { IsSigned = false };
        }
    }
}
