using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Identity.Organizations;

/// <summary>How organizations are joined and left; section <c>Organizations</c> of the configuration.</summary>
public sealed class OrganizationOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Organizations";

    /// <summary>Days between the decision to delete an organization and the deletion of its data; until then it can be taken back. Default 30.</summary>
    [Range(0, 365)]
    public int CoolingOffDays { get; set; } = 30;

    /// <summary>Hours that an invitation holds when whoever invites does not say. Default 24.</summary>
    [Range(1, 720)]
    public int InvitationHours { get; set; } = 24;

    /// <summary>Invitations of one organization that wait to be accepted. Default 500.</summary>
    [Range(1, 100_000)]
    public int MaxInvitations { get; set; } = 500;

    /// <summary>Minutes between two looks for organizations whose cooling-off is over. Default 10.</summary>
    [Range(1, 1440)]
    public int LookMinutes { get; set; } = 10;
}
