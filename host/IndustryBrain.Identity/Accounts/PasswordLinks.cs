using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Identity.Accounts;

/// <summary>One-time links by which people set a new password: stored hashed, good for minutes.</summary>
internal sealed class PasswordLinks(Database database, IOptions<PasswordPolicy> policy, TimeProvider time)
{
    internal const string PagePath = "/reset";
    private const int TokenBytes = 32;

    private DateTimeOffset End => time.GetUtcNow().AddMinutes(policy.Value.ResetMinutes);

    /// <summary>Makes a link in place of those that the person had.</summary>
    internal async Task<(string Path, byte[] Hash, DateTimeOffset ExpiresAt)> MakeAsync(string person, bool isActive, CancellationToken ct)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var (hash, end) = (HashOf(token), End);
        await using var command = Command(
            "with old as (delete from password_link where person = $2 and (is_active or expires_at < now())) insert into password_link (hash, person, expires_at, is_active) values ($1, $2, $3, $4)", hash, person, end, isActive);
        await command.ExecuteNonQueryAsync(ct);
        return ($"{PagePath}/{token}", hash, end);
    }

    /// <summary>Lets a link hold from now on.</summary>
    internal async Task<bool> ActivateAsync(byte[] hash, CancellationToken ct)
    {
        await using var command = Command("update password_link set is_active = true, expires_at = $2 where hash = $1 and not is_active", hash, End);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Whose password the link sets, or IB4121.</summary>
    internal async Task<Result<string>> FindAsync(string token, CancellationToken ct)
    {
        await using var command = Command("select person from password_link where hash = $1 and is_active and expires_at > $2", HashOf(token), time.GetUtcNow());
        return await command.ExecuteScalarAsync(ct) is string person ? person : AccountFailures.LinkInvalid;
    }

    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.DataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
