using System.Globalization;
using IndustryBrain.Host.Texts;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>The steps of a run on one time axis; containers are left out; steps still to come stand at the end while the run goes on.</summary>
public sealed class StepTimeline
{
    private const string ComponentPrefix = "IndustryBrain.";
    private const string EventPrefix = "Elsa.Event:";
    private const int WantedTicks = 3;

    private StepTimeline(IReadOnlyList<StepRow> rows, IReadOnlyList<AxisTick> ticks) => (Rows, Ticks) = (rows, ticks);

    /// <summary>The steps, in the order they were started.</summary>
    public IReadOnlyList<StepRow> Rows { get; }

    /// <summary>The marks of the axis.</summary>
    public IReadOnlyList<AxisTick> Ticks { get; }

    /// <summary>Number of steps that were reached or will surely come.</summary>
    public int Sure => Rows.Count(r => !r.DependsOnBranch);

    /// <summary>Number of steps done.</summary>
    public int Done => Rows.Count(r => r.State == "done");

    /// <summary>The step that the run is at; null between two steps.</summary>
    public StepRow? Current => Rows.LastOrDefault(r => r.State is StepStates.Running or StepStates.Suspended);

    internal static StepTimeline Of(RunData data, Func<string, string?> kindOf, DateTimeOffset now)
    {
        var (run, nodes) = (data.Run, data.Nodes);
        var containers = Containers(data);
        var steps = run.Steps.Where(s => !containers.Contains(s.NodeId)).ToList();
        var start = steps.Min(s => s.StartedAt) ?? run.CreatedAt;
        var end = run.FinishedAt ?? now;
        if (steps.Max(s => s.FinishedAt) is { } last && last > end) end = last;
        var span = Math.Max((end - start).TotalMilliseconds, 1);

        var rows = steps.ConvertAll(step => Row(step, start, end, span));
        if (!run.HasEnded)
        {
            var outlook = new StepOutlook(nodes, data.Source, run.Steps);
            rows.AddRange(
                from node in nodes
                where !node.IsContainer && !outlook.IsReached(node)
                let comes = outlook.Comes(node)
                where comes != false
                select new StepRow("node:" + node.NodeId, ActivityText.NameOf(node.DisplayText, node.Type), KindOf(node, kindOf), "waiting", 0, 0, "", null) { DependsOnBranch = comes is null });
        }

        return new(rows, Axis(span));
    }

    /// <summary>The component that an activity type names, or null.</summary>
    internal static string? ComponentOf(string type) => type.StartsWith(ComponentPrefix, StringComparison.Ordinal) ? type[ComponentPrefix.Length..] : null;

    /// <summary>The event that a suspended step waits for, or null.</summary>
    internal static string? EventOf(StepView? step) =>
        step?.WaitsFor is { } waits && waits.StartsWith(EventPrefix, StringComparison.Ordinal) ? waits[EventPrefix.Length..] : null;

    // What a step stands in is a container, also in a version whose document is no longer at hand.
    private static HashSet<string> Containers(RunData data)
    {
        var containers = data.Nodes.Where(n => n.IsContainer).Select(n => n.NodeId).ToHashSet(StringComparer.Ordinal);
        foreach (var step in data.Run.Steps)
            for (var end = step.NodeId.LastIndexOf(':'); end > 0; end = step.NodeId.LastIndexOf(':', end - 1)) containers.Add(step.NodeId[..end]);
        return containers;
    }

    private static string KindOf(ScenarioNode node, Func<string, string?> kindOf) => node.ComponentId is null ? "control" : kindOf(node.ComponentId) ?? "tool";

    private static StepRow Row(StepView step, DateTimeOffset start, DateTimeOffset end, double span)
    {
        if (step.StartedAt is not { } from) return new(step.Id, ActivityText.NameOf(step.Name, step.Type), step.Kind, step.State, 0, 0, "", step);
        var to = step.FinishedAt ?? end;
        var length = to > from ? to - from : TimeSpan.Zero;
        var left = Math.Clamp((from - start).TotalMilliseconds / span * 100, 0, 100);
        var width = Math.Clamp(length.TotalMilliseconds / span * 100, 0, 100 - left);
        return new(step.Id, ActivityText.NameOf(step.Name, step.Type), step.Kind, step.State, left, width, TimeText.Duration(length), step);
    }

    private static IReadOnlyList<AxisTick> Axis(double milliseconds)
    {
        var (unit, size) = milliseconds switch { < 1000 => ("ms", 1.0), < 120_000 => ("s", 1000.0), < 7_200_000 => ("min", 60_000.0), _ => ("h", 3_600_000.0) };
        var length = milliseconds / size;
        var raw = length / WantedTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        var ticks = new List<AxisTick>();
        for (var value = 0.0; value <= length * 1.0001; value += step)
            ticks.Add(new(value / length * 100, value.ToString("0.##", CultureInfo.InvariantCulture)));
        if (ticks.Count > 0) ticks[^1] = ticks[^1] with { Text = $"{ticks[^1].Text} {unit}" };
        return ticks;
    }
}
