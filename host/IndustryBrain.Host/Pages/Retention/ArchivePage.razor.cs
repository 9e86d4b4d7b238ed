using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Retention;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Retention;

/// <summary>The archived runs, and what keeps runs from being deleted.</summary>
public sealed partial class ArchivePage
{
    private const int PageSize = 50;
    private string _scope = "run";
    private string _target = "";
    private string _reason = "";
    private Failure? _refused;
    private bool _busy;

    [SupplyParameterFromQuery(Name = "page")] private int? PageParameter { get; set; }

    [Inject] private RunArchives Archives { get; set; } = null!;

    [Inject] private LegalHolds Holds { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override object Key => Page;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadRuns;

    private static IReadOnlyList<Crumb> Crumbs => [new(PageText.Runs.ToString(), "/runs")];

    private int Page => Math.Clamp(PageParameter ?? 1, 1, 100_000);

    /// <inheritdoc />
    protected override async Task<Result<ArchiveData>> LoadAsync(CancellationToken ct) =>
        new ArchiveData(await Archives.ListAsync(Caller, new RunFilter { Page = Page, PageSize = PageSize }, ct), await Holds.ListAsync(Caller, ct));

    private static LocalizedText ScopeOf(LegalHold hold) => hold.Scope switch { "run" => PageText.HoldRun, "scenario" => PageText.HoldScenario, _ => PageText.HoldOrganization };

    private Task PlaceAsync() => ActAsync(async () =>
        (await Holds.PlaceAsync(Caller, new HoldRequest { Scope = _scope, Target = _scope == "organization" ? null : _target.Trim(), Reason = _reason }, Left)).Failure);

    private Task LiftAsync(LegalHold hold) => ActAsync(async () => (await Holds.LiftAsync(Caller, hold.Id, _reason, Left)).Failure);

    private async Task ActAsync(Func<Task<Failure?>> action)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            _refused = await RefusalAsync(Permission.HoldRuns) ?? await action();
            if (_refused is not null) return;
            (_target, _reason) = ("", "");
            await ReloadAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
