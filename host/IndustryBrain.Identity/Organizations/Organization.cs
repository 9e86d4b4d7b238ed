namespace IndustryBrain.Identity.Organizations;

/// <summary>What an organization is on the platform.</summary>
public enum OrganizationKind
{
    /// <summary>The platform itself; its members are the administrators.</summary>
    Platform,

    /// <summary>Uses brains, and composes scenarios of its own.</summary>
    Enterprise,

    /// <summary>Writes plugins.</summary>
    Vendor,

    /// <summary>Runs brains for others.</summary>
    Operator,

    /// <summary>A government body.</summary>
    Government,
}

/// <summary>Whether an organization may be used.</summary>
public enum OrganizationState
{
    /// <summary>It may.</summary>
    Active,

    /// <summary>Nobody gets in and nothing starts, until an administrator lifts it.</summary>
    Suspended,

    /// <summary>It will be deleted when its cooling-off period is over; until then its owner can take that back.</summary>
    Leaving,

    /// <summary>Its data is gone; the id is never given again.</summary>
    Deleted,
}

/// <summary>A tenant.</summary>
/// <param name="Id">Lower-case letters, digits and hyphens; never reused.</param>
/// <param name="Name">Name for people to read.</param>
/// <param name="Kind">What it is.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Organization(string Id, string Name, OrganizationKind Kind, DateTimeOffset CreatedAt)
{
    /// <summary>Whether it may be used.</summary>
    public OrganizationState State { get; init; } = OrganizationState.Active;

    /// <summary>When its data will be deleted; set while it is leaving.</summary>
    public DateTimeOffset? DeletesAt { get; init; }

    /// <summary>When its data was deleted.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Why an administrator suspended it.</summary>
    public string? Reason { get; init; }
}
