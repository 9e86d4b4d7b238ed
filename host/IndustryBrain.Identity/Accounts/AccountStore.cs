using IndustryBrain.Identity.Passkeys;
using IndustryBrain.Storage;
using Marten;
using Microsoft.AspNetCore.Identity;

namespace IndustryBrain.Identity.Accounts;

/// <summary>The accounts for ASP.NET Core Identity, as documents that belong to no organization.</summary>
internal sealed class AccountStore(IOrganizationSessions sessions, PasskeyStore passkeys) : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserPasskeyStore<Account>
{
    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        await using var session = sessions.OpenPlatform();
        session.Insert(user);
        await session.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        await using var session = sessions.OpenPlatform();
        session.Store(user);
        await session.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    // An account keeps its names for ever: who must not sign in is disabled.
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException("An account is disabled, never deleted.");

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        await using var session = sessions.OpenPlatform();
        return await session.LoadAsync<Account>(userId, cancellationToken);
    }

    public async Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        await using var session = sessions.OpenPlatform();
        return await session.Query<Account>().SingleOrDefaultAsync(a => a.FoldedName == normalizedUserName, cancellationToken);
    }

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException("A user name does not change.");

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.FoldedName);

    // It follows from the name.
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public async Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        await passkeys.StoreAsync(Passkey.Of(passkey, user.Id, passkey.Name ?? user.UserName), cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) => [.. (await passkeys.OfPersonAsync(user.Id, cancellationToken)).Select(p => p.ToInfo())];

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(Passkey.IdOf(credentialId), cancellationToken) is { } passkey ? await FindByIdAsync(passkey.Person, cancellationToken) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(Passkey.IdOf(credentialId), cancellationToken) is { } passkey && passkey.Person == user.Id ? passkey.ToInfo() : null;

    public async Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Passkey.IdOf(credentialId);
        await using var session = sessions.OpenPlatform();
        session.DeleteWhere<Passkey>(p => p.Id == id && p.Person == user.Id);
        await session.SaveChangesAsync(cancellationToken);
    }

    public void Dispose()
    {
    }
}
