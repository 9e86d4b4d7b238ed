using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Runtime.Tests.Telemetry;

/// <summary>What runs tell whoever listens.</summary>
public sealed class RunTelemetryTests(PostgresFixture postgres, ProbePackage plugins) : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = [];
    private ActivityListener? _listener;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ThatWaits_IsOneTraceWithASpanForEachStep()
    {
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct);
        await host.PublishAsync(Definitions.Sequence("traced", Definitions.Line("a", "before"), Definitions.Delay("wait", "00:00:01"), Definitions.Line("b", "after")), Ct);
        Listen();

        var run = await host.EndedAsync((await host.StartRunAsync("traced", "{}", Ct)).Id, Ct);

        var spans = SpansOf(run.Id);
        var accepted = Assert.Single(_spans, s => s.OperationName == "accept run" && s.TraceId == spans[0].TraceId);
        Assert.All(spans, s => Assert.Equal((accepted.TraceId, accepted.SpanId), (s.TraceId, s.ParentSpanId)));
        Assert.Equal(["Elsa.Delay", "Elsa.Sequence", "Elsa.WriteLine", "Elsa.WriteLine", "run"], spans.Select(s => s.OperationName).Where(n => n is not ("execute run" or "Elsa.Workflow")).Order(StringComparer.Ordinal));
        Assert.Equal(run.Steps.Count, spans.Count(s => s.GetTagItem("industrybrain.step.id") is not null));
        Assert.InRange(Assert.Single(spans, s => s.OperationName == "Elsa.Delay").Duration.TotalSeconds, 1, 60);
        var whole = Assert.Single(spans, s => s.OperationName == "run");
        Assert.Equal(("Finished", ActivityStatusCode.Unset), (whole.GetTagItem("industrybrain.outcome"), whole.Status));
        Assert.InRange(whole.Duration.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task Run_ThatFaults_SaysSoInItsSpans()
    {
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct);
        await host.PublishAsync(Definitions.Sequence("faulty", """{"type":"Elsa.Fault","id":"f","code":{"typeName":"String","expression":{"type":"Literal","value":"X1"}},"message":{"typeName":"String","expression":{"type":"Literal","value":"no"}}}"""), Ct);
        Listen();

        var run = await host.EndedAsync((await host.StartRunAsync("faulty", "{}", Ct)).Id, Ct);

        var spans = SpansOf(run.Id);
        Assert.Equal(RunStatuses.Faulted, run.SubStatus);
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(spans, s => s.OperationName == "Elsa.Fault").Status);
        Assert.Equal(("Faulted", ActivityStatusCode.Error), Assert.Single(spans, s => s.OperationName == "run") is var whole ? (whole.GetTagItem("industrybrain.outcome"), whole.Status) : default);
    }

    [Fact]
    public async Task Run_WhileNobodyRecordedItsAcceptance_IsATraceOfItsOwn()
    {
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct);
        await host.PublishAsync(Definitions.Sequence("late", Definitions.Delay("wait", "00:00:01")), Ct);

        var started = await host.StartRunAsync("late", "{}", Ct);
        Listen();
        var run = await host.EndedAsync(started.Id, Ct);

        Assert.All(SpansOf(run.Id), s => Assert.Equal(run.Id.ToString("N"), s.TraceId.ToHexString()));
        Assert.Single(SpansOf(run.Id), s => s.OperationName == "run");
    }

    [Fact]
    public async Task Log_WhileARunIsExecuted_HasTheRunAndItsTrace()
    {
        using var log = new CapturedLog();
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, log.Attach, Ct, ("Runs:MaxTries", "1"));
        await host.PublishAsync(Definitions.Sequence("logged", Definitions.Event("e", "Go"), Definitions.Line("l", "x")), Ct);
        Listen();
        var run = await host.WaitingAsync((await host.StartRunAsync("logged", "{}", Ct)).Id, Ct);
        await host.ExecuteAsync("create function refuse() returns trigger language plpgsql as 'begin raise exception ''full''; end'; create trigger refuse before insert on run_journal for each row execute function refuse()", Ct);

        await host.Services.GetRequiredService<RunExecutor>().TellAsync(RuntimeHost.Person, "run.event", run.Id, new EventCame("Go", null) { IsAddressed = true });
        await log.UntilAsync(LogLevel.Error, Ct);

        var line = Assert.Single(log.Scoped.Where(s => s.ContainsKey("RunId")).Take(1));
        Assert.Equal((run.Id, RuntimeHost.Organization), (line["RunId"], line["Organization"]));
        Assert.Contains(_spans, s => s.TraceId.ToHexString().Equals(line["TraceId"]));
    }

    [Fact]
    public async Task Metrics_OfRuns_AreCounted()
    {
        var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct);
        await host.PublishAsync(Definitions.Sequence("counted", Definitions.Line("a", "one")), Ct);
        var (sums, counts) = (new ConcurrentDictionary<string, long>(), new ConcurrentDictionary<string, int>());
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "IndustryBrain.Runs" && instrument.Meter.Scope == factory)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => counts.AddOrUpdate(instrument.Name, 1, (_, count) => count + 1));
        listener.Start();

        for (var i = 0; i < 3; i++)
            await host.EndedAsync((await host.StartRunAsync("counted", "{}", Ct)).Id, Ct);
        await host.DisposeAsync();

        Assert.Equal((3, 3, 0), (sums["industrybrain.runs.started"], counts["industrybrain.run.duration"], sums["industrybrain.runs.executing"]));
        Assert.InRange(counts["industrybrain.step.duration"], 3, 30);
    }

    public void Dispose() => _listener?.Dispose();

    private void Listen()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "IndustryBrain.Runs",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private List<Activity> SpansOf(Guid run) => [.. _spans.Where(s => run.ToString().Equals(s.GetTagItem("industrybrain.run.id")))];
}
