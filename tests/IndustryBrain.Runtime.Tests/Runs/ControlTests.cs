using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Runs;

/// <summary>Runs that people pause, resume and terminate.</summary>
public sealed class ControlTests(SharedHost shared, PostgresFixture postgres, ProbePackage plugins) : IClassFixture<SharedHost>
{
    private RuntimeHost Host => shared.Host;

    [Fact]
    public async Task Pause_OfARunThatWaits_KeepsWhatComesUntilItIsResumed()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("held", Definitions.Event("wait", "HeldGo"), Definitions.Line("after", "after")), ct);
        var run = await Host.WaitingAsync((await Host.StartRunAsync("held", "{}", ct)).Id, ct);

        var (status, paused) = await Host.PostAsync($"runs/{run.Id}/pause", """{"reason":"line is down"}""", ct);
        Assert.Equal((200, "Paused", "line is down"), (status, paused.GetProperty("subStatus").GetString(), paused.GetProperty("pause").GetProperty("reason").GetString()));
        Assert.Equal((409, "IB3131"), await RefusedAsync($"runs/{run.Id}/pause", "{}", ct));
        Assert.Equal((409, "IB3131"), await RefusedAsync($"runs/{run.Id}/repairs", """{"kind":"retry"}""", ct));
        await Host.PostAsync($"runs/{run.Id}/events/HeldGo", null, ct);
        Assert.Equal(1, await Host.CountAsync($"select count(*) from run_inbox where run_id = '{run.Id}'", ct));
        Assert.Equal("Paused", (await Host.GetAsync($"runs?subStatus=Paused&definitionId=held", ct)).Body.GetProperty("items")[0].GetProperty("subStatus").GetString());

        Assert.Equal(200, (await Host.PostAsync($"runs/{run.Id}/resume", """{"reason":"line is back"}""", ct)).Status);
        var ended = await Host.EndedAsync(run.Id, ct);

        Assert.Equal((RunStatuses.Finished, "after", null), (ended.SubStatus, Assert.Single(ended.Lines), ended.Pause));
        Assert.Equal(["pause", "resume"], ended.Interventions.Select(i => i.Kind));
        Assert.Equal(["line is down", "line is back"], ended.Interventions.Select(i => i.Reason));
        Assert.All(ended.Interventions, i => Assert.Equal(ActorKind.Person, i.By.Kind));
        Assert.Equal((409, "IB3130"), await RefusedAsync($"runs/{run.Id}/pause", "{}", ct));
        Assert.Equal((409, "IB3130"), await RefusedAsync($"runs/{run.Id}/terminate", """{"reason":"x"}""", ct));
        await InTrailAsync(run.Id, ct, "run.pause", "run.resume");
    }

    [Fact]
    public async Task Pause_WhileACallIsUnderWay_KeepsItsAnswerAndStopsBehindIt()
    {
        var ct = TestContext.Current.CancellationToken;
        var gate = Gate.Close("held-call");
        await Host.PublishAsync(Definitions.Sequence("held-call", Definitions.Probe("touch", "effect"), Definitions.Line("after", "after")), ct);
        var run = await Host.StartRunAsync("held-call", """{"value":1,"gate":"held-call"}""", ct);
        await Gate.ArrivedAsync("held-call", ct);

        var pausing = Host.PostAsync($"runs/{run.Id}/pause", "{}", ct);
        await Host.SeenAsync(run.Id, v => v.Pause is not null, ct);
        Assert.Equal((409, "IB3131"), await RefusedAsync($"runs/{run.Id}/pause", "{}", ct));
        gate.SetResult();
        Assert.Equal("Paused", (await pausing).Body.GetProperty("subStatus").GetString());
        Assert.Empty((await Host.SeenAsync(run.Id, v => v.IsPaused, ct)).Lines);
        await Host.PostAsync($"runs/{run.Id}/resume", null, ct);
        var ended = await Host.EndedAsync(run.Id, ct);

        Assert.Equal((RunStatuses.Finished, "after"), (ended.SubStatus, Assert.Single(ended.Lines)));
        Assert.Single(Gate.Keys("held-call"));
    }

    [Fact]
    public async Task Resume_BeforeThePauseTookEffect_TakesItBack()
    {
        var ct = TestContext.Current.CancellationToken;
        var gate = Gate.Close("taken-back");
        await Host.PublishAsync(Definitions.Sequence("taken-back", Definitions.Probe("touch", "effect"), Definitions.Line("after", "after")), ct);
        var run = await Host.StartRunAsync("taken-back", """{"value":1,"gate":"taken-back"}""", ct);
        await Gate.ArrivedAsync("taken-back", ct);
        Assert.Equal((409, "IB3132"), await RefusedAsync($"runs/{run.Id}/resume", "{}", ct));

        var pausing = Host.PostAsync($"runs/{run.Id}/pause", "{}", ct);
        await Host.SeenAsync(run.Id, v => v.Pause is not null, ct);
        await Host.PostAsync($"runs/{run.Id}/resume", "{}", ct);
        await Host.SeenAsync(run.Id, v => v.Pause is null, ct);
        gate.SetResult();

        var ended = await Host.EndedAsync(run.Id, ct);
        Assert.Equal((RunStatuses.Finished, "after"), (ended.SubStatus, Assert.Single(ended.Lines)));
        Assert.Equal(["pause", "resume"], ended.Interventions.Select(i => i.Kind));
        await pausing;
    }

    [Fact]
    public async Task Pause_Until_EndsByItselfAsItSays()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("until", Definitions.Event("wait", "Never")), ct);
        var goesOn = await Host.WaitingAsync((await Host.StartRunAsync("until", "{}", ct)).Id, ct);
        var cancelled = await Host.WaitingAsync((await Host.StartRunAsync("until", "{}", ct)).Id, ct);
        Assert.Equal((400, "IB3009"), await RefusedAsync($"runs/{goesOn.Id}/pause", """{"until":"2020-01-01T00:00:00Z"}""", ct));
        Assert.Equal((400, "IB3009"), await RefusedAsync($"runs/{goesOn.Id}/pause", """{"then":"cancel"}""", ct));

        Assert.Equal(200, (await Host.PostAsync($"runs/{cancelled.Id}/pause", $$"""{"until":{{Soon()}},"then":"cancel"}""", ct)).Status);
        Assert.Equal(200, (await Host.PostAsync($"runs/{goesOn.Id}/pause", $$"""{"until":{{Soon()}}}""", ct)).Status);

        Assert.Equal(RunStatuses.Cancelled, (await Host.EndedAsync(cancelled.Id, ct)).SubStatus);
        var resumed = await Host.SeenAsync(goesOn.Id, v => v.Interventions.Count == 2 && v.IsWaiting, ct);
        Assert.Equal((ActorKind.System, null), (resumed.Interventions[1].By.Kind, resumed.Pause));
    }

    private static string Soon() => JsonSerializer.Serialize(TimeProvider.System.GetUtcNow().AddSeconds(3));

    [Fact]
    public async Task Cancel_OfAPausedRun_EndsIt()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("held-cancel", Definitions.Event("wait", "Never")), ct);
        var run = await Host.WaitingAsync((await Host.StartRunAsync("held-cancel", "{}", ct)).Id, ct);
        await Host.PostAsync($"runs/{run.Id}/pause", "{}", ct);

        Assert.Equal(200, (await Host.PostAsync($"runs/{run.Id}/cancel", null, ct)).Status);

        Assert.Equal((RunStatuses.Cancelled, null), ((await Host.EndedAsync(run.Id, ct)) is var ended ? ended.SubStatus : "", ended.Pause));
    }

    [Fact]
    public async Task Terminate_WhileACallIsUnderWay_EndsItAndItsChildWithoutCleaningUp()
    {
        var ct = TestContext.Current.CancellationToken;
        Gate.Close("killed");
        await Host.PublishAsync(Definitions.Sequence("killed-child", Definitions.Event("wait", "Never")), ct);
        await Host.PublishAsync(Definitions.Sequence("killed", $$"""
            { "type": "Elsa.Parallel", "id": "p", "version": 1, "customProperties": {}, "metadata": {}, "activities": [
              {{Definitions.Probe("touch", "effect")}}, {{Definitions.StartsRun("DispatchWorkflow", "child", "killed-child", waits: true)}} ] }
            """, Definitions.Line("after", "after")), ct);
        var run = await Host.StartRunAsync("killed", """{"value":1,"gate":"killed"}""", ct);
        await Gate.ArrivedAsync("killed", ct);
        var child = (await Host.SeenAsync(run.Id, v => v.Steps.Any(s => s.ChildRunId is not null), ct)).Steps.Single(s => s.ChildRunId is not null).ChildRunId!.Value;
        await Host.UntilAsync($"select count(*) from run_work where run_id = '{child}' and state = 'waiting'", 1, ct);
        Assert.Equal((400, "IB3009"), await RefusedAsync($"runs/{run.Id}/terminate", "{}", ct));

        var (status, body) = await Host.PostAsync($"runs/{run.Id}/terminate", """{"reason":"wrong order"}""", ct);

        Assert.Equal((200, "Terminated"), (status, body.GetProperty("subStatus").GetString()));
        var ended = await Host.EndedAsync(run.Id, ct);
        Assert.Equal(("wrong order", ActorKind.Person), (ended.Terminated!.Reason, ended.Terminated.By.Kind));
        Assert.Empty(ended.Lines);
        Assert.DoesNotContain(ended.Steps, s => s.State is StepStates.Running or StepStates.Suspended);
        Assert.Equal(RunStatuses.Terminated, (await Host.EndedAsync(child, ct)).SubStatus);
        Assert.Single((await Host.EventsAsync(run.Id, ct)).OfType<RunEnded>());
        await Host.UntilAsync($"select count(*) from run_work where run_id in ('{run.Id}', '{child}')", 0, ct);
        await InTrailAsync(run.Id, ct, "run.terminate");
        await GivenUpAsync(Host, run.Id, ct);
    }

    [Fact]
    public async Task Terminate_AskedOfAnotherNode_CallsOffWhatIsUnderWay()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        Gate.Close("elsewhere");
        await using var executes = await RuntimeHost.StartAsync(database, plugins, ct);
        await executes.PublishAsync(Definitions.Sequence("elsewhere", Definitions.Probe("touch", "effect"), Definitions.Line("after", "after")), ct);
        var run = await executes.StartRunAsync("elsewhere", """{"value":1,"gate":"elsewhere"}""", ct);
        await Gate.ArrivedAsync("elsewhere", ct);
        await using var asked = await RuntimeHost.StartAsync(database, plugins, ct);

        Assert.Equal(200, (await asked.PostAsync($"runs/{run.Id}/terminate", """{"reason":"wrong order"}""", ct)).Status);

        await GivenUpAsync(executes, run.Id, ct);
        Assert.Equal((RunStatuses.Terminated, "wrong order"), ((await executes.EndedAsync(run.Id, ct)) is var ended ? ended.SubStatus : "", ended.Terminated?.Reason));
        Assert.Single((await asked.EventsAsync(run.Id, ct)).OfType<RunEnded>());
    }

    [Fact]
    public async Task Pause_WhileATimerRunsOut_LetsItFireWhenItGoesOn()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("held-timer", Definitions.Delay("d", "00:00:02"), Definitions.Line("after", "after")), ct);
        var run = await Host.WaitingAsync((await Host.StartRunAsync("held-timer", "{}", ct)).Id, ct);
        var until = Soon();

        Assert.Equal(200, (await Host.PostAsync($"runs/{run.Id}/pause", $$"""{"until":{{until}}}""", ct)).Status);
        var ended = await Host.EndedAsync(run.Id, ct);

        Assert.Equal((RunStatuses.Finished, "after"), (ended.SubStatus, Assert.Single(ended.Lines)));
        Assert.True(ended.Steps.Single(s => s.Type == "Elsa.Delay").FinishedAt >= JsonSerializer.Deserialize<DateTimeOffset>(until));
    }

    [Fact]
    public async Task PauseScenario_AcceptsRunsThatBeginWhenItIsResumed()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("held-starts", Definitions.Line("l", "done")), ct);
        Assert.Equal((404, "IB3001"), await RefusedAsync("scenarios/nowhere/pause", "{}", ct));
        Assert.Equal((409, "IB3132"), await RefusedAsync("scenarios/held-starts/resume", "{}", ct));

        Assert.Equal(200, (await Host.PostAsync("scenarios/held-starts/pause", """{"reason":"audit"}""", ct)).Status);
        var first = await Host.StartRunAsync("held-starts", "{}", ct);
        var second = await Host.StartRunAsync("held-starts", "{}", ct);
        Assert.Equal((RunStatuses.Paused, "audit"), (first.SubStatus, first.Pause?.Reason));
        Assert.Contains((await Host.GetAsync("scenarios/paused", ct)).Body.EnumerateArray(), p => p.GetProperty("definitionId").GetString() == "held-starts");
        Assert.Equal(200, (await Host.PostAsync("scenarios/held-starts/resume", "{}", ct)).Status);

        Assert.All([await Host.EndedAsync(first.Id, ct), await Host.EndedAsync(second.Id, ct)], r => Assert.Equal((RunStatuses.Finished, "done"), (r.SubStatus, Assert.Single(r.Lines))));
    }

    [Fact]
    public async Task PauseScenario_HoldsTheRunsThatOtherRunsStart()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("held-part", Definitions.Line("l", "part")), ct);
        await Host.PublishAsync(Definitions.Sequence("held-whole", Definitions.StartsRun("DispatchWorkflow", "call", "held-part", waits: true), Definitions.Line("l", "whole")), ct);

        Assert.Equal(200, (await Host.PostAsync("scenarios/held-part/pause", """{"reason":"audit"}""", ct)).Status);
        var whole = await Host.StartRunAsync("held-whole", "{}", ct);
        await Host.UntilAsync("select count(*) from run_work w join run r on r.id = w.run_id where w.state = 'paused' and r.definition_id = 'held-part'", 1, ct);
        Assert.True((await Host.WaitingAsync(whole.Id, ct)).IsWaiting);
        Assert.Equal(200, (await Host.PostAsync("scenarios/held-part/resume", "{}", ct)).Status);

        Assert.Equal((RunStatuses.Finished, "whole"), ((await Host.EndedAsync(whole.Id, ct)) is var ended ? ended.SubStatus : "", Assert.Single(ended.Lines)));
    }

    [Fact]
    public async Task Bulk_PausesResumesAndTerminatesWhatTheFilterMeans()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("bulk-held", Definitions.Event("wait", "Never")), ct);
        List<Guid> runs = [];
        for (var i = 0; i < 3; i++)
            runs.Add((await Host.WaitingAsync((await Host.StartRunAsync("bulk-held", "{}", ct)).Id, ct)).Id);

        var (_, preview) = await Host.PostAsync("runs/pauses", """{"action":"pause","filter":{"definitionId":"bulk-held"},"preview":true}""", ct);
        Assert.Equal((3, true), (preview.GetProperty("total").GetInt32(), preview.GetProperty("isPreview").GetBoolean()));
        Assert.Equal(0, await Host.CountAsync("select count(*) from run_work w join run r on r.id = w.run_id where w.state = 'paused' and r.definition_id = 'bulk-held'", ct));
        await Host.PostAsync("runs/pauses", """{"action":"pause","filter":{"definitionId":"bulk-held"}}""", ct);
        Assert.Equal(3, await Host.CountAsync("select count(*) from run_work w join run r on r.id = w.run_id where w.state = 'paused' and r.definition_id = 'bulk-held'", ct));
        await Host.PostAsync("runs/pauses", $$"""{"action":"resume","runs":["{{runs[0]}}"]}""", ct);
        Assert.Equal((400, "IB3009"), await RefusedAsync("runs/pauses", """{"action":"terminate","reason":"x","filter":{}}""", ct));
        Assert.Equal((400, "IB3009"), await RefusedAsync("runs/pauses", """{"action":"pause"}""", ct));
        await Host.PostAsync("runs/terminations", """{"action":"terminate","reason":"over","filter":{"definitionId":"bulk-held"}}""", ct);

        foreach (var run in runs)
            Assert.Equal(RunStatuses.Terminated, (await Host.EndedAsync(run, ct)).SubStatus);
    }

    [Fact]
    public async Task Pause_WhereTheNodeThatWasToldDies_HoldsAtTheNext()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        Gate.Close("dies").SetResult();
        var gate = Gate.Close("dies");
        await using var doomed = await DoomedNode.StartAsync(database, plugins, ct);
        await doomed.Host.PublishAsync(Definitions.Sequence("dies", Definitions.Probe("touch", "effect"), Definitions.Line("after", "after")), ct);
        var run = await doomed.Host.StartRunAsync("dies", """{"value":1,"gate":"dies"}""", ct);
        await Gate.ArrivedAsync("dies", ct);
        await using var next = await RuntimeHost.StartAsync(database, plugins, ct);

        // Asked of the node that does not execute it.
        var pausing = next.PostAsync($"runs/{run.Id}/pause", "{}", ct);
        await next.UntilAsync($"select count(*) from run_inbox where run_id = '{run.Id}' and kind = 'pause'", 1, ct);
        await doomed.KillAsync(ct);
        await next.UntilAsync($"select count(*) from run_work where run_id = '{run.Id}' and state = 'paused'", 1, ct);
        await pausing;
        gate.SetResult();
        await next.PostAsync($"runs/{run.Id}/resume", "{}", ct);

        Assert.Equal((RunStatuses.Finished, "after"), ((await next.EndedAsync(run.Id, ct)) is var ended ? ended.SubStatus : "", Assert.Single(ended.Lines)));
        Assert.Single(Gate.Keys("dies").Distinct());
    }

    /// <summary>Waits until the node has nothing of the run in hand any more, although its call never ends by itself.</summary>
    private static async Task GivenUpAsync(RuntimeHost host, Guid run, CancellationToken ct)
    {
        var executor = host.Services.GetRequiredService<RunExecutor>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (executor.Has(run))
            await tick.WaitForNextTickAsync(patience.Token);
    }

    private async Task InTrailAsync(Guid run, CancellationToken ct, params string[] actions)
    {
        var trail = await Host.Services.GetRequiredService<AuditTrail>().ReadAsync(RuntimeHost.Organization, 1000, ct);
        foreach (var action in actions)
            Assert.Single(trail, r => r.GetProperty("action").GetString() == action && r.GetProperty("object").GetProperty("id").GetString() == run.ToString());
    }

    private async Task<(int, string?)> RefusedAsync(string path, string body, CancellationToken ct)
    {
        var (status, answer) = await Host.PostAsync(path, body, ct);
        return (status, answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("code", out var code) ? code.GetString() : null);
    }
}
