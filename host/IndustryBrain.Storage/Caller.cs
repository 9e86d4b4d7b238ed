namespace IndustryBrain.Storage;

/// <summary>Who asks, and for which organization: each request and each command carries one.</summary>
/// <param name="Organization">Id of the organization whose data is meant.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Source">Network address the request came from, or <c>system</c>.</param>
public sealed record Caller(string Organization, Actor Actor, string Source)
{
    /// <summary>The platform acting for an organization on its own account.</summary>
    public static Caller ForSystem(string organization) => new(organization, Actor.System, "system");
}
