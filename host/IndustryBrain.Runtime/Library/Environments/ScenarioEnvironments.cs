namespace IndustryBrain.Runtime.Library.Environments;

/// <summary>Where versions of scenarios are live. A draft is live nowhere.</summary>
public static class ScenarioEnvironments
{
    /// <summary>Where a version is tried before it goes to production: runs are the same, with parameters of their own.</summary>
    public const string Test = "test";

    /// <summary>Where the organization works.</summary>
    public const string Production = "production";

    /// <summary>All of them, in the order in which a version goes through them.</summary>
    public static IReadOnlyList<string> All { get; } = [Test, Production];
}
