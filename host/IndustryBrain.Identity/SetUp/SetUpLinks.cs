using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Identity.SetUp;

/// <summary>A link by which one person becomes an administrator.</summary>
/// <param name="Role">Which one.</param>
/// <param name="Secret">What their authenticator is to take.</param>
internal sealed record SetUpLink(string Role, byte[] Secret);

/// <summary>The one-time links of the set-up: stored hashed, printed by the start that made them, good for a day.</summary>
internal sealed class SetUpLinks(Database database, SetUpState state, FactorKey key, TimeProvider time)
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private const int TokenBytes = 32;

    /// <summary>Makes a link for each role that nobody has yet; those of earlier starts hold as long as they do, so that nodes that start together do not void each other's.</summary>
    internal async Task<IReadOnlyList<(string Role, string Path)>> MakeAsync(CancellationToken ct)
    {
        if (!await state.IsOpenAsync(ct)) return [];
        await using var old = database.DataSource.CreateCommand("delete from set_up_link where expires_at <= $1");
        old.Parameters.Add(new() { Value = time.GetUtcNow() });
        await old.ExecuteNonQueryAsync(ct);
        var links = new List<(string, string)>();
        foreach (var role in await state.MissingAsync(ct))
        {
            var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
            await using var command = database.DataSource.CreateCommand("insert into set_up_link (hash, role, expires_at, secret) values ($1, $2, $3, $4)");
            foreach (var value in new object[] { HashOf(token), role, time.GetUtcNow() + Lifetime, key.Encrypt(SecondFactors.NewSecret(), "link/" + role) }) command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync(ct);
            links.Add((role, $"{PageRequest.SetUpPage}/{token}"));
        }

        return links;
    }

    /// <summary>The link of this token, or IB4039.</summary>
    internal async Task<Result<SetUpLink>> FindAsync(string token, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand("select role, secret from set_up_link where hash = $1 and expires_at > $2");
        command.Parameters.Add(new() { Value = HashOf(token) });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return SignInFailures.LinkInvalid;
        var role = reader.GetString(0);
        return key.Decrypt(reader.GetFieldValue<byte[]>(1), "link/" + role).TryGet(out var secret, out var failure) ? new SetUpLink(role, secret) : failure;
    }

    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
