namespace IndustryBrain.Identity.Organizations;

/// <summary>A member of an organization as listed.</summary>
/// <param name="Person">Id of the person's account.</param>
/// <param name="UserName">What they sign in with; null when the account is gone.</param>
/// <param name="Name">Name for people to read.</param>
/// <param name="Roles">What they are in the organization.</param>
/// <param name="Since">When they joined.</param>
/// <param name="SuspendedAt">When they were kept out; null while they get in.</param>
public sealed record MemberView(string Person, string? UserName, string Name, IReadOnlyList<string> Roles, DateTimeOffset Since, DateTimeOffset? SuspendedAt);
