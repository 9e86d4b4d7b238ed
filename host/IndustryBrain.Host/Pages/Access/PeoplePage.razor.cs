using IndustryBrain.Identity;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Access;

/// <summary>Who belongs to the organization, and who is invited.</summary>
public sealed partial class PeoplePage
{
    private readonly HashSet<string> _roles = [];
    private readonly HashSet<string> _invited = [];
    private MemberView? _edited;
    private string _userName = "";
    private string? _code;
    private string _sought = "";
    private AccountView? _account;
    private PasswordLink? _link;

    [Inject] private MembershipStore Store { get; set; } = null!;

    [Inject] private InvitationStore Invitations { get; set; } = null!;

    [Inject] private AccountDesk Desk { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadPeople;

    private IReadOnlyList<string> Known => Caller.Organization == PlatformOrganization.Id ? Role.OfPlatform : Role.OfOrganizations;

    /// <inheritdoc />
    protected override async Task<Result<PeopleData>> LoadAsync(CancellationToken ct) => new PeopleData(await Store.ListAsync(Caller, ct), await Invitations.ListAsync(Caller, ct));

    private void Edit(MemberView member)
    {
        _edited = member;
        _roles.Clear();
        _roles.UnionWith(member.Roles);
    }

    private async Task SaveAsync()
    {
        if (_edited is { } member && await ActAsync(Permission.ManagePeople, async () => (await Store.SetRolesAsync(Caller, await Accessor.ListAsync(Left), member.Person, [.. _roles], Left)).Failure)) _edited = null;
    }

    private Task SuspendAsync(MemberView member) =>
        ActAsync(Permission.ManagePeople, async () => (await Store.SuspendAsync(Caller, await Accessor.ListAsync(Left), member.Person, member.SuspendedAt is null, Left)).Failure);

    private Task RemoveAsync(MemberView member) => ActAsync(Permission.ManagePeople, async () => (await Store.RemoveAsync(Caller, await Accessor.ListAsync(Left), member.Person, Left)).Failure);

    private Task ResetAsync(MemberView member) => LinkAsync(Permission.ManagePeople, async () => await Desk.MakePasswordLinkAsync(Caller, await Accessor.ListAsync(Left), member.Person, Left));

    private Task ResetAnyAsync() => LinkAsync(Permission.AdministerRoles, () => Desk.MakePasswordLinkAsync(Caller, _account!.UserName, Left));

    private async Task LinkAsync(string permission, Func<Task<Result<PasswordLink>>> make)
    {
        _link = null;
        await ActAsync(permission, async () => (await make()).TryGet(out _link, out var failure) ? null : failure);
    }

    private Task FindAsync() => ActAsync(Permission.AdministerRoles, async () => (await Desk.FindAsync(_sought, Left)).TryGet(out _account, out var failure) ? null : failure);

    private Task CareAsync(Func<Caller, string, CancellationToken, Task<Result<AccountView>>> care) =>
        ActAsync(Permission.AdministerRoles, async () =>
        {
            var cared = await care(Caller, _account!.UserName, Left);
            if (cared.TryGet(out var account, out var failure)) _account = account;
            return failure;
        });

    private Task WithdrawAsync(InvitationView invitation) => ActAsync(Permission.ManagePeople, async () => (await Invitations.WithdrawAsync(Caller, invitation.Id, Left)).Failure);

    private async Task InviteAsync()
    {
        _code = null;
        await ActAsync(Permission.ManagePeople, async () =>
        {
            var made = await Invitations.CreateAsync(Caller, await Accessor.ListAsync(Left), [.. _invited], _userName, null, Left);
            if (!made.TryGet(out var invitation, out var failure)) return failure;
            (_code, _userName) = (invitation.Code, "");
            _invited.Clear();
            return null;
        });
    }
}

/// <summary>What the page of people shows.</summary>
/// <param name="Members">The members.</param>
/// <param name="Invitations">The open invitations.</param>
public sealed record PeopleData(IReadOnlyList<MemberView> Members, IReadOnlyList<InvitationView> Invitations);
