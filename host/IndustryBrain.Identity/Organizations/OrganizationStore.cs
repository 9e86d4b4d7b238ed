using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Naming;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Organizations;

/// <summary>The organizations of the platform and their life.</summary>
public sealed class OrganizationStore(IOrganizationSessions sessions, InvitationStore invitations, ApiKeyStore keys, IOptions<OrganizationOptions> options, TimeProvider time)
{
    // What may stop or delete others is itself not stopped.
    private static readonly OrganizationKind[] Creatable = [OrganizationKind.Enterprise, OrganizationKind.Vendor, OrganizationKind.Operator, OrganizationKind.Government];

    /// <summary>One organization. Refused: unknown (IB4073).</summary>
    public async Task<Result<Organization>> GetAsync(string id, CancellationToken cancellationToken)
    {
        await using var session = sessions.OpenPlatform();
        return await FindAsync(session, id, cancellationToken) is { } found ? found : OrganizationFailures.Unknown(id);
    }

    /// <summary>All organizations of the platform, by id; deleted ones are among them, since their ids are never given again.</summary>
    public async Task<IReadOnlyList<Organization>> ListAsync(CancellationToken cancellationToken)
    {
        await using var session = sessions.OpenPlatform();
        var stored = await session.Query<Organization>().ToListAsync(cancellationToken);
        return [.. stored.Concat(First.Where(f => stored.All(s => s.Id != f.Id))).OrderBy(o => o.Id, StringComparer.Ordinal)];
    }

    /// <summary>Makes an organization and an invitation for its first owner. Refused: id (IB4071), name (IB4064), kind (IB4089), taken or alike (IB4072).</summary>
    public async Task<Result<NewOrganization>> CreateAsync(Caller caller, string? id, string? name, OrganizationKind kind, string? owner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (id is null || !OrganizationId.IsValid(id))
        {
            return OrganizationFailures.IdInvalid;
        }

        if (!DisplayName.Read(name, "name").TryGet(out var read, out var failure))
        {
            return failure;
        }

        if (!Creatable.Contains(kind))
        {
            return OrganizationFailures.KindInvalid;
        }

        await using var session = await sessions.OpenExclusiveAsync(PlatformOrganization.Id, cancellationToken);
        if (await LikeAsync(session, id, read, except: null, cancellationToken) is { } taken)
        {
            return OrganizationFailures.Taken(taken);
        }

        var organization = new Organization(id, read, kind, time.GetUtcNow());
        session.Store(organization);
        var within = caller with { Organization = id };
        if (!(await invitations.AddAsync(session, within, [Role.Owner], owner, null, cancellationToken)).TryGet(out var invitation, out failure))
        {
            return failure;
        }

        Append(session, caller, organization, "organization.create");
        await session.SaveChangesAsync(cancellationToken);
        return new NewOrganization(organization, invitation);
    }

    /// <summary>Gives the caller's organization another name. Refused: name (IB4064), alike (IB4072).</summary>
    public async Task<Result<Organization>> RenameAsync(Caller caller, string? name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!DisplayName.Read(name, "name").TryGet(out var read, out var failure))
        {
            return failure;
        }

        await using var session = await sessions.OpenExclusiveAsync(PlatformOrganization.Id, cancellationToken);
        return await LikeAsync(session, null, read, caller.Organization, cancellationToken) is { } taken
            ? OrganizationFailures.Taken(taken)
            : await ChangeAsync(session, caller, caller.Organization, "organization.rename", o => o with { Name = read }, cancellationToken);
    }

    /// <summary>Stops an organization: nobody gets in and nothing starts. One administrator is enough. Refused: unknown (IB4073), the platform itself or one that is deleted (IB4074).</summary>
    public Task<Result<Organization>> SuspendAsync(Caller caller, string id, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, "organization.suspend", o => o.Id != PlatformOrganization.Id && o.State is OrganizationState.Active ? o with { State = OrganizationState.Suspended, Reason = reason } : null, cancellationToken);

    /// <summary>Lets a suspended organization be used again. Refused: unknown (IB4073), not suspended (IB4074).</summary>
    public Task<Result<Organization>> ResumeAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, "organization.resume", o => o.State is OrganizationState.Suspended ? o with { State = OrganizationState.Active, Reason = null } : null, cancellationToken);

    /// <summary>Lets the caller's organization be deleted when its cooling-off is over. Refused: the platform, or not active (IB4074).</summary>
    public Task<Result<Organization>> DeleteAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return ChangeAsync(
            caller, caller.Organization, "organization.delete",
            o => MayBeDeleted(o) ? o with { State = OrganizationState.Leaving, DeletesAt = time.GetUtcNow().AddDays(options.Value.CoolingOffDays) } : null,
            cancellationToken);
    }

    /// <summary>Takes the deletion of the caller's organization back. Refused: it is not leaving (IB4074).</summary>
    public Task<Result<Organization>> KeepAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return ChangeAsync(caller, caller.Organization, "organization.keep", o => o.State is OrganizationState.Leaving ? o with { State = OrganizationState.Active, DeletesAt = null } : null, cancellationToken);
    }

    internal static bool MayBeDeleted(Organization organization) => organization.Kind != OrganizationKind.Platform && organization.State is OrganizationState.Active;

    internal static async Task<Organization?> FindAsync(IQuerySession session, string id, CancellationToken ct) =>
        !OrganizationId.IsValid(id) ? null : await session.LoadAsync<Organization>(id, ct) ?? First.FirstOrDefault(o => o.Id == id);

    // They are there before anybody made them.
    private static IReadOnlyList<Organization> First { get; } =
    [
        new(DemoOrganization.Id, "示例组织 Demo organization", OrganizationKind.Enterprise, DateTimeOffset.UnixEpoch),
        new(PlatformOrganization.Id, "平台 Platform", OrganizationKind.Platform, DateTimeOffset.UnixEpoch),
    ];

    private static async Task<string?> LikeAsync(IQuerySession session, string? id, string name, string? except, CancellationToken ct)
    {
        var stored = await session.Query<Organization>().ToListAsync(ct);
        var others = stored.Concat(First.Where(f => stored.All(s => s.Id != f.Id))).Where(o => o.Id != except);
        var (foldedId, foldedName) = (id is null ? null : DisplayName.Fold(id), DisplayName.Fold(name));
        return others.FirstOrDefault(o => DisplayName.Fold(o.Id) == foldedId || (o.State != OrganizationState.Deleted && DisplayName.Fold(o.Name) == foldedName)) is { } same ? $"{same.Name} ({same.Id})" : null;
    }

    private async Task<Result<Organization>> ChangeAsync(Caller caller, string id, string action, Func<Organization, Organization?> change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = await sessions.OpenExclusiveAsync(PlatformOrganization.Id, ct);
        return await ChangeAsync(session, caller, id, action, change, ct);
    }

    private async Task<Result<Organization>> ChangeAsync(IDocumentSession session, Caller caller, string id, string action, Func<Organization, Organization?> change, CancellationToken ct)
    {
        if (await FindAsync(session, id, ct) is not { } organization)
        {
            return OrganizationFailures.Unknown(id);
        }

        if (change(organization) is not { } changed)
        {
            return OrganizationFailures.WrongState(organization.State);
        }

        session.Store(changed);
        Append(session, caller, changed, action);
        await session.SaveChangesAsync(ct);
        keys.Forget();
        return changed;
    }

    // What the platform's administrators do to an organization stands in its own trail as well.
    private static void Append(IDocumentSession session, Caller caller, Organization organization, string action)
    {
        session.Append(caller, action, "organization", organization.Id, label: organization.Name);
        if (caller.Organization != organization.Id)
        {
            session.Append(caller with { Organization = organization.Id }, action, "organization", organization.Id, label: organization.Name);
        }
    }
}

/// <summary>An organization that was just made.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Owner">The invitation of its first owner.</param>
public sealed record NewOrganization(Organization Organization, NewInvitation Owner);
