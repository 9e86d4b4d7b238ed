using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using Npgsql;

namespace IndustryBrain.Identity.Sessions;

/// <summary>The sessions in the database. A session is found by the hash of what its cookie holds.</summary>
internal sealed class SessionStore(Database database, TimeProvider time)
{
    private const int TokenBytes = 32;
    private const int LongestBrowser = 300;
    private const string Columns = "id, person, organization, stamp, created_at, seen_at, confirmed_at, has_factor, address, browser, method";

    /// <summary>Begins a session; the oldest ones of the person end where there are too many.</summary>
    /// <returns>The session, what its cookie holds, and those that ended.</returns>
    internal async Task<(Session Session, string Token, IReadOnlyList<string> Ended)> BeginAsync(string person, string organization, string stamp, bool hasFactor, string method, string address, string browser, int most, Func<Session, AuditRecord> record, CancellationToken ct)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var hash = HashOf(token);
        var now = time.GetUtcNow();
        var session = new Session(Session.IdOf(hash), person, organization, now, now, now, hasFactor, address, browser.Length > LongestBrowser ? browser[..LongestBrowser] : browser) { Hash = hash, Stamp = stamp, Method = method };
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Two sign-ins of one person at once must not both be the last that fits.
        await ExecuteAsync(connection, "select pg_advisory_xact_lock(hashtextextended($1, 4020))", ct, person);
        await ExecuteAsync(connection, $"insert into sign_in_session ({Columns}) values ($1, $2, $3, $4, $5, $5, $5, $6, $7, $8, $9)", ct, hash, person, organization, stamp, now, hasFactor, address, session.Browser, method);
        var ended = await ReadIdsAsync(connection, """
            update sign_in_session set ended_at = $2 where id in
                (select id from sign_in_session where person = $1 and ended_at is null and id <> $4 order by created_at desc, id offset $3)
            returning id
            """, ct, person, now, most - 1, hash);
        await AuditTrail.InsertAsync(connection, record(session), ct);
        await transaction.CommitAsync(ct);
        return (session, token, ended);
    }

    /// <summary>The session that has not been ended; whether its time is over judges <see cref="SessionReader"/>.</summary>
    internal async Task<Session?> FindAsync(byte[] hash, CancellationToken ct) =>
        (await ReadAsync($"select {Columns} from sign_in_session where id = $1 and ended_at is null", ct, hash)).FirstOrDefault();

    /// <summary>The sessions of a person that have not been ended, newest first.</summary>
    internal Task<List<Session>> OfPersonAsync(string person, CancellationToken ct) =>
        ReadAsync($"select {Columns} from sign_in_session where person = $1 and ended_at is null order by created_at desc", ct, person);

    /// <summary>The person did something.</summary>
    internal Task TouchAsync(byte[] hash, CancellationToken ct) => ExecuteAsync("update sign_in_session set seen_at = $2 where id = $1 and ended_at is null and seen_at < $2", ct, hash, time.GetUtcNow());

    /// <summary>The person gave their password again.</summary>
    internal Task ConfirmAsync(byte[] hash, CancellationToken ct) => ExecuteAsync("update sign_in_session set confirmed_at = $2, seen_at = $2 where id = $1 and ended_at is null", ct, hash, time.GetUtcNow());

    /// <summary>The person acts for another organization from now on.</summary>
    internal async Task SwitchAsync(byte[] hash, string organization, AuditRecord record, CancellationToken ct) =>
        await ChangeAsync("update sign_in_session set organization = $2 where id = $1 and ended_at is null", [record], ct, hash, organization);

    /// <summary>Ends sessions of a person by their ids.</summary>
    internal async Task<int> EndAsync(string person, IReadOnlyList<byte[]> hashes, AuditRecord record, CancellationToken ct) =>
        await ChangeAsync("update sign_in_session set ended_at = $3 where person = $1 and id = any($2) and ended_at is null", [record], ct, person, hashes.ToArray(), time.GetUtcNow());

    /// <summary>Marks a session as ended whose time was over, unless it was changed since.</summary>
    internal Task ExpireAsync(Session session, CancellationToken ct) =>
        ExecuteAsync("update sign_in_session set ended_at = $2 where id = $1 and stamp = $3 and seen_at = $4 and ended_at is null", ct, session.Hash, time.GetUtcNow(), session.Stamp, session.SeenAt);

    /// <summary>Deletes sessions that ended long ago.</summary>
    internal Task SweepAsync(DateTimeOffset before, CancellationToken ct) => ExecuteAsync("delete from sign_in_session where coalesce(ended_at, seen_at) < $1", ct, before);

    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private async Task<int> ChangeAsync(string sql, IEnumerable<AuditRecord> records, CancellationToken ct, params object[] values)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var changed = await ExecuteAsync(connection, sql, ct, values);
        if (changed > 0)
        {
            foreach (var record in records) await AuditTrail.InsertAsync(connection, record, ct);
        }

        await transaction.CommitAsync(ct);
        return changed;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, sql, ct, values);
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<IReadOnlyList<string>> ReadIdsAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new List<string>();
        while (await reader.ReadAsync(ct)) ids.Add(Session.IdOf(reader.GetFieldValue<byte[]>(0)));
        return ids;
    }

    private async Task<List<Session>> ReadAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var sessions = new List<Session>();
        while (await reader.ReadAsync(ct))
        {
            var hash = reader.GetFieldValue<byte[]>(0);
            sessions.Add(new(Session.IdOf(hash), reader.GetString(1), reader.GetString(2), At(4), At(5), At(6), reader.GetBoolean(7), reader.GetString(8), reader.GetString(9)) { Hash = hash, Stamp = reader.GetString(3), Method = reader.GetString(10) });
        }

        return sessions;

        DateTimeOffset At(int column) => reader.GetFieldValue<DateTimeOffset>(column);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
