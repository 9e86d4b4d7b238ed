namespace IndustryBrain.Identity.Organizations;

/// <summary>A person in an organization.</summary>
/// <param name="PersonId">Id of the person's <see cref="Accounts.Account"/>.</param>
/// <param name="Organization">Id of the organization.</param>
/// <param name="Roles">What they are there, of <see cref="Roles.Role"/>; at least one.</param>
/// <param name="Since">When they joined.</param>
public sealed record Membership(string PersonId, string Organization, IReadOnlyList<string> Roles, DateTimeOffset Since)
{
    /// <summary>One membership of a person in an organization.</summary>
    public string Id { get; init; } = IdOf(PersonId, Organization);

    /// <summary>When they were kept out for a time; null while they get in.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Id of the sign-in provider whose grants keep it; null when people gave it.</summary>
    public string? Provider { get; init; }

    internal static string IdOf(string person, string organization) => $"{organization}/{person}";
}
