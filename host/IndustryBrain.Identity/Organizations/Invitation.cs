using IndustryBrain.Storage;

namespace IndustryBrain.Identity.Organizations;

/// <summary>An invitation into an organization; its code is not kept.</summary>
/// <param name="Id">SHA-256 of the code, lower-case hexadecimal.</param>
/// <param name="Organization">The organization.</param>
/// <param name="Roles">The roles that it gives.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops holding.</param>
/// <param name="InvitedBy">Who invites.</param>
public sealed record Invitation(string Id, string Organization, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, Actor InvitedBy)
{
    /// <summary>The user name that alone can accept it; null for whoever has the code.</summary>
    public string? For { get; init; }

    /// <summary>Who accepted it.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>When it was accepted or withdrawn; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The id in the audit trail, in addresses and on pages.</summary>
    public string ShortId => "inv-" + Id[..16];
}

/// <summary>An invitation as listed.</summary>
/// <param name="Id">Its short id.</param>
/// <param name="Roles">The roles that it gives.</param>
/// <param name="For">The user name that alone can accept it; null for whoever has the code.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops holding.</param>
/// <param name="InvitedBy">Who invites.</param>
public sealed record InvitationView(string Id, IReadOnlyList<string> Roles, string? For, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, Actor InvitedBy)
{
    internal static InvitationView Of(Invitation invitation) => new(invitation.ShortId, invitation.Roles, invitation.For, invitation.CreatedAt, invitation.ExpiresAt, invitation.InvitedBy);
}

/// <summary>An invitation that was just made, with its code: it is shown this once.</summary>
/// <param name="Invitation">The invitation.</param>
/// <param name="Code">Its code, which is not kept.</param>
public sealed record NewInvitation(InvitationView Invitation, string Code);

/// <summary>What an invitation offers to whoever has its code.</summary>
/// <param name="Organization">Id of the organization.</param>
/// <param name="Roles">The roles that it gives.</param>
/// <param name="For">The user name that alone can accept it; null for whoever has the code.</param>
/// <param name="InvitedBy">Who invites.</param>
public sealed record InvitationLook(string Organization, IReadOnlyList<string> Roles, string? For, string InvitedBy);
