using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Naming;
using IndustryBrain.Identity.People;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Organizations;

/// <summary>Invitations into organizations: each is used once, within its time, and by whom it names.</summary>
public sealed class InvitationStore(IOrganizationSessions sessions, ApiKeyStore keys, IOptions<OrganizationOptions> options, TimeProvider time)
{
    private const int LongestHours = 720;
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    // 32 letters of 57 are 186 bits: nobody guesses one within its day.
    private const int CodeLength = 32;

    /// <summary>The open invitations of the caller's organization, newest first.</summary>
    public async Task<IReadOnlyList<InvitationView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = sessions.OpenPlatform();
        return [.. (await OpenAsync(session, caller.Organization, cancellationToken)).OrderByDescending(i => i.CreatedAt).Select(InvitationView.Of)];
    }

    /// <summary>Invites into the caller's organization. Refused: roles (IB4075, IB4079), hours (IB4084), user name (IB4064), as many open ones as may be (IB4086).</summary>
    /// <param name="caller">Who invites.</param>
    /// <param name="own">What they may do.</param>
    /// <param name="roles">The roles that it gives.</param>
    /// <param name="userName">The user name that alone can accept it; null for whoever has the code.</param>
    /// <param name="hours">Hours that it holds; the default of the host when null.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task<Result<NewInvitation>> CreateAsync(Caller caller, IReadOnlyCollection<string> own, IReadOnlyList<string>? roles, string? userName, int? hours, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(own);
        if (!MembershipRules.Read(roles, own, caller.Organization).TryGet(out var read, out var failure))
        {
            return failure;
        }

        await using var session = await sessions.OpenExclusiveAsync(caller.Organization, cancellationToken);
        if (!(await AddAsync(session, caller, read, userName, hours, cancellationToken)).TryGet(out var made, out failure))
        {
            return failure;
        }

        await session.SaveChangesAsync(cancellationToken);
        return made;
    }

    /// <summary>Takes an open invitation back. Refused: unknown (IB4085).</summary>
    public async Task<Result<InvitationView>> WithdrawAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = await sessions.OpenExclusiveAsync(caller.Organization, cancellationToken);
        if ((await OpenAsync(session, caller.Organization, cancellationToken)).FirstOrDefault(i => i.ShortId == id) is not { } invitation)
        {
            return OrganizationFailures.NoInvitation(id);
        }

        session.Store(invitation with { ClosedAt = time.GetUtcNow() });
        session.Append(caller, "invitation.withdraw", "invitation", id);
        await session.SaveChangesAsync(cancellationToken);
        return InvitationView.Of(invitation);
    }

    /// <summary>Lets the person behind the caller join. Refused: no person (IB4083), and as <see cref="AcceptAsync(Caller, string, string, CancellationToken)"/>.</summary>
    public async Task<Result<Membership>> AcceptAsync(Caller caller, string? code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using (var session = sessions.OpenPlatform())
        {
            if (await PersonBehind.FindAsync(session, caller, cancellationToken) is { } person)
            {
                return await AcceptAsync(caller, person, code ?? "", cancellationToken);
            }
        }

        return OrganizationFailures.NoPerson;
    }

    /// <summary>Lets a person who has signed in join with a code. Refused: a code that does not hold (IB4081, IB4127, IB4128), one for somebody else (IB4082), no such account (IB4087), already a member (IB4080), roles that exclude each other (IB4078), an organization that is not in use (IB4088).</summary>
    public async Task<Result<Membership>> AcceptAsync(Caller caller, string person, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(code);
        if (!(await LookAsync(code, cancellationToken)).TryGet(out var look, out var failure))
        {
            return failure;
        }

        var (organization, now) = (look.Organization, time.GetUtcNow());
        await using var session = await sessions.OpenExclusiveAsync(organization, cancellationToken);
        if (!Judge(await session.LoadAsync<Invitation>(Hash(code.Trim()), cancellationToken)).TryGet(out var invitation, out failure))
        {
            return failure;
        }

        if (await session.LoadAsync<Account>(person, cancellationToken) is not { } account)
        {
            return OrganizationFailures.NoAccount(person);
        }

        if (invitation.For is { } name && FoldedUserName(name) != FoldedUserName(account.UserName))
        {
            return OrganizationFailures.InvitedSomebodyElse;
        }

        if (await session.LoadAsync<Organization>(organization, cancellationToken) is { State: OrganizationState.Suspended or OrganizationState.Deleted })
        {
            return OrganizationFailures.NotInUse(organization);
        }

        if (!(await MembershipStore.AddAsync(session, caller, person, organization, invitation.Roles, now, cancellationToken)).TryGet(out var membership, out failure))
        {
            return failure;
        }

        session.Store(invitation with { ClosedAt = now, AcceptedBy = person });
        session.Append(caller with { Organization = organization }, "invitation.accept", "invitation", invitation.ShortId, label: person);
        await session.SaveChangesAsync(cancellationToken);
        keys.Forget();
        return membership;
    }

    /// <summary>What a code invites into. Refused: no such code, or withdrawn (IB4081), used (IB4127), too old (IB4128), an organization that is not in use (IB4088).</summary>
    public async Task<Result<InvitationLook>> LookAsync(string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        await using var session = sessions.OpenPlatform();
        if (!Judge(await session.LoadAsync<Invitation>(Hash(code.Trim()), cancellationToken)).TryGet(out var invitation, out var failure))
        {
            return failure;
        }

        return await session.LoadAsync<Organization>(invitation.Organization, cancellationToken) is { State: OrganizationState.Suspended or OrganizationState.Deleted }
            ? OrganizationFailures.NotInUse(invitation.Organization)
            : new InvitationLook(invitation.Organization, invitation.Roles, invitation.For, invitation.InvitedBy.DisplayName);
    }

    /// <summary>Lets somebody join for whom an account is made at the same time: both or neither. Refused as <see cref="LookAsync"/>, for somebody else (IB4082), and for what the account is refused.</summary>
    internal async Task<Result<Account>> JoinAsync(string code, string userName, Func<Caller, Action<IDocumentSession, Account>, Task<Result<Account>>> make, string source, CancellationToken ct)
    {
        if (!(await LookAsync(code, ct)).TryGet(out var look, out var failure)) return failure;
        // Holds the organization's turn while the account is made in a transaction of its own.
        await using var turn = await sessions.OpenExclusiveAsync(look.Organization, ct);
        if (!Judge(await turn.LoadAsync<Invitation>(Hash(code.Trim()), ct)).TryGet(out var invitation, out failure)) return failure;
        if (invitation.For is { } name && FoldedUserName(name) != FoldedUserName(userName)) return OrganizationFailures.InvitedSomebodyElse;
        var (now, caller) = (time.GetUtcNow(), new Caller(look.Organization, new Actor(ActorKind.System, invitation.ShortId, invitation.ShortId), source));
        return await make(caller, (session, account) =>
        {
            session.Insert(new Membership(account.Id, look.Organization, invitation.Roles, now));
            session.Store(invitation with { ClosedAt = now, AcceptedBy = account.Id });
            session.Append(caller, "member.add", "person", account.Id, label: string.Join(", ", invitation.Roles));
            session.Append(caller, "invitation.accept", "invitation", invitation.ShortId, label: account.Id);
        });
    }

    // Whoever holds a code may know what became of it: nobody guesses one.
    private Result<Invitation> Judge(Invitation? invitation) =>
        invitation is null or { ClosedAt: not null, AcceptedBy: null } ? OrganizationFailures.InvitationRefused
        : invitation.AcceptedBy is not null ? OrganizationFailures.InvitationUsed
        : invitation.ExpiresAt <= time.GetUtcNow() ? OrganizationFailures.InvitationExpired
        : invitation;

    /// <summary>Adds an invitation to a session that has the organization's turn.</summary>
    internal async Task<Result<NewInvitation>> AddAsync(IDocumentSession session, Caller caller, IReadOnlyList<string> roles, string? userName, int? hours, CancellationToken ct)
    {
        var holds = hours ?? options.Value.InvitationHours;
        if (holds is < 1 or > LongestHours)
        {
            return OrganizationFailures.HoursOutside(LongestHours);
        }

        string? bound = null;
        if (!string.IsNullOrWhiteSpace(userName))
        {
            if (!DisplayName.Read(userName, "userName").TryGet(out bound, out var failure))
            {
                return failure;
            }
        }

        if ((await OpenAsync(session, caller.Organization, ct)).Count >= options.Value.MaxInvitations)
        {
            return OrganizationFailures.TooManyInvitations(options.Value.MaxInvitations);
        }

        var code = RandomNumberGenerator.GetString(Alphabet, CodeLength);
        var now = time.GetUtcNow();
        var invitation = new Invitation(Hash(code), caller.Organization, roles, now, now.AddHours(holds), caller.Actor) { For = bound };
        session.Store(invitation);
        session.Append(caller, "invitation.create", "invitation", invitation.ShortId, label: string.Join(", ", roles));
        return new NewInvitation(InvitationView.Of(invitation), code);
    }

    private async Task<IReadOnlyList<Invitation>> OpenAsync(IQuerySession session, string organization, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await session.Query<Invitation>().Where(i => i.Organization == organization && i.ClosedAt == null && i.ExpiresAt > now).ToListAsync(ct);
    }

    private static string FoldedUserName(string name) => name.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
