using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.People;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Identity.Organizations;

/// <summary>Who belongs where.</summary>
public sealed class MembershipStore(IOrganizationSessions sessions, ApiKeyStore keys, TimeProvider time)
{
    /// <summary>The memberships of a person that let them in now, oldest first: neither they nor the organization are suspended, and it is not deleted.</summary>
    public async Task<IReadOnlyList<Membership>> OfPersonAsync(string person, CancellationToken cancellationToken)
    {
        await using var session = sessions.OpenPlatform();
        var all = await session.Query<Membership>().Where(m => m.PersonId == person && m.SuspendedAt == null).OrderBy(m => m.Since).ToListAsync(cancellationToken);
        var closed = (await session.LoadManyAsync<Organization>(cancellationToken, all.Select(m => m.Organization)))
            .Where(o => o.State is OrganizationState.Suspended or OrganizationState.Deleted).Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(m => !closed.Contains(m.Organization))];
    }

    /// <summary>The members of the caller's organization, oldest first.</summary>
    public async Task<IReadOnlyList<MemberView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = sessions.OpenPlatform();
        var members = await OfAsync(session, caller.Organization, cancellationToken);
        var accounts = (await session.LoadManyAsync<Account>(cancellationToken, members.Select(m => m.PersonId))).ToDictionary(a => a.Id, StringComparer.Ordinal);
        return [.. members.Select(m => View(m, accounts.GetValueOrDefault(m.PersonId)))];
    }

    /// <summary>Makes a person a member; whoever calls has decided that they may. Refused: roles (IB4075), already a member (IB4080), roles that exclude each other (IB4078).</summary>
    public async Task<Result<Membership>> AddAsync(Caller caller, string person, string organization, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = await sessions.OpenExclusiveAsync(organization, cancellationToken);
        if (!(await AddAsync(session, caller, person, organization, roles, time.GetUtcNow(), cancellationToken)).TryGet(out var added, out var failure))
        {
            return failure;
        }

        await session.SaveChangesAsync(cancellationToken);
        return added;
    }

    /// <summary>Gives a member other roles. Refused: unknown (IB4076), roles (IB4075, IB4078, IB4079), the last owner or administrator (IB4077).</summary>
    public Task<Result<MemberView>> SetRolesAsync(Caller caller, IReadOnlyCollection<string> own, string person, IReadOnlyList<string>? roles, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return MembershipRules.Read(roles, own, caller.Organization).TryGet(out var read, out var failure)
            ? ChangeAsync(caller, own, person, "member.roles", member => member with { Roles = read }, cancellationToken)
            : Task.FromResult<Result<MemberView>>(failure);
    }

    /// <summary>Keeps a member out for a time, or lets them in again. Refused: unknown (IB4076), more rights than the caller's (IB4079), the last owner or administrator (IB4077).</summary>
    public Task<Result<MemberView>> SuspendAsync(Caller caller, IReadOnlyCollection<string> own, string person, bool isSuspended, CancellationToken cancellationToken) =>
        ChangeAsync(caller, own, person, isSuspended ? "member.suspend" : "member.resume", member => member with { SuspendedAt = isSuspended ? member.SuspendedAt ?? time.GetUtcNow() : null }, cancellationToken);

    /// <summary>Takes a member out; the keys that act for them are revoked. Refused: unknown (IB4076), more rights than the caller's (IB4079), the last owner or administrator (IB4077).</summary>
    public Task<Result<MemberView>> RemoveAsync(Caller caller, IReadOnlyCollection<string> own, string person, CancellationToken cancellationToken) =>
        ChangeAsync(caller, own, person, "member.remove", _ => null, cancellationToken);

    /// <summary>Lets the person behind the caller leave. Refused: no person (IB4083), the last owner or administrator (IB4077).</summary>
    public async Task<Result<MemberView>> LeaveAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return await PersonAsync(caller, cancellationToken) is { } person
            ? await ChangeAsync(caller, Permission.All, person, "member.leave", _ => null, cancellationToken)
            : OrganizationFailures.NoPerson;
    }

    /// <summary>Makes another member owner in place of the person behind the caller, who stays as builder. Refused: no person (IB4083), not an owner (IB4079), unknown (IB4076), suspended (IB4076).</summary>
    public async Task<Result<MemberView>> TransferAsync(Caller caller, string to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = await sessions.OpenExclusiveAsync(caller.Organization, cancellationToken);
        if (await PersonBehind.FindAsync(session, caller, cancellationToken) is not { } person)
        {
            return OrganizationFailures.NoPerson;
        }

        var members = await OfAsync(session, caller.Organization, cancellationToken);
        var former = members.First(m => m.PersonId == person);
        if (!former.Roles.Contains(Role.Owner))
        {
            return OrganizationFailures.BeyondOwn(Role.Owner);
        }

        if (members.FirstOrDefault(m => m.PersonId == to && m.PersonId != person && m.SuspendedAt is null) is not { } next)
        {
            return OrganizationFailures.NoMember(to);
        }

        var owner = next with { Roles = [.. Role.OfOrganizations.Where(r => r == Role.Owner || next.Roles.Contains(r))] };
        session.Store(owner, former with { Roles = [.. Role.OfOrganizations.Where(r => r != Role.Owner && (r == Role.Builder || former.Roles.Contains(r)))] });
        session.Append(caller, "organization.transfer", "person", to, label: $"{person} → {to}");
        await session.SaveChangesAsync(cancellationToken);
        keys.Forget();
        return View(owner, await AccountAsync(to, cancellationToken));
    }

    /// <summary>The person behind a caller, when they are a member of the caller's organization.</summary>
    internal async Task<string?> PersonAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var session = sessions.OpenPlatform();
        return await PersonBehind.FindAsync(session, caller, cancellationToken);
    }

    /// <summary>Adds a membership to a session that has the organization's turn.</summary>
    internal static async Task<Result<Membership>> AddAsync(IDocumentSession session, Caller caller, string person, string organization, IReadOnlyList<string> roles, DateTimeOffset now, CancellationToken ct)
    {
        if (!MembershipRules.Read(roles, organization).TryGet(out var read, out var failure))
        {
            return failure;
        }

        // What a person may be is judged over all their organizations: two that add them at once take turns here.
        await session.LockAsync("person/" + person, ct);
        var memberships = await session.Query<Membership>().Where(m => m.PersonId == person).ToListAsync(ct);
        if (memberships.Any(m => m.Organization == organization))
        {
            return OrganizationFailures.AlreadyMember(person);
        }

        if (MembershipRules.Judge(person, memberships, organization, read) is { } excluded)
        {
            return excluded;
        }

        var membership = new Membership(person, organization, read, now);
        session.Store(membership);
        session.Append(caller with { Organization = organization }, "member.add", "person", person, label: string.Join(", ", read));
        return membership;
    }

    private async Task<Result<MemberView>> ChangeAsync(Caller caller, IReadOnlyCollection<string> own, string person, string action, Func<Membership, Membership?> change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = await sessions.OpenExclusiveAsync(caller.Organization, ct);
        var members = await OfAsync(session, caller.Organization, ct);
        if (members.FirstOrDefault(m => m.PersonId == person) is not { } member)
        {
            return OrganizationFailures.NoMember(person);
        }

        if (member.Roles.FirstOrDefault(role => !MembershipRules.MayGive(role, own)) is { } beyond && action != "member.leave")
        {
            return OrganizationFailures.BeyondOwn(beyond);
        }

        await session.LockAsync("person/" + person, ct);
        var elsewhere = await session.Query<Membership>().Where(m => m.PersonId == person).ToListAsync(ct);
        var changed = change(member);
        if (MembershipRules.Holders(members, [.. members.Where(m => m != member), .. changed is null ? Array.Empty<Membership>() : [changed]]) is { } last)
        {
            return last;
        }

        if (changed is not null && MembershipRules.Judge(person, elsewhere, caller.Organization, changed.Roles) is { } excluded)
        {
            return excluded;
        }

        if (changed is null)
        {
            session.Delete(member);
            await RevokeKeysAsync(session, caller, person, time.GetUtcNow(), ct);
        }
        else
        {
            session.Store(changed);
        }

        session.Append(caller, action, "person", person, label: string.Join(", ", (changed ?? member).Roles));
        await session.SaveChangesAsync(ct);
        keys.Forget();
        return View(changed ?? member, await AccountAsync(person, ct));
    }

    /// <summary>Revokes the keys that act for a person in the caller's organization.</summary>
    internal static async Task RevokeKeysAsync(IDocumentSession session, Caller caller, string person, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var key in await session.Query<ApiKey>().Where(k => k.Organization == caller.Organization && k.Person == person && k.RevokedAt == null).ToListAsync(ct))
        {
            session.Store(key with { RevokedAt = now });
            session.Append(caller, "key.revoke", "key", key.ShortId, label: key.Name);
        }
    }

    internal static async Task<IReadOnlyList<Membership>> OfAsync(IQuerySession session, string organization, CancellationToken ct) =>
        await session.Query<Membership>().Where(m => m.Organization == organization).OrderBy(m => m.Since).ToListAsync(ct);

    private async Task<Account?> AccountAsync(string person, CancellationToken ct)
    {
        await using var session = sessions.OpenPlatform();
        return await session.LoadAsync<Account>(person, ct);
    }

    private static MemberView View(Membership member, Account? account) =>
        new(member.PersonId, account?.UserName, account?.Name ?? member.PersonId, member.Roles, member.Since, member.SuspendedAt);
}
