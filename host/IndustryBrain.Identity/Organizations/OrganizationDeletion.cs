using System.Text.Json;
using IndustryBrain.Identity.Approvals;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Identity.Organizations;

/// <summary>Deleting an organization: by two owners, where there are two.</summary>
public sealed class OrganizationDeletion(OrganizationStore organizations, ApprovalDesk desk) : IApprovable
{
    /// <inheritdoc />
    public string Action => "organization.delete";

    /// <inheritdoc />
    public string Permission => Identity.Permission.ManageOrganization;

    /// <summary>Lets the caller's organization be deleted when its cooling-off is over, or proposes that to a second owner (IB4090). Refused: the platform, or not active (IB4074).</summary>
    public async Task<Result<Organization>> RequestAsync(Caller caller, CancellationToken cancellationToken) =>
        await desk.IsNeededAsync(caller, Permission, cancellationToken)
            ? await desk.ProposeAsync(caller, Action, JsonElement.Parse("{}"), cancellationToken)
            : await organizations.DeleteAsync(caller, cancellationToken);

    /// <inheritdoc />
    public async Task<Result<ApprovalSubject>> DescribeAsync(Caller caller, JsonElement parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!(await organizations.GetAsync(caller.Organization, cancellationToken)).TryGet(out var organization, out var failure))
        {
            return failure;
        }

        return OrganizationStore.MayBeDeleted(organization) ? new ApprovalSubject(organization.Name, $"{organization.Id} {organization.Name}") : OrganizationFailures.WrongState(organization.State);
    }

    /// <inheritdoc />
    public async Task<Failure?> ExecuteAsync(Caller caller, JsonElement parameters, CancellationToken cancellationToken) => (await organizations.DeleteAsync(caller, cancellationToken)).Failure;
}
