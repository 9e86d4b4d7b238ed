using IndustryBrain.Sdk;
using IndustryBrain.Web.Texts;
using IndustryBrain.Web.Theming;

namespace IndustryBrain.Web.Shell;

/// <summary>What the shell shows around every page; rooms add their entries when the host starts.</summary>
public sealed class ShellOptions
{
    /// <summary>Name of the organization in the top bar.</summary>
    public LocalizedText Organization { get; set; } = new("示例组织", "Demo organization");

    /// <summary>Groups of the navigation, in order; a person sees what they may open.</summary>
    public IList<NavGroup> Navigation { get; } =
    [
        new(WebText.NavWork,
        [
            new(WebText.NavHome, "/", Glyphs.Home) { Permission = "runs.read", OnPhone = true },
            new(WebText.NavTasks, "/tasks", Glyphs.Task) { Permission = "tasks.read", OnPhone = true },
            new(WebText.NavScenarios, "/scenarios", Glyphs.Flow) { Permission = "scenarios.read", OnPhone = true },
            new(WebText.NavRuns, "/runs", Glyphs.Play) { Permission = "runs.read", OnPhone = true },
        ]),
        new(WebText.NavCapabilities,
        [
            new(WebText.NavComponents, "/components", Glyphs.Apps) { Permission = "components.read", OnPhone = true },
            new(WebText.NavPlugins, "/plugins", Glyphs.Plug) { Permission = "plugins.read" },
            new(WebText.NavData, "/data", Glyphs.Table) { Permission = "data.read" },
        ]),
        new(WebText.NavAdministration,
        [
            new(WebText.NavPeople, "/people", Glyphs.People) { Permission = "people.read" },
            new(WebText.NavOrganization, "/organization", Glyphs.Home),
            new(WebText.NavKeys, "/keys", Glyphs.Key) { Permission = "keys.manage" },
            new(WebText.NavConnections, "/connections", Glyphs.Branch) { Permission = "connections.read" },
            new(WebText.NavSecrets, "/secrets", Glyphs.Lock) { Permission = "secrets.read" },
            new(WebText.NavApprovals, "/approvals", Glyphs.Check) { Permission = "approvals.read" },
            new(WebText.NavAudit, "/audit", Glyphs.ShieldCheck) { Permission = "audit.read" },
            new(WebText.NavSystem, "/system", Glyphs.Pulse) { Permission = "platform.diagnostics" },
        ]),
    ];
}
