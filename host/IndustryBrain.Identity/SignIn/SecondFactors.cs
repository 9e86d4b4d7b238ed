using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using Npgsql;

namespace IndustryBrain.Identity.SignIn;

/// <summary>The second factors of people: codes of time, each once, and recovery codes, each once.</summary>
internal sealed class SecondFactors(Database database, FactorKey key, TimeProvider time)
{
    private const int RecoveryCodes = 10;
    private const int RecoveryBytes = 10;

    /// <summary>True when the person has set one up.</summary>
    internal async Task<bool> HasAsync(string person, CancellationToken ct)
    {
        await using var command = Command("select exists (select from second_factor where person = $1 and confirmed_at is not null)", person);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The secret that the person's authenticator is to take; the same one until a code of it was given.</summary>
    internal async Task<Result<byte[]>> ProposeAsync(string person, CancellationToken ct)
    {
        await using (var insert = Command("insert into second_factor (person, secret) values ($1, $2) on conflict (person) do nothing", person, key.Encrypt(NewSecret(), person)))
        {
            await insert.ExecuteNonQueryAsync(ct);
        }

        await using var read = Command("select secret from second_factor where person = $1 and confirmed_at is null", person);
        return await read.ExecuteScalarAsync(ct) is byte[] stored ? key.Decrypt(stored, person) : SignInFailures.FactorExists;
    }

    /// <summary>Takes the factor into use when the code is right.</summary>
    /// <returns>Recovery codes, which are shown once; or IB4023.</returns>
    internal async Task<Result<IReadOnlyList<string>>> ConfirmAsync(string person, string code, AuditRecord record, CancellationToken ct)
    {
        if (!(await ProposeAsync(person, ct)).TryGet(out var secret, out var failure)) return failure;
        if (TimeCodes.FindStep(secret, Clean(code), time.GetUtcNow()) is not { } step) return SignInFailures.CodeWrong;
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var confirm = Command(connection, "update second_factor set confirmed_at = $2, last_step = $3 where person = $1 and confirmed_at is null", person, time.GetUtcNow(), step))
        {
            if (await confirm.ExecuteNonQueryAsync(ct) == 0) return SignInFailures.FactorExists;
        }

        var codes = await NewRecoveryCodesAsync(connection, person, ct);
        await AuditTrail.InsertAsync(connection, record, ct);
        await transaction.CommitAsync(ct);
        return new Result<IReadOnlyList<string>>(codes);
    }

    /// <summary>A secret as it is stored of this person.</summary>
    internal byte[] Encrypt(string person, byte[] secret) => key.Encrypt(secret, person);

    /// <summary>Makes recovery codes anew; those before are void.</summary>
    internal async Task<IReadOnlyList<string>> RenewRecoveryCodesAsync(string person, AuditRecord record, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var codes = await NewRecoveryCodesAsync(connection, person, ct);
        await AuditTrail.InsertAsync(connection, record, ct);
        await transaction.CommitAsync(ct);
        return codes;
    }

    /// <summary>How many recovery codes are left.</summary>
    internal async Task<long> CountRecoveryCodesAsync(string person, CancellationToken ct)
    {
        await using var command = Command("select count(*) from recovery_code where person = $1 and used_at is null", person);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Null when the code is one of time, of a step that was not used, or an unused recovery code; else IB4023 or IB4026. Whoever asks counts the failures.</summary>
    internal async Task<Failure?> UseAsync(string person, string code, CancellationToken ct)
    {
        var clean = Clean(code);
        await using (var use = Command("update recovery_code set used_at = $3 where person = $1 and hash = $2 and used_at is null", person, HashOf(clean), time.GetUtcNow()))
        {
            if (await use.ExecuteNonQueryAsync(ct) == 1) return null;
        }

        await using var read = Command("select secret from second_factor where person = $1 and confirmed_at is not null", person);
        if (await read.ExecuteScalarAsync(ct) is not byte[] stored) return SignInFailures.CodeWrong;
        if (!key.Decrypt(stored, person).TryGet(out var secret, out var failure)) return failure;
        if (TimeCodes.FindStep(secret, clean, time.GetUtcNow()) is not { } step) return SignInFailures.CodeWrong;
        await using var once = Command("update second_factor set last_step = $2 where person = $1 and last_step < $2", person, step);
        return await once.ExecuteNonQueryAsync(ct) == 1 ? null : SignInFailures.CodeWrong;
    }

    internal static byte[] NewSecret() => RandomNumberGenerator.GetBytes(TimeCodes.SecretBytes);

    private static async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(NpgsqlConnection connection, string person, CancellationToken ct)
    {
        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => TimeCodes.ToText(RandomNumberGenerator.GetBytes(RecoveryBytes)))];
        await using var renew = Command(connection, "delete from recovery_code where person = $1", person);
        await renew.ExecuteNonQueryAsync(ct);
        await using var insert = Command(connection, "insert into recovery_code (person, hash) select $1, unnest($2)", person, codes.Select(HashOf).ToArray());
        await insert.ExecuteNonQueryAsync(ct);
        return [.. codes.Select(c => string.Join('-', c.Chunk(4).Select(part => new string(part))))];
    }

    // 80 random bits need no slow hash.
    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes("recovery/" + code));

    private static string Clean(string? code) => string.Concat((code ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private NpgsqlCommand Command(string sql, params object[] values) => Add(database.DataSource.CreateCommand(sql), values);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values) => Add(new NpgsqlCommand(sql, connection), values);

    private static NpgsqlCommand Add(NpgsqlCommand command, object[] values)
    {
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
