namespace IndustryBrain.Identity.People;

/// <summary>A person as an organization knows them.</summary>
/// <param name="Id">Stable id; never reused.</param>
/// <param name="Name">Name for people to read.</param>
/// <param name="Roles">What they are in the organization.</param>
public sealed record Person(string Id, string Name, IReadOnlyList<string> Roles)
{
    /// <summary>True where nobody keeps persons: whoever is let in stands for everybody, in each role.</summary>
    public bool StandsForAll { get; init; }

    /// <summary>True when they have the role.</summary>
    public bool IsIn(string role) => StandsForAll || Roles.Contains(role, StringComparer.Ordinal);
}
