namespace IndustryBrain.Identity.Accounts;

/// <summary>A person's account: one person has one, whatever organizations they belong to.</summary>
/// <param name="Id">Stable id; never reused.</param>
/// <param name="UserName">What they sign in with.</param>
/// <param name="Name">Name for people to read.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Account(string Id, string UserName, string Name, DateTimeOffset CreatedAt);
