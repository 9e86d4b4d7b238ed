using IndustryBrain.Host.Pages.Runs;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Auditing;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Audits;

/// <summary>Who did what, and whether the trail is what it was.</summary>
public sealed partial class AuditPage
{
    private AuditVerification? _found;
    private Failure? _refused;
    private bool _verifying;

    [SupplyParameterFromQuery(Name = "kind")] private string? KindParameter { get; set; }

    [SupplyParameterFromQuery(Name = "result")] private string? ResultParameter { get; set; }

    [SupplyParameterFromQuery(Name = "actor")] private string? ActorParameter { get; set; }

    [SupplyParameterFromQuery(Name = "period")] private string? PeriodParameter { get; set; }

    [SupplyParameterFromQuery(Name = "after")] private string? AfterParameter { get; set; }

    [Inject] private AuditReader Reader { get; set; } = null!;

    [Inject] private AuditVerifier Verifier { get; set; } = null!;

    [Inject] private AuditTrail Trail { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override object Key => Query;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadAudit;

    private AuditQuery Query => new(
        AuditText.Kinds.Any(k => k.Prefix == KindParameter) ? KindParameter : null,
        AuditText.Results.Any(r => r.Value == ResultParameter) ? ResultParameter : null,
        NullIfEmpty(ActorParameter),
        HistoryQuery.Periods.Any(p => p.Value == PeriodParameter) ? PeriodParameter : null,
        Guid.TryParse(AfterParameter, out var after) ? after : null);

    /// <inheritdoc />
    protected override async Task<Result<AuditData>> LoadAsync(CancellationToken ct) =>
        new AuditData([.. (await Reader.ReadAsync(Caller.Organization, Query.Filter(Time), ct)).Select(AuditRow.Of)]);

    private static string Tone(string result) => result switch { "ok" => "success", "denied" => "warning", _ => "error" };

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal) ? null : text.Trim();

    private static string? Chosen(ChangeEventArgs e) => NullIfEmpty(e.Value as string);

    private void Go(AuditQuery query) => Navigation.NavigateTo((query with { After = null }).Href);

    private async Task VerifyAsync()
    {
        if (_verifying) return;
        _verifying = true;
        try
        {
            _refused = await RefusalAsync(Permission.ReadAudit);
            if (_refused is not null) return;
            _found = await Verifier.VerifyAsync(Caller.Organization, Left);
            await Trail.AppendAsync(Caller, "audit.verify", "audit", Caller.Organization, _found.IsIntact ? AuditResult.Ok : AuditResult.Failed, null, Left);
            await ReloadAsync();
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _verifying = false;
        }
    }
}
