using IndustryBrain.Host.Pages.Permissions;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>Where a person says why a run, or the runs of a filter, are paused, resumed or terminated. Many are counted first.</summary>
public sealed partial class ControlPanel : ComponentBase
{
    private string _reason = "";
    private DateTime? _until;
    private BulkIntervened? _done;
    private Failure? _failure;
    private bool _busy;

    /// <summary>pause, resume or terminate.</summary>
    [Parameter, EditorRequired] public string Kind { get; set; } = "pause";

    /// <summary>The run; null for those of <see cref="Filter"/>.</summary>
    [Parameter] public Guid? Run { get; set; }

    /// <summary>Which runs are meant.</summary>
    [Parameter] public OpenRunFilter? Filter { get; set; }

    /// <summary>Raised when it is done.</summary>
    [Parameter, EditorRequired] public EventCallback Done { get; set; }

    /// <summary>Raised when the person does not want to.</summary>
    [Parameter, EditorRequired] public EventCallback Closed { get; set; }

    [Inject] private RunControls Controls { get; set; } = null!;

    [Inject] private ICallerAccessor Callers { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private string Needed => Kind == "terminate" ? Permission.TerminateRuns : Permission.PauseRuns;

    private LocalizedText Word => Kind switch { "pause" => PageText.PauseRun, "resume" => PageText.ResumeRun, _ => PageText.TerminateRun };

    private LocalizedText What => Kind switch { "pause" => PageText.PauseWhat, "resume" => PageText.ResumeWhat, _ => PageText.TerminateWhat };

    private async Task ActAsync(bool preview)
    {
        if (_busy) return;
        (_busy, _failure) = (true, null);
        try
        {
            _failure = await Callers.RefusalAsync(Needed);
            if (_failure is not null) return;
            var reason = string.IsNullOrWhiteSpace(_reason) ? null : _reason;
            DateTimeOffset? until = Kind == "pause" && _until is { } local ? new DateTimeOffset(local, Time.LocalTimeZone.GetUtcOffset(local)) : null;
            var bulk = new BulkIntervention { Action = Kind, Reason = reason, Until = until, Runs = Run is { } run ? [run] : [], Filter = Run is null ? Filter : null, Preview = preview };
            if (!(await Controls.ApplyAsync(await Callers.GetAsync(), bulk, CancellationToken.None)).TryGet(out var done, out _failure)) return;
            _failure = Run is null ? null : done.Runs[0].Failure;
            if (_failure is not null) return;
            _done = done;
            if (!preview) await Done.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
