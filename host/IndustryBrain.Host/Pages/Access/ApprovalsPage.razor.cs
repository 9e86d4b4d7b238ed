using IndustryBrain.Identity;
using IndustryBrain.Identity.Approvals;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Access;

/// <summary>What one person proposed and a second decides.</summary>
public sealed partial class ApprovalsPage
{
    [Inject] private ApprovalDesk Desk { get; set; } = null!;

    [Inject] private RecentPerson Recent { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadApprovals;

    /// <inheritdoc />
    protected override async Task<Result<ApprovalsData>> LoadAsync(CancellationToken ct) => new ApprovalsData(await Desk.ListAsync(Caller, ct));

    private async Task ApproveAsync(Approval approval)
    {
        var done = await ActAsync(Permission.DecideApprovals, async () => await Recent.CheckAsync(Left) ?? (await Desk.ApproveAsync(Caller, await Accessor.ListAsync(Left), $"{approval.Id}", Left)).Failure);
        // Whoever lets something loose shows first that it is still them.
        if (!done && Refused?.Code == RecentPerson.Code) Navigation.NavigateTo("/account/confirm?returnUrl=%2Fapprovals", forceLoad: true);
    }

    private Task RejectAsync(Approval approval) => ActAsync(Permission.DecideApprovals, async () => (await Desk.RejectAsync(Caller, await Accessor.ListAsync(Left), $"{approval.Id}", Left)).Failure);
}

/// <summary>What the page of approvals shows.</summary>
/// <param name="Items">The proposals.</param>
public sealed record ApprovalsData(IReadOnlyList<Approval> Items);
