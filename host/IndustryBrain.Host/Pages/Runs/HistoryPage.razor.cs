using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Sdk;
using IndustryBrain.Web.States;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>All runs, with filters that are the address.</summary>
public sealed partial class HistoryPage
{
    private string? _control;

    [SupplyParameterFromQuery(Name = "scenario")] private string? ScenarioParameter { get; set; }

    [SupplyParameterFromQuery(Name = "state")] private string? StateParameter { get; set; }

    [SupplyParameterFromQuery(Name = "period")] private string? PeriodParameter { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? TextParameter { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? PageParameter { get; set; }

    [Inject] private RunCoordinator Runs { get; set; } = null!;

    [Inject] private ScenarioLibrary Library { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override object Key => Query;

    private HistoryQuery Query => new(
        NullIfEmpty(ScenarioParameter),
        RunState.Words.Contains(StateParameter) ? StateParameter : null,
        HistoryQuery.Periods.Any(p => p.Value == PeriodParameter) ? PeriodParameter : null,
        NullIfEmpty(TextParameter),
        Math.Clamp(PageParameter ?? 1, 1, 100_000));

    // Only what the filters can say to the runtime too: a period ends with the day, and a text is looked for in names.
    private OpenRunFilter? Open => Query is { Text: null, State: "running" or "suspended" or "paused" or "waiting" } query
        ? new() { DefinitionId = query.Scenario, SubStatus = RunState.SubStatusOf(query.State), From = query.Filter(Time).From }
        : null;

    private IReadOnlyList<(string Kind, LocalizedText Word)> Controls => Query.State == "paused"
        ? [("resume", PageText.ResumeRun), ("terminate", PageText.TerminateRun)]
        : [("pause", PageText.PauseRun), ("terminate", PageText.TerminateRun)];

    private IEnumerable<(string Text, HistoryQuery Without)> Chips
    {
        get
        {
            if (Query.Scenario is { } id) yield return (Data?.Scenarios.FirstOrDefault(s => s.DefinitionId == id)?.Name.ToString() ?? id, Query with { Scenario = null, Page = 1 });
            if (Query.State is { } state) yield return (StateLook.Of(state).Word.ToString(), Query with { State = null, Page = 1 });
            if (Query.Period is { } period) yield return (HistoryQuery.Periods.First(p => p.Value == period).Text.ToString(), Query with { Period = null, Page = 1 });
            if (Query.Text is { } text) yield return (text, Query with { Text = null, Page = 1 });
        }
    }

    /// <inheritdoc />
    protected override string Reads => Permission.ReadRuns;

    /// <inheritdoc />
    protected override async Task<Result<HistoryData>> LoadAsync(CancellationToken ct)
    {
        return new HistoryData(await Runs.ListAsync(Caller, Query.Filter(Time), ct), await Library.ListAsync(Caller, ct));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal) ? null : text.Trim();

    private static string? Chosen(ChangeEventArgs e) => NullIfEmpty(e.Value as string);

    private void Go(HistoryQuery query) => Navigation.NavigateTo((query with { Page = 1 }).Href);
}
