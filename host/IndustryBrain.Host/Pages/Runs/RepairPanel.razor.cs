using System.Text.Json;
using IndustryBrain.Host.Pages.Permissions;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>Where a person lets runs go on that broke. Several are looked at first.</summary>
public sealed partial class RepairPanel : ComponentBase
{
    private static readonly IReadOnlyList<(string Kind, LocalizedText Word)> Kinds = [(RepairKinds.Retry, PageText.RepairRetry), (RepairKinds.Skip, PageText.RepairSkip), (RepairKinds.Move, PageText.RepairMove)];

    private string _kind = RepairKinds.Retry;
    private string _outputs = "{}";
    private string _nodes = "";
    private string _comment = "";
    private int? _version;
    private RunRepair? _previewed;
    private IReadOnlyList<Guid> _previewedRuns = [];
    private BulkRepaired? _repaired;
    private Failure? _failure;
    private bool _busy;

    /// <summary>The runs.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<Guid> Runs { get; set; } = [];

    /// <summary>Heading of the panel.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>Raised with what became of the runs.</summary>
    [Parameter, EditorRequired] public EventCallback<BulkRepaired> Done { get; set; }

    [Inject] private RunRepairs Repairs { get; set; } = null!;

    [Inject] private ICallerAccessor Callers { get; set; } = null!;

    private LocalizedText What => _kind switch
    {
        RepairKinds.Skip => PageText.RepairSkipWhat,
        RepairKinds.Move => PageText.RepairMoveWhat,
        _ => PageText.RepairRetryWhat,
    };

    // Of many runs nobody sees at a glance what would happen.
    private bool NeedsPreview => Runs.Count > 1 && (_repaired is not { IsPreview: true } || !Runs.SequenceEqual(_previewedRuns) || _previewed?.Kind != _kind);

    private void Choose(string kind) => (_kind, _repaired, _previewed, _failure) = (kind, null, null, null);

    private async Task ActAsync(bool preview)
    {
        if (_busy) return;
        (_busy, _failure) = (true, null);
        try
        {
            _failure = await Callers.RefusalAsync(Permission.RepairRuns);
            if (_failure is not null || !Read().TryGet(out var repair, out _failure)) return;
            var answer = await Repairs.RepairAsync(await Callers.GetAsync(), new BulkRepair { Repair = repair, Runs = Runs, Preview = preview }, null, CancellationToken.None);
            if (!answer.TryGet(out var repaired, out _failure)) return;
            (_repaired, _previewed, _previewedRuns) = (repaired, repair, Runs);
            if (!preview) await Done.InvokeAsync(repaired);
        }
        finally
        {
            _busy = false;
        }
    }

    private Result<RunRepair> Read()
    {
        var repair = new RunRepair { Kind = _kind, Comment = string.IsNullOrWhiteSpace(_comment) ? null : _comment };
        if (_kind == RepairKinds.Move)
        {
            if (_version is not { } version) return Refusals.Missing("version") with { Action = PageText.RepairNeedsVersion };
            var nodes = _nodes.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split('=', 2, StringSplitOptions.TrimEntries)).Where(p => p.Length == 2).DistinctBy(p => p[0]);
            return repair with { Version = version, Nodes = nodes.ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal) };
        }

        if (_kind != RepairKinds.Skip) return repair;
        try
        {
            return JsonElement.Parse(_outputs) is { ValueKind: JsonValueKind.Object } outputs ? repair with { Outputs = outputs } : NotJson();
        }
        catch (JsonException)
        {
            return NotJson();
        }
    }

    private static Failure NotJson() => new("IB3004", PageText.RepairNotJson) { Where = "outputs" };
}
