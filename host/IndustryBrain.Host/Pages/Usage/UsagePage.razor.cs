using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Shell;
using IndustryBrain.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Usage;

/// <summary>What the organization uses of its quotas.</summary>
public sealed partial class UsagePage
{
    [Inject] private UsageMeter Meter { get; set; } = null!;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadRuns;

    private static IReadOnlyList<Crumb> Crumbs => [new(PageText.Runs.ToString(), "/runs")];

    private IEnumerable<(string What, string? Note, string Used, string? Most, bool IsFull)> Rows
    {
        get
        {
            var (usage, limits) = (Data!, Data!.Limits);
            yield return Row(PageText.UsageExecuting, null, usage.Executing, limits.ConcurrentRuns);
            yield return Row(PageText.UsageOpen, PageText.UsageOpenOf.Fill(usage.Queued, usage.Waiting, usage.Paused), usage.OpenRuns, limits.OpenRuns);
            yield return Row(PageText.UsageSteps, null, usage.StepsToday, limits.StepsPerDay);
            yield return (PageText.UsageStored.ToString(), null, NumberText.Bytes(usage.StoredBytes), limits.StoredBytes == 0 ? null : NumberText.Bytes(limits.StoredBytes), limits.StoredBytes > 0 && usage.StoredBytes >= limits.StoredBytes);
            yield return (PageText.UsageStepsPerRun.ToString(), null, "–", limits.StepsPerRun == 0 ? null : NumberText.Of(limits.StepsPerRun), false);
            yield return (PageText.UsagePayload.ToString(), null, "–", limits.PayloadBytes == 0 ? null : NumberText.Bytes(limits.PayloadBytes), false);
        }
    }

    /// <inheritdoc />
    protected override async Task<Result<UsageView>> LoadAsync(CancellationToken ct) => await Meter.GetAsync(Caller, ct);

    private static (string, string?, string, string?, bool) Row(LocalizedText what, string? note, long used, long most) =>
        (what.ToString(), note, NumberText.Of(used), most == 0 ? null : NumberText.Of(most), most > 0 && used >= most);
}
