using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Identity.Approvals;

/// <summary>What takes two people; section <c>Duties</c> of the configuration.</summary>
public sealed class DutyOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Duties";

    /// <summary>Whether what loosens or destroys needs a second person, where an organization has two who may do it. Default: true, but in Development.</summary>
    public bool? FourEyes { get; set; }

    /// <summary>Hours in which a proposal can be approved. Default 24.</summary>
    [Range(1, 720)]
    public int ApprovalHours { get; set; } = 24;
}
