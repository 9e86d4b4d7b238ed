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

    /// <summary>Read the audit trail.</summary>
    public const string ReadAudit = "audit.read";

    /// <summary>Every permission.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        UsePages, ReadComponents, CallComponents, ReadPlugins, InstallPlugins, GrantPlugins, TrustPlugins, ConfigurePlugins, ReadScenarios, EditScenarios, PublishScenarios,
        ReadRuns, StartRuns, CancelRuns, RepairRuns, PauseRuns, TerminateRuns, HoldRuns, ManageQuotas, ReadTasks, DecideTasks, ReadFiles, UploadFiles, ManageKeys, ReadAudit,
    ];
}
