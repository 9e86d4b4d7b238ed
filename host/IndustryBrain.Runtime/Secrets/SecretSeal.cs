using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Storage;
using JasperFx;
using Marten;
using Microsoft.AspNetCore.DataProtection;

namespace IndustryBrain.Runtime.Secrets;

/// <summary>Encrypts secrets in envelopes: each value under the data key of its organization, and that key under those of Data Protection. What a value belongs to is authenticated with it, so that it opens nowhere else.</summary>
internal sealed class SecretSeal(IOrganizationSessions sessions, IDataProtectionProvider protection, TimeProvider time)
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Encrypts a value.</summary>
    public async Task<string> SealAsync(string organization, string name, string? environment, int version, string value, CancellationToken ct)
    {
        var key = await OpenKeyAsync(organization, ct) ?? await MakeKeyAsync(organization, ct);
        var text = Encoding.UTF8.GetBytes(value);
        try
        {
            var content = new byte[NonceBytes + text.Length + TagBytes];
            RandomNumberGenerator.Fill(content.AsSpan(0, NonceBytes));
            using var aes = new AesGcm(key, TagBytes);
            aes.Encrypt(content.AsSpan(0, NonceBytes), text, content.AsSpan(NonceBytes, text.Length), content.AsSpan(NonceBytes + text.Length), Place(organization, name, environment, version));
            return Convert.ToBase64String(content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>Decrypts a value; null when it was altered, comes from elsewhere, or its keys are not there.</summary>
    public async Task<string?> OpenAsync(string organization, string name, SealedValue value, CancellationToken ct)
    {
        byte[]? key = null;
        try
        {
            var content = Convert.FromBase64String(value.Content);
            key = await OpenKeyAsync(organization, ct);
            if (key is null || content.Length < NonceBytes + TagBytes)
                return null;
            var text = new byte[content.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(content.AsSpan(0, NonceBytes), content.AsSpan(NonceBytes, text.Length), content.AsSpan(NonceBytes + text.Length), text, Place(organization, name, value.Environment, value.Version));
            var opened = Encoding.UTF8.GetString(text);
            CryptographicOperations.ZeroMemory(text);
            return opened;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private async Task<byte[]?> OpenKeyAsync(string organization, CancellationToken ct)
    {
        await using var session = sessions.Query(organization);
        return await session.LoadAsync<DataKey>(DataKey.TheOne, ct) is { } kept ? Protector(organization).Unprotect(Convert.FromBase64String(kept.Wrapped)) : null;
    }

    private async Task<byte[]> MakeKeyAsync(string organization, CancellationToken ct)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        await using var session = sessions.Open(organization);
        session.Insert(new DataKey { Wrapped = Convert.ToBase64String(Protector(organization).Protect(key)), CreatedAt = time.GetUtcNow() });
        try
        {
            await session.SaveChangesAsync(ct);
            return key;
        }
        catch (DocumentAlreadyExistsException)
        {
            // Somebody else made it at the same moment: theirs holds.
            CryptographicOperations.ZeroMemory(key);
            return (await OpenKeyAsync(organization, ct))!;
        }
    }

    private IDataProtector Protector(string organization) => protection.CreateProtector("IndustryBrain.Secrets.DataKey", organization);

    private static byte[] Place(string organization, string name, string? environment, int version) => Encoding.UTF8.GetBytes(FormattableString.Invariant($"{organization}\n{name}\n{environment}\n{version}"));
}
