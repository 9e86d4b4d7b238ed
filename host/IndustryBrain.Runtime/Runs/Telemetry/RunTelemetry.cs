using System.Diagnostics;
using System.Diagnostics.Metrics;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;

namespace IndustryBrain.Runtime.Runs.Telemetry;

/// <summary>
/// What runs tell OpenTelemetry: one trace a run with a span for each step, and metrics. Everything is told once it is on record, so that each step has one span however often a node died,
/// and whoever listens to nothing pays for nothing.
/// </summary>
internal sealed class RunTelemetry
{
    /// <summary>Name of the source of spans and of the meter.</summary>
    public const string Name = "IndustryBrain.Runs";

    private const string Organization = "industrybrain.organization";
    private const string RunId = "industrybrain.run.id";
    private const string Scenario = "industrybrain.scenario";
    private const string Outcome = "industrybrain.outcome";
    private const string ActivityType = "industrybrain.activity.type";
    private const string ErrorType = "error.type";
    private static readonly ActivitySource Source = new(Name);
    private readonly Counter<long> _started;
    private readonly UpDownCounter<long> _executing;
    private readonly Counter<long> _takenOver;
    private readonly Histogram<double> _runs;
    private readonly Histogram<double> _steps;

    public RunTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _started = meter.CreateCounter<long>("industrybrain.runs.started", "{run}", "Runs whose first step is on record.");
        _executing = meter.CreateUpDownCounter<long>("industrybrain.runs.executing", "{run}", "Runs that this node executes; one that waits is none of them.");
        _takenOver = meter.CreateCounter<long>("industrybrain.runs.taken_over", "{run}", "Runs taken over from a node that died.");
        _runs = meter.CreateHistogram<double>("industrybrain.run.duration", "s", "From the acceptance of a run to its end.");
        _steps = meter.CreateHistogram<double>("industrybrain.step.duration", "s", "From the beginning of a step to its end, waiting included.");
    }

    /// <summary>The span that a run which is accepted now belongs to, in the form of the W3C's <c>traceparent</c>; null when nobody records it.</summary>
    public static string? BeginTrace(RunAccepted accepted)
    {
        using var span = Source.StartActivity("accept run", ActivityKind.Producer);
        span?.SetTag(Scenario, accepted.DefinitionId).SetTag("industrybrain.trigger", accepted.Trigger?.ActivityId);
        return (span ?? Activity.Current) is { Recorded: true, IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;
    }

    /// <summary>A node executes a run from here until it ends or waits: what is logged and asked for meanwhile belongs to its trace.</summary>
    /// <returns>Ends it.</returns>
    public IDisposable Execute(string organization, RunRecord run)
    {
        _executing.Add(1, new KeyValuePair<string, object?>(Organization, organization));
        return new Execution(this, organization, Begin("execute run", ActivityKind.Consumer, organization, run, at: default));
    }

    /// <summary>More of a run is on record.</summary>
    public void Recorded(string organization, RunRecord run, RunCommit commit)
    {
        if (commit.ExpectedVersion <= 1)
            _started.Add(1, new(Organization, organization), new(Scenario, run.DefinitionId));
        if (!Source.HasListeners() && !_steps.Enabled && !_runs.Enabled && !_takenOver.Enabled)
            return;
        // These spans have been: whatever goes on now is none of theirs.
        var current = Activity.Current;
        foreach (var entry in commit.Events)
        {
            switch (entry)
            {
                case StepEnded step:
                    Ended(organization, run, step, step.StartedAt ?? commit.Began?.Invoke(step.StepId) ?? step.At);
                    break;
                case RunEnded ended:
                    Ended(organization, run, ended);
                    break;
                case RunTakenOver:
                    _takenOver.Add(1, new KeyValuePair<string, object?>(Organization, organization));
                    break;
            }
        }

        Activity.Current = current;
    }

    private void Ended(string organization, RunRecord run, StepEnded step, DateTimeOffset since)
    {
        _steps.Record(Seconds(step.At - since), new(Organization, organization), new(ActivityType, step.Type), new(Outcome, step.State), new(ErrorType, step.Failure?.Code));
        using var span = Begin(step.Type, ActivityKind.Internal, organization, run, since);
        span?.SetTag("industrybrain.step.id", step.StepId).SetTag("industrybrain.node.id", step.NodeId).SetTag(Outcome, step.State);
        End(span, step.At, step.Failure?.Code);
    }

    private void Ended(string organization, RunRecord run, RunEnded ended)
    {
        _runs.Record(Seconds(ended.At - run.CreatedAt), new(Organization, organization), new(Scenario, run.DefinitionId), new(Outcome, ended.SubStatus));
        using var span = Begin("run", ActivityKind.Internal, organization, run, run.CreatedAt);
        span?.SetTag("industrybrain.scenario.version", run.Version).SetTag(Outcome, ended.SubStatus).SetTag("industrybrain.correlation.id", ended.CorrelationId);
        var fault = ended.SubStatus == RunStatuses.Faulted && ended.Incidents.Count > 0 ? ended.Incidents[0] : null;
        End(span, ended.At, fault?.Code);
    }

    private static Activity? Begin(string name, ActivityKind kind, string organization, RunRecord run, DateTimeOffset at)
    {
        if (!Source.HasListeners())
            return null;
        // A run that nobody recorded when it was accepted has a trace of its own, which its id names.
        if (!ActivityContext.TryParse(run.TraceParent, null, isRemote: true, out var parent))
        {
            var id = run.Id.ToString("N");
            parent = new(ActivityTraceId.CreateFromString(id), ActivitySpanId.CreateFromString(id.AsSpan(16)), ActivityTraceFlags.Recorded, isRemote: true);
        }

        return Source.StartActivity(name, kind, parent, startTime: at)?.SetTag(Organization, organization).SetTag(RunId, run.Id.ToString()).SetTag(Scenario, run.DefinitionId);
    }

    private static void End(Activity? span, DateTimeOffset at, string? code)
    {
        if (span is null)
            return;
        // The code alone: the words of a failure may quote what a run was given.
        if (code is not null)
            span.SetTag(ErrorType, code).SetStatus(ActivityStatusCode.Error, code);
        span.SetEndTime(at.UtcDateTime);
    }

    private static double Seconds(TimeSpan span) => Math.Max(0, span.TotalSeconds);

    private sealed class Execution(RunTelemetry telemetry, string organization, Activity? span) : IDisposable
    {
        public void Dispose()
        {
            telemetry._executing.Add(-1, new KeyValuePair<string, object?>(Organization, organization));
            span?.Dispose();
        }
    }
}
