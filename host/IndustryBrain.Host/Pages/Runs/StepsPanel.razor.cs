using System.Globalization;
using System.Text.Json;
using IndustryBrain.Host.Texts;
using IndustryBrain.Runtime.Components;
using IndustryBrain.Runtime.Runs;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>The steps of a run with state, time and, opened, their data.</summary>
public sealed partial class StepsPanel : ComponentBase
{
    private readonly HashSet<string> _open = [];

    /// <summary>The run.</summary>
    [Parameter, EditorRequired] public RunView Run { get; set; } = null!;

    /// <summary>Its steps on the time axis.</summary>
    [Parameter, EditorRequired] public StepTimeline Timeline { get; set; } = null!;

    /// <summary>Raised with an event that a step waits for and its payload; without a handler none can be sent.</summary>
    [Parameter] public EventCallback<(string Name, JsonElement? Payload)> OnEvent { get; set; }

    [Inject] private ComponentDirectory Components { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private static string Left(double percent) => string.Create(CultureInfo.InvariantCulture, $"left:{percent:0.##}%;");

    private static string Width(double percent) => string.Create(CultureInfo.InvariantCulture, $"width:{percent:0.##}%;");

    private bool IsOpen(StepRow row) => _open.Contains(row.Key);

    private void Toggle(StepRow row)
    {
        if (!_open.Remove(row.Key)) _open.Add(row.Key);
    }

    private string? Sub(StepRow row)
    {
        if (row.Step is not { } step) return (row.DependsOnBranch ? PageText.BranchDecides : PageText.NotReached).ToString();
        if (step.Failure is { } failure) return $"{failure.Code} {failure.Message}";
        if (row.State == "suspended") return WaitText.Of(step, Time);
        if (row.State == "running" && step.ProgressText is { } progress) return progress.ToString();
        return StepTimeline.ComponentOf(step.Type) is { } id && Components.Find(id) is { } component && component.Name != step.Name ? component.Name.ToString() : null;
    }
}
