using IndustryBrain.Sdk;
using IndustryBrain.Web.Texts;
using IndustryBrain.Web.Theming;

namespace IndustryBrain.Web.Shell;

/// <summary>What the shell shows around every page; rooms add their entries when the host starts.</summary>
public sealed class ShellOptions
{
    /// <summary>Name of the organization in the top bar.</summary>
    public LocalizedText Organization { get; set; } = new("示例组织", "Demo organization");

    /// <summary>Groups of the navigation, in order.</summary>
    public IList<NavGroup> Navigation { get; } =
    [
        new(WebText.NavWork,
        [
            new(WebText.NavHome, "/", Glyphs.Home) { OnPhone = true },
            new(WebText.NavTasks, "/tasks", Glyphs.Task) { OnPhone = true },
            new(WebText.NavScenarios, "/scenarios", Glyphs.Flow) { OnPhone = true },
            new(WebText.NavRuns, "/runs", Glyphs.Play) { OnPhone = true },
        ]),
        new(WebText.NavCapabilities, [new(WebText.NavComponents, "/components", Glyphs.Apps) { OnPhone = true }, new(WebText.NavPlugins, "/plugins", Glyphs.Plug), new(WebText.NavData, "/data", Glyphs.Table)]),
        new(WebText.NavAdministration,
        [
            new(WebText.NavPeople, "/people", Glyphs.People),
            new(WebText.NavOrganization, "/organization", Glyphs.Home),
            new(WebText.NavKeys, "/keys", Glyphs.Key),
            new(WebText.NavConnections, "/connections", Glyphs.Branch),
            new(WebText.NavSecrets, "/secrets", Glyphs.Lock),
            new(WebText.NavApprovals, "/approvals", Glyphs.Check),
            new(WebText.NavAudit, "/audit", Glyphs.ShieldCheck),
            new(WebText.NavSystem, "/system", Glyphs.Pulse),
        ]),
    ];
}
