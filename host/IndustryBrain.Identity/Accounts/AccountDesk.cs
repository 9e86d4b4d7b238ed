using System.Text.Json;
using IndustryBrain.Identity.Approvals;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Passkeys;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Identity.Accounts;

/// <summary>Cares for accounts: who lost their password, their second factor, or may use the account no more. What tightens acts at once; what lets somebody in takes two people.</summary>
public sealed class AccountDesk
{
    internal const string ResetPassword = "account.reset-password";
    internal const string ResetFactor = "account.reset-factor";
    internal const string Enable = "account.enable";

    private readonly IOrganizationSessions _sessions;
    private readonly PasswordLinks _links;
    private readonly AccountUses _uses;
    private readonly SecondFactors _factors;
    private readonly PasskeyStore _passkeys;
    private readonly ApprovalDesk _approvals;
    private readonly AuditTrail _trail;
    private readonly SessionReader _reader;
    private readonly TimeProvider _time;

    internal AccountDesk(
        IOrganizationSessions sessions, PasswordLinks links, AccountUses uses, SecondFactors factors, PasskeyStore passkeys, ApprovalDesk approvals, AuditTrail trail, SessionReader reader, TimeProvider time) =>
        (_sessions, _links, _uses, _factors, _passkeys, _approvals, _trail, _reader, _time) = (sessions, links, uses, factors, passkeys, approvals, trail, reader, time);

    /// <summary>The account of a user name, or IB4122.</summary>
    public async Task<Result<AccountView>> FindAsync(string userName, CancellationToken cancellationToken)
    {
        if (await LoadAsync(userName, cancellationToken) is not { } account) return AccountFailures.Unknown(userName);
        await using var session = _sessions.OpenPlatform();
        var organizations = await session.Query<Membership>().Where(m => m.PersonId == account.Id).Select(m => m.Organization).ToListAsync(cancellationToken);
        return new AccountView(
            account.Id, account.UserName, account.Name, account.CreatedAt, await _uses.FindAsync(account.Id, cancellationToken), account.DisabledAt, account.PasswordHash is not null,
            await _factors.HasAsync(account.Id, cancellationToken), (await _passkeys.OfPersonAsync(account.Id, cancellationToken)).Count, [.. organizations]);
    }

    /// <summary>Makes a link by which a member of the caller's organization sets a new password; their second factor stays. One for an administrator of the platform holds when a second person has approved it. Refused: unknown (IB4076), more rights than the caller's (IB4079), a member of other organizations, too (IB4120), without a password (IB4125).</summary>
    public async Task<Result<PasswordLink>> MakePasswordLinkAsync(Caller caller, IReadOnlyCollection<string> own, string person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(own);
        await using var session = _sessions.OpenPlatform();
        var all = await session.Query<Membership>().Where(m => m.PersonId == person).ToListAsync(cancellationToken);
        if (all.FirstOrDefault(m => m.Organization == caller.Organization) is not { } member || await session.LoadAsync<Account>(person, cancellationToken) is not { } account) return OrganizationFailures.NoMember(person);
        if (member.Roles.FirstOrDefault(role => !MembershipRules.MayGive(role, own)) is { } beyond) return OrganizationFailures.BeyondOwn(beyond);
        // Whoever lets an administrator in takes two people, whichever list it starts from.
        if (caller.Organization == PlatformOrganization.Id) return await MakePasswordLinkAsync(caller, account.UserName, cancellationToken);
        if (all.Count > 1) return AccountFailures.BelongsElsewhere;
        if (account.PasswordHash is null) return AccountFailures.NoPassword;
        var (path, _, end) = await _links.MakeAsync(person, isActive: true, cancellationToken);
        await _trail.AppendAsync(caller, ResetPassword, "account", person, AuditResult.Ok, null, cancellationToken);
        return new PasswordLink(path, end, null);
    }

    /// <summary>Makes a link for anybody, on behalf of the platform; where two people are needed it holds when a second one has approved it. Refused: unknown (IB4122), without a password (IB4125).</summary>
    public async Task<Result<PasswordLink>> MakePasswordLinkAsync(Caller caller, string userName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (await LoadAsync(userName, cancellationToken) is not { } account) return AccountFailures.Unknown(userName);
        if (account.PasswordHash is null) return AccountFailures.NoPassword;
        var waits = await _approvals.IsNeededAsync(caller, Permission.DecideApprovals, cancellationToken);
        var (path, hash, end) = await _links.MakeAsync(account.Id, !waits, cancellationToken);
        if (!waits)
        {
            await _trail.AppendAsync(caller, ResetPassword, "account", account.Id, AuditResult.Ok, null, cancellationToken);
            return new PasswordLink(path, end, null);
        }

        var proposed = await _approvals.ProposeAsync(caller, ResetPassword, JsonSerializer.SerializeToElement(new { person = account.Id, link = Convert.ToHexStringLower(hash) }), cancellationToken);
        return proposed.Code == ApprovalFailures.ProposedCode ? new PasswordLink(path, end, proposed.Where) : proposed;
    }

    /// <summary>Takes the second factors of an account away, or proposes that to a second person (IB4090): whoever needs one sets it up anew. Refused: unknown (IB4122), none there (IB4123).</summary>
    public async Task<Result<AccountView>> ResetFactorAsync(Caller caller, string userName, CancellationToken cancellationToken) =>
        await DoAsync(caller, ResetFactor, userName, cancellationToken);

    /// <summary>Lets an account be used again, or proposes that to a second person (IB4090). Refused: unknown (IB4122), not disabled (IB4124).</summary>
    public async Task<Result<AccountView>> EnableAsync(Caller caller, string userName, CancellationToken cancellationToken) =>
        await DoAsync(caller, Enable, userName, cancellationToken);

    /// <summary>Ends the sessions of an account and lets nobody in by it, at once. Refused: unknown (IB4122), disabled (IB4124), the last of the administrators of their kind (IB4077).</summary>
    public async Task<Result<AccountView>> DisableAsync(Caller caller, string userName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (await LoadAsync(userName, cancellationToken) is not { } account) return AccountFailures.Unknown(userName);
        return await DisableAsync(caller, account.Id, "account.disable", cancellationToken) is { } failure ? failure : await FindAsync(userName, cancellationToken);
    }

    /// <summary>Disables an account; one at a time, so that of two last administrators one stays.</summary>
    internal async Task<Failure?> DisableAsync(Caller caller, string person, string action, CancellationToken ct)
    {
        await using var session = await _sessions.OpenExclusiveAsync(PlatformOrganization.Id, ct);
        if (await session.LoadAsync<Account>(person, ct) is not { } account) return AccountFailures.Unknown(person);
        if (account.DisabledAt is not null) return AccountFailures.StateAlready(isDisabled: true);
        var administrators = await session.Query<Membership>().Where(m => m.Organization == PlatformOrganization.Id && m.SuspendedAt == null).ToListAsync(ct);
        var disabled = (await session.LoadManyAsync<Account>(ct, administrators.Select(m => m.PersonId))).Where(a => a.DisabledAt is not null).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        List<Membership> able = [.. administrators.Where(m => !disabled.Contains(m.PersonId))];
        if (MembershipRules.Holders(able, [.. able.Where(m => m.PersonId != person)]) is { } last) return last;
        session.Store(account with { DisabledAt = _time.GetUtcNow(), SecurityStamp = AccountRegister.NewStamp() });
        session.Append(caller, action, "account", person, label: account.UserName);
        await session.SaveChangesAsync(ct);
        _reader.Forget();
        return null;
    }

    internal async Task<Result<ApprovalSubject>> DescribeAsync(string action, JsonElement parameters, CancellationToken ct)
    {
        var person = parameters.GetProperty("person").GetString()!;
        await using var session = _sessions.OpenPlatform();
        if (await session.LoadAsync<Account>(person, ct) is not { } account) return AccountFailures.Unknown(person);
        if (action == ResetFactor && !await HasFactorAsync(person, ct)) return AccountFailures.NoFactor;
        if (action == Enable && account.DisabledAt is null) return AccountFailures.StateAlready(isDisabled: false);
        return new ApprovalSubject(account.UserName, $"{account.Id} {account.SecurityStamp} {account.DisabledAt:O}");
    }

    internal async Task<Failure?> ExecuteAsync(Caller caller, string action, JsonElement parameters, CancellationToken ct)
    {
        var person = parameters.GetProperty("person").GetString()!;
        await using var session = _sessions.OpenPlatform();
        if (await session.LoadAsync<Account>(person, ct) is not { } account) return AccountFailures.Unknown(person);
        switch (action)
        {
            case ResetPassword when !await _links.ActivateAsync(Convert.FromHexString(parameters.GetProperty("link").GetString()!), ct):
                return AccountFailures.LinkInvalid;
            case ResetFactor:
                session.QueueSqlCommand("delete from second_factor where person = ?", person);
                session.QueueSqlCommand("delete from recovery_code where person = ?", person);
                session.DeleteWhere<Passkey>(p => p.Person == person);
                session.Store(account with { SecurityStamp = AccountRegister.NewStamp() });
                break;
            case Enable:
                session.Store(account with { DisabledAt = null });
                AccountUses.Note(session, person, _time.GetUtcNow());
                break;
        }

        session.Append(caller, action, "account", person, label: account.UserName);
        await session.SaveChangesAsync(ct);
        _reader.Forget();
        return null;
    }

    private async Task<Result<AccountView>> DoAsync(Caller caller, string action, string userName, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (await LoadAsync(userName, ct) is not { } account) return AccountFailures.Unknown(userName);
        var parameters = JsonSerializer.SerializeToElement(new { person = account.Id });
        if (await _approvals.IsNeededAsync(caller, Permission.DecideApprovals, ct)) return await _approvals.ProposeAsync(caller, action, parameters, ct);
        if ((await DescribeAsync(action, parameters, ct)).Failure is { } refused) return refused;
        return await ExecuteAsync(caller, action, parameters, ct) is { } failure ? failure : await FindAsync(userName, ct);
    }

    private async Task<bool> HasFactorAsync(string person, CancellationToken ct) => await _factors.HasAsync(person, ct) || await _passkeys.AnyAsync(person, ct);

    private async Task<Account?> LoadAsync(string userName, CancellationToken ct)
    {
        var folded = UserNames.Fold(userName);
        await using var session = _sessions.OpenPlatform();
        return await session.Query<Account>().SingleOrDefaultAsync(a => a.FoldedName == folded, ct);
    }
}

/// <summary>What of an account takes two people: the system and the security administrators approve for each other.</summary>
internal sealed class AccountApproval(string action, Func<AccountDesk> desk) : IApprovable
{
    public string Action => action;

    public string Permission => Identity.Permission.DecideApprovals;

    public Task<Result<ApprovalSubject>> DescribeAsync(Caller caller, JsonElement parameters, CancellationToken cancellationToken) => desk().DescribeAsync(action, parameters, cancellationToken);

    public Task<Failure?> ExecuteAsync(Caller caller, JsonElement parameters, CancellationToken cancellationToken) => desk().ExecuteAsync(caller, action, parameters, cancellationToken);
}
