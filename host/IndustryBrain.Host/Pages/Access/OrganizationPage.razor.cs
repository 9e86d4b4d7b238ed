using IndustryBrain.Identity;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Access;

/// <summary>One's own organization.</summary>
public sealed partial class OrganizationPage
{
    private string _name = "";
    private string _to = "";

    [Inject] private OrganizationStore Store { get; set; } = null!;

    [Inject] private OrganizationDeletion Deletion { get; set; } = null!;

    [Inject] private MembershipStore Members { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override string Reads => Permission.UsePages;

    /// <inheritdoc />
    protected override async Task<Result<OrganizationData>> LoadAsync(CancellationToken ct) =>
        (await Store.GetAsync(Caller.Organization, ct)).TryGet(out var organization, out var failure)
            ? new OrganizationData(organization, await Accessor.HasAsync(Permission.ReadPeople, ct) ? await Members.ListAsync(Caller, ct) : [])
            : failure;

    /// <inheritdoc />
    protected override void OnLoaded() => _name = Data?.Organization.Name ?? "";

    private Task RenameAsync()
    {
        var name = _name;
        return ActAsync(Permission.ManageOrganization, async () => (await Store.RenameAsync(Caller, name, Left)).Failure);
    }

    private Task TransferAsync() => ActAsync(Permission.ManageOrganization, async () => (await Members.TransferAsync(Caller, _to, Left)).Failure);

    private Task LeaveAsync() => ActAsync(Permission.UsePages, async () => (await Members.LeaveAsync(Caller, Left)).Failure);

    private Task DeleteAsync() => ActAsync(Permission.ManageOrganization, async () => (await Deletion.RequestAsync(Caller, Left)).Failure);

    private Task KeepAsync() => ActAsync(Permission.ManageOrganization, async () => (await Store.KeepAsync(Caller, Left)).Failure);
}

/// <summary>What the page of the organization shows.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Members">Its members, where one may see them.</param>
public sealed record OrganizationData(Organization Organization, IReadOnlyList<MemberView> Members);
