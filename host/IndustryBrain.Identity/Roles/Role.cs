namespace IndustryBrain.Identity.Roles;

/// <summary>The roles: those of an organization's people, and the three of the platform's administrators.</summary>
public static class Role
{
    /// <summary>Decides for the organization: people, plugins, connections, limits.</summary>
    public const string Owner = "owner";

    /// <summary>Composes, tries and publishes scenarios.</summary>
    public const string Builder = "builder";

    /// <summary>Starts runs, decides tasks.</summary>
    public const string Runner = "runner";

    /// <summary>Sees scenarios and runs.</summary>
    public const string Viewer = "viewer";

    /// <summary>Publishes plugins of a vendor.</summary>
    public const string Developer = "developer";

    /// <summary>Sees what was used and what it costs.</summary>
    public const string Finance = "finance";

    /// <summary>Runs the platform: accounts without rights, nodes, backup, limits.</summary>
    public const string SystemAdministrator = "system-administrator";

    /// <summary>Decides rights: platform roles, policies, dangerous capabilities.</summary>
    public const string SecurityAdministrator = "security-administrator";

    /// <summary>Reads the trail.</summary>
    public const string AuditAdministrator = "audit-administrator";

    /// <summary>The roles within an organization.</summary>
    public static IReadOnlyList<string> OfOrganizations { get; } = [Owner, Builder, Runner, Viewer, Developer, Finance];

    /// <summary>The administrators' roles; a person has one of them at most, and none of an organization beside it.</summary>
    public static IReadOnlyList<string> OfPlatform { get; } = [SystemAdministrator, SecurityAdministrator, AuditAdministrator];
}
