using System.Security.Cryptography;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Passkeys;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.SignIn;

/// <summary>Lets people in: password, then the second factor where there is one. Every attempt is counted before it is judged and stands in the trail.</summary>
internal sealed class PersonSignIn(
    AttemptCounter attempts, UserManager<Account> users, MembershipStore memberships, SecondFactors factors, PasskeyStore passkeys, AccountUses uses, SessionStore sessions, SessionReader reader,
    AuditTrail trail, IDataProtectionProvider protection, IOptions<SignInOptions> options, NobodysPassword nobody, TimeProvider time)
{
    // For so long the code may be given after the password.
    private static readonly TimeSpan TicketTime = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _tickets = protection.CreateProtector("IndustryBrain.SignIn.Ticket").ToTimeLimitedDataProtector();

    /// <summary>Judges name and password.</summary>
    /// <returns>Null when the person is in; a ticket for <see cref="GiveCodeAsync"/> when they have a second factor; or IB4020 to IB4022, IB4025.</returns>
    internal async Task<Result<string?>> GivePasswordAsync(HttpContext context, string name, string password, CancellationToken ct)
    {
        var folded = UserNames.Fold(name);
        var account = folded.Length is 0 or > UserNames.Longest ? null : await users.FindByNameAsync(folded);
        var joined = await memberships.OfPersonAsync(account?.Id ?? "", ct);
        var caller = CallerOf(account, joined, context);
        var target = account?.Id ?? AttemptCounter.KeyOf(folded)[..21];
        var (locks, refusal) = await TakeAsync(caller, target, folded, context, ct);
        if (refusal is not null) return refusal;

        var verified = (account is { PasswordHash: not null, DisabledAt: null } ? users.PasswordHasher.VerifyHashedPassword(account, account.PasswordHash, password) : nobody.Verify(password)) != PasswordVerificationResult.Failed;
        if (account is null || !verified) return await RefuseAsync(caller, target, SignInFailures.SignInWrong, locks, ct);
        if (joined.Count == 0)
        {
            await attempts.GiveBackAsync(folded, ct);
            return await RefuseAsync(caller, target, SignInFailures.NoOrganization, locks: false, ct);
        }

        var ticket = await LetInOrAskAsync(context, account, joined, hasFactor: false, Session.PasswordMethod, ct);
        if (ticket is not null) await attempts.GiveBackAsync(folded, ct);
        return new Result<string?>(ticket);
    }

    /// <summary>Lets in somebody who showed who they are, or asks for the second factor that they have.</summary>
    /// <returns>Null when the person is in, else a ticket for <see cref="GiveCodeAsync"/>.</returns>
    internal async Task<string?> LetInOrAskAsync(HttpContext context, Account account, IReadOnlyList<Membership> joined, bool hasFactor, string method, CancellationToken ct)
    {
        if (!hasFactor && (await factors.HasAsync(account.Id, ct) || await passkeys.AnyAsync(account.Id, ct))) return _tickets.Protect($"{account.Id}/{account.SecurityStamp}/{method}", TicketTime);
        await LetInAsync(context, account, joined, hasFactor, method, ct);
        return null;
    }

    /// <summary>What the person of a ticket has beside what they showed: an authenticator, a passkey.</summary>
    internal async Task<(bool Codes, bool Passkey)> FactorsOfAsync(string ticket, CancellationToken ct) =>
        Open(ticket) is [var id, _, _] ? (await factors.HasAsync(id, ct), await passkeys.AnyAsync(id, ct)) : (false, false);

    /// <summary>Takes an attempt of the address alone, for ways in that nobody guesses: a name must not be locked by them. IB4022 when there were too many.</summary>
    internal async Task<Failure?> TakeAddressAsync(HttpContext context, CancellationToken ct) => (await attempts.TakeAddressAsync(AddressOf(context), ct)).Refusal;

    /// <summary>Judges the code that follows the password.</summary>
    /// <returns>Null when the person is in, or IB4021 to IB4024, IB4026.</returns>
    internal async Task<Failure?> GiveCodeAsync(HttpContext context, string ticket, string code, CancellationToken ct)
    {
        if (Open(ticket) is not [var id, var stamp, var method] || await users.FindByIdAsync(id) is not { DisabledAt: null } account || account.SecurityStamp != stamp) return SignInFailures.SignInExpired;
        var joined = await memberships.OfPersonAsync(id, ct);
        var caller = CallerOf(account, joined, context);
        var (locks, refusal) = await TakeAsync(caller, id, account.FoldedName, context, ct);
        if (refusal is not null) return refusal;
        if (await factors.UseAsync(id, code, ct) is { } failure) return await RefuseAsync(caller, id, failure, locks, ct);
        if (joined.Count == 0) return await RefuseAsync(caller, id, SignInFailures.NoOrganization, locks: false, ct);
        await LetInAsync(context, account, joined, hasFactor: true, method, ct);
        return null;
    }

    /// <summary>The person of a session gives their password again.</summary>
    /// <returns>Null when it is right, or IB4020 to IB4022.</returns>
    internal async Task<Failure?> ConfirmAsync(HttpContext context, LiveSession live, string password, CancellationToken ct)
    {
        var caller = CallerOf(live);
        var (locks, refusal) = await TakeAsync(caller, live.Account.Id, live.Account.FoldedName, context, ct);
        if (refusal is not null) return refusal;
        if (live.Account.PasswordHash is not { } hash || users.PasswordHasher.VerifyHashedPassword(live.Account, hash, password) == PasswordVerificationResult.Failed)
            return await RefuseAsync(caller, live.Account.Id, SignInFailures.PasswordWrong, locks, ct);
        await attempts.ForgetAsync(live.Account.FoldedName, ct);
        await sessions.ConfirmAsync(live.Session.Hash, ct);
        await trail.AppendAsync(caller, "session.confirm", "session", live.Session.Id, AuditResult.Ok, null, ct);
        reader.Forget();
        return null;
    }

    /// <summary>Begins a session of somebody of whom it is known who they are.</summary>
    internal async Task LetInAsync(HttpContext context, Account account, IReadOnlyList<Membership> joined, bool hasFactor, string method, CancellationToken ct)
    {
        if (context.Features.Get<LiveSession>() is { } before)
        {
            await sessions.EndAsync(before.Account.Id, [before.Session.Hash], Audit.Compose(time.GetUtcNow(), CallerOf(before), "session.end", "session", before.Session.Id), ct);
        }

        var last = (await sessions.OfPersonAsync(account.Id, ct)).FirstOrDefault()?.Organization;
        var organization = joined.Any(m => m.Organization == last) ? last! : joined[0].Organization;
        var caller = new Caller(organization, new Actor(ActorKind.Person, account.Id, account.Name), AddressOf(context));
        var most = SessionReader.IsAdministrator(joined) ? options.Value.AdministratorSessions : options.Value.Sessions;
        var (_, token, ended) = await sessions.BeginAsync(
            account.Id, organization, account.SecurityStamp, hasFactor, method, caller.Source, context.Request.Headers.UserAgent.ToString(), most,
            session => Audit.Compose(time.GetUtcNow(), caller, "sign-in.accept", "session", session.Id, method == Session.PasswordMethod ? account.UserName : $"{account.UserName} · {method}"), ct);
        foreach (var id in ended) await trail.AppendAsync(caller, "session.end", "session", id, AuditResult.Ok, null, ct);
        await attempts.ForgetAsync(account.FoldedName, ct);
        await uses.NoteAsync(account.Id, ct);
        reader.Forget();
        SessionCookies.Begin(context, token);
    }

    internal static Caller CallerOf(LiveSession live) => new(live.Session.Organization, new Actor(ActorKind.Person, live.Account.Id, live.Account.Name), live.Session.Address);

    private async Task<(bool Locks, Failure? Refusal)> TakeAsync(Caller caller, string target, string folded, HttpContext context, CancellationToken ct)
    {
        var (flood, isFirst) = await attempts.TakeAddressAsync(AddressOf(context), ct);
        if (flood is not null)
        {
            // The trail must not be filled by who is refused anyway.
            if (isFirst) await RefuseAsync(caller, target, flood, locks: false, ct);
            return (false, flood);
        }

        var (locked, locks) = await attempts.TakeNameAsync(folded, ct);
        return (locks, locked is null ? null : await RefuseAsync(caller, target, locked, locks: false, ct));
    }

    private async Task<Failure> RefuseAsync(Caller caller, string target, Failure failure, bool locks, CancellationToken ct)
    {
        await trail.AppendAsync(caller, "sign-in.deny", "account", target, AuditResult.Denied, failure.Code, ct);
        if (locks) await trail.AppendAsync(caller, "sign-in.lock", "account", target, AuditResult.Ok, null, ct);
        return failure;
    }

    private string[] Open(string ticket)
    {
        try
        {
            return _tickets.Unprotect(ticket).Split('/');
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    internal static Caller CallerOf(Account? account, IReadOnlyList<Membership> joined, HttpContext context) => new(
        joined is [var first, ..] ? first.Organization : PlatformOrganization.Id, new Actor(ActorKind.Person, account?.Id ?? "unknown", account?.Name ?? ""), AddressOf(context));

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}

/// <summary>The hash of a password that nobody knows: judging a name that nobody has takes as long as judging one that somebody has.</summary>
internal sealed class NobodysPassword(IOptions<PasswordHasherOptions> options)
{
    private static readonly Account Nobody = new("nobody", "nobody", "", DateTimeOffset.UnixEpoch);

    private readonly Lazy<(PasswordHasher<Account> Hasher, string Hash)> _hash = new(() =>
    {
        var hasher = new PasswordHasher<Account>(options);
        return (hasher, hasher.HashPassword(Nobody, Guid.NewGuid().ToString("N")));
    });

    internal PasswordVerificationResult Verify(string password) => _hash.Value.Hasher.VerifyHashedPassword(Nobody, _hash.Value.Hash, password);
}
