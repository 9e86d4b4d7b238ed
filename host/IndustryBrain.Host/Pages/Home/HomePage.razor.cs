using System.Globalization;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Components;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Theming;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Home;

/// <summary>The workbench: what this is, what can be run, what ran last.</summary>
public sealed partial class HomePage
{
    private const int RecentRuns = 8;
    private const int ScenariosAsked = 24;

    [Inject] private ScenarioLibrary Library { get; set; } = null!;

    [Inject] private RunCoordinator Runs { get; set; } = null!;

    [Inject] private ComponentDirectory Components { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private DateTimeOffset MonthStart
    {
        get
        {
            var now = Time.GetLocalNow();
            return new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, now.Offset);
        }
    }

    private string Month => MonthStart.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    // The first page of whoever sees no runs: administrators, vendors.
    private static readonly (string Permission, string Page)[] Elsewhere = [(Permission.ReadComponents, "/components"), (Permission.ReadPlugins, "/plugins"), (Permission.ReadAudit, "/audit"), (Permission.UsePages, "/organization")];

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc />
    protected override string Reads => Permission.UsePages;

    /// <inheritdoc />
    protected override async Task<Result<HomeData>> LoadAsync(CancellationToken ct)
    {
        if (await RefusalAsync(Permission.ReadRuns) is not null)
        {
            foreach (var (permission, page) in Elsewhere)
            {
                if (await RefusalAsync(permission) is not null) continue;
                Navigation.NavigateTo(page, replace: true);
                break;
            }

            return new HomeData([], [], new Dictionary<string, RunSummary>(), 0, 0, 0, 0, 0);
        }

        var scenarios = await Library.ListAsync(Caller, ct);
        var recent = await Runs.ListAsync(Caller, new RunFilter { PageSize = RecentRuns }, ct);
        var last = await LastRunsAsync(scenarios, recent.Items, ct);
        var month = await CountAsync(new RunFilter { From = MonthStart }, ct);
        var ended = await CountAsync(new RunFilter { From = MonthStart, Status = RunStatuses.Finished }, ct);
        var finished = await CountAsync(new RunFilter { From = MonthStart, SubStatus = RunStatuses.Finished }, ct);
        var running = await CountAsync(new RunFilter { SubStatus = RunStatuses.Executing }, ct);
        return new HomeData([.. scenarios.Where(s => s.IsPublished)], recent.Items, last, month, finished, ended, running, Components.List().Count);
    }

    internal static string ScenarioIcon(string definitionId) => definitionId switch
    {
        _ when definitionId.Contains("price", StringComparison.OrdinalIgnoreCase) => Glyphs.LineChart,
        _ when definitionId.Contains("carbon", StringComparison.OrdinalIgnoreCase) => Glyphs.Leaf,
        _ => Glyphs.Flow,
    };

    private static string Href(ScenarioSummary scenario) => $"/scenarios/{Uri.EscapeDataString(scenario.DefinitionId)}";

    private RunSummary? LastRun(string definitionId) => Data?.LastRuns.GetValueOrDefault(definitionId);

    // Most stand among the newest runs; only the others are asked for.
    private async Task<IReadOnlyDictionary<string, RunSummary>> LastRunsAsync(IReadOnlyList<ScenarioSummary> scenarios, IReadOnlyList<RunSummary> recent, CancellationToken ct)
    {
        var last = new Dictionary<string, RunSummary>(StringComparer.Ordinal);
        foreach (var run in recent) last.TryAdd(run.DefinitionId, run);
        foreach (var scenario in scenarios.Where(s => s.IsPublished && !last.ContainsKey(s.DefinitionId)).Take(ScenariosAsked))
        {
            var page = await Runs.ListAsync(Caller, new RunFilter { DefinitionId = scenario.DefinitionId, PageSize = 1 }, ct);
            if (page.Items is [var run]) last[scenario.DefinitionId] = run;
        }

        return last;
    }

    private async Task<long> CountAsync(RunFilter filter, CancellationToken ct) => (await Runs.ListAsync(Caller, filter with { PageSize = 1 }, ct)).Total;
}
