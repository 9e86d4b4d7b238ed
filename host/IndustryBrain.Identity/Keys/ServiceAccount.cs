using IndustryBrain.Storage;

namespace IndustryBrain.Identity.Keys;

/// <summary>A program that holds keys of an organization: a machine, a gateway, a pipeline. It has roles as a person has, and cannot sign in.</summary>
/// <param name="Id">Stable id; never reused.</param>
/// <param name="Organization">The organization it belongs to.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Roles">What it is, of <see cref="Roles.Role"/>; at least one.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">Who made it.</param>
public sealed record ServiceAccount(string Id, string Organization, string Name, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, Actor CreatedBy)
{
    /// <summary>When it was closed, and all its keys with it; null while it may act.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}
