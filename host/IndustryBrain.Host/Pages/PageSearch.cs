using IndustryBrain.Host.Pages.Runs;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Components;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Shell;
using IndustryBrain.Web.Theming;

namespace IndustryBrain.Host.Pages;

/// <summary>Finds scenarios, components and runs for the search.</summary>
internal sealed class PageSearch(ICallerAccessor callers, ScenarioLibrary library, ComponentDirectory components, RunCoordinator runs, TimeProvider time) : ISearchProvider
{
    private const int Most = 6;
    private const int RunsLookedAt = 50;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text, CancellationToken cancellationToken)
    {
        var caller = await callers.GetAsync(cancellationToken);
        var scenarios = await callers.HasAsync(Permission.ReadScenarios, cancellationToken) ? await library.ListAsync(caller, cancellationToken) : [];
        var recent = await callers.HasAsync(Permission.ReadRuns, cancellationToken) ? (await runs.ListAsync(caller, new RunFilter { PageSize = RunsLookedAt }, cancellationToken)).Items : [];
        var installed = await callers.HasAsync(Permission.ReadComponents, cancellationToken) ? components.List() : [];
        return
        [
            .. scenarios.Where(s => Fits(s.Name, text) || s.DefinitionId.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(Most)
                .Select(s => new SearchHit(s.Name.ToString(), $"/scenarios/{Uri.EscapeDataString(s.DefinitionId)}", PageText.Scenarios.ToString(), Glyphs.Flow)),
            .. installed.Where(c => text.Length > 0 && (Fits(c.Name, text) || c.Id.Contains(text, StringComparison.OrdinalIgnoreCase))).Take(Most)
                .Select(c => new SearchHit(c.Name.ToString(), $"/components/{c.Id}", PageText.Components.ToString(), Glyphs.Apps, c.Id)),
            .. recent.Where(r => Fits(r.ScenarioName, text) || RunState.Number(r.Id).StartsWith(text, StringComparison.OrdinalIgnoreCase)).Take(Most)
                .Select(r => new SearchHit(r.ScenarioName.ToString(), $"/runs/{r.Id}", PageText.Runs.ToString(), Glyphs.Play, $"{RunState.Number(r.Id)} · {TimeText.Moment(r.CreatedAt, time)}")),
        ];
    }

    private static bool Fits(LocalizedText name, string text) =>
        name.Zh.Contains(text, StringComparison.OrdinalIgnoreCase) || name.En.Contains(text, StringComparison.OrdinalIgnoreCase);
}
