namespace IndustryBrain.Identity;

/// <summary>The permissions; each endpoint and each page names one.</summary>
public static class Permission
{
    /// <summary>Open the pages and use their connection.</summary>
    public const string UsePages = "pages.use";

    /// <summary>See components with their schemas.</summary>
    public const string ReadComponents = "components.read";

    /// <summary>Call a component outside a scenario.</summary>
    public const string CallComponents = "components.call";

    /// <summary>See which plugins are installed, with their permissions and state.</summary>
    public const string ReadPlugins = "plugins.read";

    /// <summary>Install, update, disable and remove plugins.</summary>
    public const string InstallPlugins = "plugins.install";

    /// <summary>Consent to the permissions of plugins.</summary>
    public const string GrantPlugins = "plugins.grant";

    /// <summary>Let plugins run in the host's own process.</summary>
    public const string TrustPlugins = "plugins.trust";

    /// <summary>Change what the organization sets for plugins.</summary>
    public const string ConfigurePlugins = "plugins.configure";

    /// <summary>See and export scenarios.</summary>
    public const string ReadScenarios = "scenarios.read";

    /// <summary>Import and change scenarios.</summary>
    public const string EditScenarios = "scenarios.edit";

    /// <summary>Publish scenarios.</summary>
    public const string PublishScenarios = "scenarios.publish";

    /// <summary>See runs with their inputs and outputs.</summary>
    public const string ReadRuns = "runs.read";

    /// <summary>Start runs and resume what waits.</summary>
    public const string StartRuns = "runs.start";

    /// <summary>Cancel runs.</summary>
    public const string CancelRuns = "runs.cancel";

    /// <summary>Let runs go on that broke: retry, skip, move to another version.</summary>
    public const string RepairRuns = "runs.repair";

    /// <summary>Pause and resume runs, and hold the starts of scenarios.</summary>
    public const string PauseRuns = "runs.pause";

    /// <summary>End runs at once, without letting them clean up.</summary>
    public const string TerminateRuns = "runs.terminate";

    /// <summary>Place and lift legal holds, which keep runs from being deleted.</summary>
    public const string HoldRuns = "runs.hold";

    /// <summary>Set what organizations may use.</summary>
    public const string ManageQuotas = "quotas.manage";

    /// <summary>See the tasks of people.</summary>
    public const string ReadTasks = "tasks.read";

    /// <summary>Decide, delegate and comment the tasks that are one's own.</summary>
    public const string DecideTasks = "tasks.decide";

    /// <summary>See and read files.</summary>
    public const string ReadFiles = "files.read";

    /// <summary>Store files.</summary>
    public const string UploadFiles = "files.upload";

    /// <summary>Make and revoke API keys.</summary>
    public const string ManageKeys = "keys.manage";

    /// <summary>See which secrets there are, when they were used and by what; never their values.</summary>
    public const string ReadSecrets = "secrets.read";

    /// <summary>Store, rotate and delete secrets.</summary>
    public const string ManageSecrets = "secrets.manage";

    /// <summary>See the data sets and their rows, but for those that are kept for some roles.</summary>
    public const string ReadData = "data.read";

    /// <summary>Upload, change and delete data sets, and say whose roles see them.</summary>
    public const string ManageData = "data.manage";

    /// <summary>See the connections to other systems, with the names of their secrets.</summary>
    public const string ReadConnections = "connections.read";

    /// <summary>Make, change, test and delete connections.</summary>
    public const string ManageConnections = "connections.manage";

    /// <summary>Read the audit trail.</summary>
    public const string ReadAudit = "audit.read";

    /// <summary>See who belongs to the organization, and who is invited.</summary>
    public const string ReadPeople = "people.read";

    /// <summary>Invite people, give them roles that may do no more than one's own, suspend and remove them.</summary>
    public const string ManagePeople = "people.manage";

    /// <summary>Rename the organization, hand it over, delete it.</summary>
    public const string ManageOrganization = "organization.manage";

    /// <summary>See what was proposed to a second person.</summary>
    public const string ReadApprovals = "approvals.read";

    /// <summary>Approve or reject what another person proposed, and what one may do oneself.</summary>
    public const string DecideApprovals = "approvals.decide";

    /// <summary>Make, suspend and resume organizations.</summary>
    public const string AdministerOrganizations = "platform.organizations";

    /// <summary>Give the roles of the platform's administrators, reset and disable accounts.</summary>
    public const string AdministerRoles = "platform.roles";

    /// <summary>See how the installation does: versions, nodes, queues, health; the diagnostics bundle.</summary>
    public const string ReadDiagnostics = "platform.diagnostics";

    /// <summary>What no key of an organization has: the administrators' own.</summary>
    public static IReadOnlyList<string> OfPlatform { get; } = [AdministerOrganizations, AdministerRoles, ReadDiagnostics];

    /// <summary>Every permission.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        UsePages, ReadComponents, CallComponents, ReadPlugins, InstallPlugins, GrantPlugins, TrustPlugins, ConfigurePlugins, ReadScenarios, EditScenarios, PublishScenarios,
        ReadRuns, StartRuns, CancelRuns, RepairRuns, PauseRuns, TerminateRuns, HoldRuns, ManageQuotas, ReadTasks, DecideTasks, ReadFiles, UploadFiles, ManageKeys, ReadSecrets, ManageSecrets, ReadData, ManageData, ReadConnections, ManageConnections, ReadAudit,
        ReadPeople, ManagePeople, ManageOrganization, ReadApprovals, DecideApprovals, AdministerOrganizations, AdministerRoles, ReadDiagnostics,
    ];
}
