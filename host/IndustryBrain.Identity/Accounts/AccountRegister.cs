using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Identity.Accounts;

/// <summary>Makes accounts and changes their passwords; each in one transaction with its record in the audit trail.</summary>
public sealed class AccountRegister
{
    internal const int LongestName = 100;

    private readonly IOrganizationSessions _sessions;
    private readonly UserManager<Account> _users;
    private readonly PasswordCheck _passwords;
    private readonly PasswordPolicy _policy;
    private readonly TimeProvider _time;

    internal AccountRegister(IOrganizationSessions sessions, UserManager<Account> users, PasswordCheck passwords, IOptions<PasswordPolicy> policy, TimeProvider time) =>
        (_sessions, _users, _passwords, _policy, _time) = (sessions, users, passwords, policy.Value, time);

    /// <summary>Makes an account with a password.</summary>
    /// <param name="caller">Who asks; the record goes into the trail of their organization.</param>
    /// <param name="userName">What the person signs in with.</param>
    /// <param name="name">Name for people to read.</param>
    /// <param name="password">The password.</param>
    /// <param name="also">What is stored in the same transaction, such as a membership.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account, or IB4027 to IB4029 for the names, IB4030 to IB4036 for the password.</returns>
    public async Task<Result<Account>> CreateAsync(Caller caller, string userName, string name, string password, Action<IDocumentSession, Account>? also, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (UserNames.Check(userName) is { } wrong) return wrong;
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName) return SignInFailures.NameInvalid(LongestName);
        var account = New(userName, name);
        if (await _passwords.FindFlawAsync(account, password ?? "", cancellationToken) is { } flaw) return flaw;
        Set(account, password!);
        return await InsertAsync(caller, account, also, cancellationToken);
    }

    /// <summary>Makes an account of somebody who comes in by other means than a password. Refused: IB4027 to IB4029.</summary>
    internal async Task<Result<Account>> CreateWithoutPasswordAsync(Caller caller, string userName, string name, Action<IDocumentSession, Account> also, CancellationToken ct) =>
        UserNames.Check(userName) is { } wrong ? wrong : await InsertAsync(caller, New(userName, name), also, ct);

    private Account New(string userName, string name) => new($"u-{Guid.CreateVersion7(_time.GetUtcNow()):N}", userName.Trim(), name.Trim(), _time.GetUtcNow()) { SecurityStamp = NewStamp() };

    private async Task<Result<Account>> InsertAsync(Caller caller, Account account, Action<IDocumentSession, Account>? also, CancellationToken cancellationToken)
    {
        await using var session = _sessions.OpenPlatform();
        session.Insert(account);
        session.Append(caller, "account.create", "account", account.Id, label: account.UserName);
        also?.Invoke(session, account);
        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return account;
        }
        catch (Exception e) when (IsTaken(e))
        {
            return SignInFailures.UserNameTaken;
        }
    }

    /// <summary>Changes a password; the sessions of the person end with the security stamp.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="accountId">Whose password.</param>
    /// <param name="present">The one that it replaces.</param>
    /// <param name="password">The new one.</param>
    /// <param name="also">What is written in the same transaction, such as the session that goes on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account, IB4037 when the present password is wrong, or IB4030 to IB4036.</returns>
    public async Task<Result<Account>> ChangePasswordAsync(Caller caller, string accountId, string present, string password, Action<IDocumentSession, Account>? also, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.OpenPlatform();
        if (await session.LoadAsync<Account>(accountId, cancellationToken) is not { PasswordHash: not null } account || !await _users.CheckPasswordAsync(account, present ?? "")) return SignInFailures.PasswordWrong;
        if (await _passwords.FindFlawAsync(account, password ?? "", cancellationToken) is { } flaw) return flaw;
        account.FormerPasswords = [.. new[] { account.PasswordHash! }.Concat(account.FormerPasswords).Take(_policy.History - 1)];
        Set(account, password!);
        session.Store(account);
        session.Append(caller, "account.password", "account", account.Id, label: account.UserName);
        also?.Invoke(session, account);
        await session.SaveChangesAsync(cancellationToken);
        return account;
    }

    /// <summary>Sets the password of a link, which serves once; all sessions of the person end, their second factor stays.</summary>
    /// <returns>The account, IB4121, IB4038, or IB4030 to IB4036.</returns>
    internal async Task<Result<Account>> ResetPasswordAsync(string token, string password, string again, string source, CancellationToken ct)
    {
        if (password != again) return SignInFailures.PasswordsDiffer;
        await using var session = _sessions.OpenPlatform();
        await session.BeginTransactionAsync(ct);
        await using var use = new NpgsqlCommand("delete from password_link where hash = $1 and is_active and expires_at > $2 returning person", session.Connection);
        use.Parameters.Add(new() { Value = PasswordLinks.HashOf(token) });
        use.Parameters.Add(new() { Value = _time.GetUtcNow() });
        if (await use.ExecuteScalarAsync(ct) is not string person || await session.LoadAsync<Account>(person, ct) is not { PasswordHash: not null } account) return AccountFailures.LinkInvalid;
        if (await _passwords.FindFlawAsync(account, password, ct) is { } flaw) return flaw;
        account.FormerPasswords = [.. new[] { account.PasswordHash! }.Concat(account.FormerPasswords).Take(_policy.History - 1)];
        Set(account, password);
        session.Store(account);
        session.Append(new Caller(Organizations.PlatformOrganization.Id, new Actor(ActorKind.Person, account.Id, account.Name), source), "account.password", "account", account.Id, label: account.UserName);
        await session.SaveChangesAsync(ct);
        return account;
    }

    /// <summary>Gives the account another security stamp: sessions that began under the old one end.</summary>
    internal async Task<Account?> RenewStampAsync(string accountId, Action<IDocumentSession, Account> also, CancellationToken ct)
    {
        await using var session = _sessions.OpenPlatform();
        if (await session.LoadAsync<Account>(accountId, ct) is not { } account) return null;
        account.SecurityStamp = NewStamp();
        session.Store(account);
        also(session, account);
        await session.SaveChangesAsync(ct);
        return account;
    }

    private void Set(Account account, string password)
    {
        account.PasswordHash = _users.PasswordHasher.HashPassword(account, password);
        account.PasswordSetAt = _time.GetUtcNow();
        account.SecurityStamp = NewStamp();
    }

    internal static string NewStamp() => Guid.NewGuid().ToString("N");

    private static bool IsTaken(Exception? e) => e is not null && (e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } || IsTaken(e.InnerException));
}
