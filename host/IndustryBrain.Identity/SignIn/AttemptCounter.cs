using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Identity.SignIn;

/// <summary>
/// Counts attempts to sign in, in the database and before they are judged: however many come at once, and to whatever host, no more are judged than the options let.
/// Names are counted whether somebody has them or not, so that nobody learns which exist.
/// </summary>
internal sealed class AttemptCounter(Database database, IOptions<SignInOptions> options, TimeProvider time)
{
    // A row that was locked lets nothing in until then; one whose window is over begins anew.
    private const string Count = """
        insert into sign_in_attempt as a (key, count, since, locked_until) values ($1, 1, $2, case when $4 <= 1 then $2 + $5 end)
        on conflict (key) do update set
            count = case when a.locked_until > $2 then a.count + 1 when a.since <= $2 - $3 or a.locked_until is not null then 1 else a.count + 1 end,
            since = case when a.locked_until > $2 then a.since when a.since <= $2 - $3 or a.locked_until is not null then $2 else a.since end,
            locked_until = case
                when a.locked_until > $2 then a.locked_until
                when (case when a.since <= $2 - $3 or a.locked_until is not null then 1 else a.count + 1 end) >= $4 then $2 + $5 end
        returning count
        """;

    /// <summary>Takes an attempt of an address: IB4022 when there were too many, and whether it is the first that is refused.</summary>
    internal async Task<(Failure? Refusal, bool IsFirst)> TakeAddressAsync(string address, CancellationToken ct)
    {
        var minute = TimeSpan.FromMinutes(1);
        var count = await CountAsync("address/" + address, minute, options.Value.AddressAttemptsPerMinute + 1, minute, ct);
        return (count > options.Value.AddressAttemptsPerMinute ? SignInFailures.TooManyAttempts : null, count == options.Value.AddressAttemptsPerMinute + 1);
    }

    /// <summary>Takes an attempt for a name: IB4021 when the name is locked. It counts as a failure until <see cref="GiveBackAsync"/> or <see cref="ForgetAsync"/>.</summary>
    /// <returns>The refusal, and whether the name is locked if this attempt fails.</returns>
    internal async Task<(Failure? Refusal, bool Locks)> TakeNameAsync(string foldedName, CancellationToken ct)
    {
        var (most, window, locked) = (options.Value.Attempts, TimeSpan.FromMinutes(options.Value.AttemptMinutes), TimeSpan.FromMinutes(options.Value.LockMinutes));
        var count = await CountAsync(KeyOf(foldedName), window, most, locked, ct);
        return (count > most ? SignInFailures.Locked(options.Value.LockMinutes) : null, count == most);
    }

    /// <summary>The attempt was right, but there is another step before the person is in: it no longer counts, those before do.</summary>
    internal Task GiveBackAsync(string foldedName, CancellationToken ct) =>
        ExecuteAsync("update sign_in_attempt set count = greatest(count - 1, 0), locked_until = null where key = $1 and count <= $2", ct, KeyOf(foldedName), options.Value.Attempts);

    /// <summary>The person is in: their failures are forgotten.</summary>
    internal Task ForgetAsync(string foldedName, CancellationToken ct) => ExecuteAsync("delete from sign_in_attempt where key = $1", ct, KeyOf(foldedName));

    /// <summary>Deletes rows that no longer say anything.</summary>
    internal Task SweepAsync(CancellationToken ct) => ExecuteAsync(
        "delete from sign_in_attempt where since < $1 and (locked_until is null or locked_until < $2)", ct, time.GetUtcNow() - TimeSpan.FromMinutes(options.Value.AttemptMinutes), time.GetUtcNow());

    // What people type into the field of the name may be their password.
    internal static string KeyOf(string foldedName) => "name/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(foldedName)));

    private async Task<int> CountAsync(string key, TimeSpan window, int most, TimeSpan locked, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand(Count);
        Add(command, key, time.GetUtcNow(), window, most, locked);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        Add(command, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
    }
}
