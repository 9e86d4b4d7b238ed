using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>The runs that are broken, and what can be done about them.</summary>
public sealed partial class BrokenRunsPage
{
    private readonly HashSet<Guid> _selected = [];
    private BulkRepaired? _last;

    [SupplyParameterFromQuery(Name = "scenario")] private string? ScenarioParameter { get; set; }

    [SupplyParameterFromQuery(Name = "code")] private string? CodeParameter { get; set; }

    [SupplyParameterFromQuery(Name = "step")] private string? StepParameter { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? PageParameter { get; set; }

    [Inject] private RunCoordinator Runs { get; set; } = null!;

    [Inject] private ScenarioLibrary Library { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override object Key => Query;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadRuns;

    private static IReadOnlyList<Crumb> Crumbs => [new(PageText.Runs.ToString(), "/runs")];

    private BrokenQuery Query => new(NullIfEmpty(ScenarioParameter), NullIfEmpty(CodeParameter), NullIfEmpty(StepParameter), Math.Clamp(PageParameter ?? 1, 1, 100_000));

    private IEnumerable<Guid> Resumable => Data!.Page.Items.Where(r => r.IsResumable).Select(r => r.Id);

    private bool AllSelected => Resumable.Any() && Resumable.All(_selected.Contains);

    /// <inheritdoc />
    protected override async Task<Result<HistoryData>> LoadAsync(CancellationToken ct) => new HistoryData(await Runs.ListAsync(Caller, Query.Filter, ct), await Library.ListAsync(Caller, ct));

    // What is not shown cannot be meant.
    /// <inheritdoc />
    protected override void OnLoaded()
    {
        if (Data is not null) _selected.IntersectWith(Data.Page.Items.Select(r => r.Id));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal) ? null : text.Trim();

    private static string? Chosen(ChangeEventArgs e) => NullIfEmpty(e.Value as string);

    private void Go(BrokenQuery query) => Navigation.NavigateTo((query with { Page = 1 }).Href);

    private void Select(Guid id, ChangeEventArgs e)
    {
        if (e.Value is true) _selected.Add(id);
        else _selected.Remove(id);
    }

    private void SelectAll(ChangeEventArgs e)
    {
        if (e.Value is true) _selected.UnionWith(Resumable);
        else _selected.Clear();
    }

    private async Task DoneAsync(BulkRepaired repaired)
    {
        _last = repaired;
        _selected.Clear();
        await ReloadAsync();
    }
}
