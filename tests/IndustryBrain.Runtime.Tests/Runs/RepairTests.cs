using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Runs;

/// <summary>Runs that broke, and go on.</summary>
public sealed class RepairTests(SharedHost shared, PostgresFixture postgres, ProbePackage plugins) : IClassFixture<SharedHost>
{
    private RuntimeHost Host => shared.Host;

    [Fact]
    public async Task Retry_OfAFaultedStep_GoesOnFromThereWithTheSameKey()
    {
        var ct = TestContext.Current.CancellationToken;
        Gate.Close("retry").SetResult();
        var run = await BrokenAsync("retry", ct);
        Assert.Equal(("probe:BUSY", run.Steps.Single(s => s.State == StepStates.Faulted).Id), (Assert.Single(run.Incidents).Code, run.Incidents[0].StepId));

        var (status, _) = await Host.PostAsync($"runs/{run.Id}/repairs", """{"kind":"retry","comment":"line is back"}""", ct);
        var ended = await Host.EndedAsync(run.Id, ct);

        Assert.Equal((200, RunStatuses.Finished), (status, ended.SubStatus));
        Assert.Equal(["before", "after"], ended.Lines);
        Assert.Empty(ended.Incidents);
        var step = ended.Steps.Single(s => s.NodeId.EndsWith(":flaky", StringComparison.Ordinal));
        Assert.Equal((2, StepStates.Done, "probe:BUSY"), (step.Attempt, step.State, Assert.Single(step.Earlier).Failure!.Code));
        Assert.Single(Gate.Keys("retry").Distinct());
        Assert.Equal(2, Gate.Keys("retry").Count);
        var repair = Assert.Single(ended.Repairs);
        Assert.Equal(("retry", "line is back", ActorKind.Person), (repair.Kind, repair.Comment, repair.By.Kind));
        await SameOnRecordAsync(ended, ct);
        Assert.Equal(0, await Host.CountAsync($"select count(*) from run_state where run_id = '{run.Id}'", ct));
        var trail = await Host.Services.GetRequiredService<AuditTrail>().ReadAsync(RuntimeHost.Organization, 200, ct);
        Assert.Single(trail, r => r.GetRawText().Contains("run.repair", StringComparison.Ordinal) && r.GetRawText().Contains($"{run.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retry_BesideABranchThatWaited_LetsItWaitAgain()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("beside", $$"""
            { "type": "Elsa.Parallel", "id": "p", "version": 1, "customProperties": {}, "metadata": {}, "activities": [
              {{Definitions.Event("wait", "BesideGo")}}, {{Definitions.Probe("flaky", "flaky")}} ] }
            """, Definitions.Line("after", "after")), ct);
        Gate.Break("beside", 1);
        var run = await Host.EndedAsync((await Host.StartRunAsync("beside", """{"value":1,"gate":"beside"}""", ct)).Id, ct);
        Assert.Equal(RunStatuses.Faulted, run.SubStatus);

        await Host.PostAsync($"runs/{run.Id}/repairs", """{"kind":"retry"}""", ct);
        var waiting = await Host.WaitingAsync(run.Id, ct);
        Assert.Contains(waiting.Steps, s => s.WaitsFor == "Elsa.Event:BesideGo");
        await Host.PostAsync($"runs/{run.Id}/events/BesideGo", null, ct);

        Assert.Equal((RunStatuses.Finished, "after"), ((await Host.EndedAsync(run.Id, ct)) is var ended ? ended.SubStatus : "", ended.Lines[0]));
    }

    [Fact]
    public async Task Repair_OfTheSameKeyTwice_IsDoneOnce()
    {
        var ct = TestContext.Current.CancellationToken;
        var run = await BrokenAsync("twice", ct, times: 2);
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/runs/{run.Id}/repairs") { Content = RuntimeHost.Json("""{"kind":"retry"}""") };
            request.Headers.Add("Idempotency-Key", "once");
            using var answer = await Host.Client.SendAsync(request, ct);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(ct));
            Assert.Equal(RunStatuses.Faulted, (await Host.EndedAsync(run.Id, ct)).SubStatus);
        }

        Assert.Single((await Host.EventsAsync(run.Id, ct)).OfType<RunRepaired>());
        Assert.Equal(2, Assert.Single((await Host.EndedAsync(run.Id, ct)).Steps, s => s.State == StepStates.Faulted).Attempt);
    }

    [Fact]
    public async Task Retry_ByManyAtOnce_HasOneEffect()
    {
        var ct = TestContext.Current.CancellationToken;
        Gate.Close("many").SetResult();
        var run = await BrokenAsync("many", ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Host.PostAsync($"runs/{run.Id}/repairs", """{"kind":"retry"}""", ct)));
        var ended = await Host.EndedAsync(run.Id, ct);

        Assert.Equal(1, answers.Count(a => a.Status == 200));
        Assert.All(answers.Where(a => a.Status != 200), a => Assert.Contains(CodeOf(a.Body), (string[])["IB3080", "IB3081"]));
        Assert.Equal((RunStatuses.Finished, 2), (ended.SubStatus, Gate.Keys("many").Count));
    }

    [Fact]
    public async Task Skip_WithOutputs_GoesOnAsIfTheStepHadGivenThem()
    {
        var ct = TestContext.Current.CancellationToken;
        var run = await BrokenAsync("skip", ct, Definitions.SetOutput("o", "getOutputFrom('flaky','value')"));

        Assert.Equal((422, "IB7101"), await RefusedAsync(run.Id, """{"kind":"skip","outputs":{}}""", ct));
        Assert.Equal((422, "IB7102"), await RefusedAsync(run.Id, """{"kind":"skip","outputs":{"value":"much"}}""", ct));
        Assert.Equal((400, "IB2021"), await RefusedAsync(run.Id, """{"kind":"skip","outputs":{"value":1,"valeu":2}}""", ct));
        await Host.PostAsync($"runs/{run.Id}/repairs", """{"kind":"skip","steps":["flaky"],"outputs":{"value":42}}""", ct);
        var ended = await Host.EndedAsync(run.Id, ct);

        Assert.Equal((RunStatuses.Finished, 42), (ended.SubStatus, ended.Output.GetProperty("result").GetInt32()));
        Assert.Equal((StepStates.Skipped, "probe:BUSY"), (ended.Steps.Single(s => s.NodeId.EndsWith(":flaky", StringComparison.Ordinal)) is var step ? step.State : "", step.Failure!.Code));
        await SameOnRecordAsync(ended, ct);
    }

    [Fact]
    public async Task Move_ToAVersionThatIsMended_GoesOnThere()
    {
        var ct = TestContext.Current.CancellationToken;
        var run = await BrokenAsync("move", ct, times: 10);
        await Host.PublishAsync(Definitions.Sequence("move", Definitions.Line("new", "new"), Definitions.Line("before", "before"), Definitions.Probe("other", "double"), Definitions.Line("after", "after")), ct);
        await Host.PublishAsync(Definitions.Sequence("move", Definitions.Line("before", "before"), Definitions.Line("more", "more"), Definitions.Probe("renamed", "flaky"), Definitions.Line("after", "after"), Definitions.Line("last", "last")), ct);

        Assert.Equal((422, "IB3091"), await RefusedAsync(run.Id, """{"kind":"move","version":9}""", ct));
        Assert.Equal((422, "IB3087"), await RefusedAsync(run.Id, """{"kind":"move","version":3}""", ct));
        Assert.Equal((422, "IB3088"), await RefusedAsync(run.Id, """{"kind":"move","version":2,"nodes":{"flaky":"other"}}""", ct));
        Gate.Break("move", 0);
        var (status, moved) = await Host.PostAsync($"runs/{run.Id}/repairs", """{"kind":"move","version":3,"nodes":{"flaky":"renamed"}}""", ct);
        var ended = await Host.EndedAsync(run.Id, ct);

        Assert.Equal((200, RunStatuses.Finished, 3), (status, ended.SubStatus, ended.Version));
        Assert.Equal(3, moved.GetProperty("version").GetInt32());
        Assert.Equal(["before", "after", "last"], ended.Lines);
        await SameOnRecordAsync(ended, ct);
    }

    [Fact]
    public async Task Repair_OfARunThatGoesOnWithIncidents_LetsItFinish()
    {
        var ct = TestContext.Current.CancellationToken;
        var definition = Definitions.Sequence("incidents", Definitions.Probe("flaky", "flaky"), Definitions.Line("after", "after"))
            .Replace("\"options\": {}", """ "options": { "incidentStrategyType": "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core" } """, StringComparison.Ordinal);
        await Host.PublishAsync(definition, ct);
        Gate.Break("incidents", 1);
        var run = await Host.WaitingAsync((await Host.StartRunAsync("incidents", """{"value":1,"gate":"incidents"}""", ct)).Id, ct);
        Assert.Equal("probe:BUSY", Assert.Single(run.Incidents).Code);

        await Host.PostAsync($"runs/{run.Id}/repairs", """{"kind":"retry"}""", ct);

        Assert.Equal(["after"], (await Host.EndedAsync(run.Id, ct)).Lines);
    }

    [Fact]
    public async Task Repair_WhereNothingIsToRepair_IsRefusedWithItsCode()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("sound", Definitions.Line("a", "a")), ct);
        var sound = await Host.EndedAsync((await Host.StartRunAsync("sound", "{}", ct)).Id, ct);
        var broken = await BrokenAsync("refused", ct, times: 100);

        Assert.Equal((409, "IB3080"), await RefusedAsync(sound.Id, """{"kind":"retry"}""", ct));
        Assert.Equal((404, "IB3005"), await RefusedAsync(Guid.NewGuid(), """{"kind":"retry"}""", ct));
        Assert.Equal((422, "IB3084"), await RefusedAsync(broken.Id, """{"kind":"retry","steps":["before"]}""", ct));
        Assert.Equal((400, "IB3009"), await RefusedAsync(broken.Id, """{"kind":"mend"}""", ct));
        Assert.Equal((400, "IB3009"), await RefusedAsync(broken.Id, """{"kind":"move"}""", ct));
        Assert.Equal((400, "IB3009"), await RefusedAsync(broken.Id, """{"kind":"retry","outputs":{"a":1}}""", ct));
        Assert.Equal((400, "IB3009"), await RefusedAsync(broken.Id, """{"kind":"skip","steps":["\u0000"]}""", ct));
        Assert.Equal((400, "IB3010"), await RefusedAsync(broken.Id, """{"kind":"retry","what":1}""", ct));
        var other = await Host.Services.GetRequiredService<RunRepairs>().RepairAsync(new("other", RuntimeHost.Person.Actor, "127.0.0.1"), broken.Id, new RunRepair { Kind = "retry" }, null, ct);
        Assert.Equal("IB3005", other.Failure?.Code);
        await Host.ExecuteAsync($"delete from run_state where run_id = '{broken.Id}'", ct);
        Assert.Equal((409, "IB3082"), await RefusedAsync(broken.Id, """{"kind":"retry"}""", ct));
    }

    [Fact]
    public async Task Purge_OfAFaultedRun_TakesItsStateAndNotWhatHappened()
    {
        var ct = TestContext.Current.CancellationToken;
        var (old, young) = (await BrokenAsync("purged", ct), await BrokenAsync("kept", ct));
        await Host.ExecuteAsync($"update run set failed_at = now() - interval '91 days' where id = '{old.Id}'", ct);

        var now = TimeProvider.System.GetUtcNow();
        await Host.Services.GetRequiredService<WorkQueue>().PurgeAsync(now.AddDays(-30), now.AddDays(-7), now.AddDays(-90), now, ct);

        Assert.Equal((409, "IB3082"), await RefusedAsync(old.Id, """{"kind":"retry"}""", ct));
        Assert.Equal(["before"], (await Host.EndedAsync(old.Id, ct)).Lines);
        Assert.Equal(200, (await Host.PostAsync($"runs/{young.Id}/repairs", """{"kind":"retry"}""", ct)).Status);
    }

    [Fact]
    public async Task Task_OfARunThatBroke_IsOpenAgain()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("asking", $$"""
            { "type": "Elsa.Parallel", "id": "p", "version": 1, "customProperties": {}, "metadata": {}, "activities": [
              { "type": "IndustryBrain.HumanTask", "id": "ask", "version": 1, "customProperties": {}, "metadata": {}, "title": { "typeName": "String", "expression": { "type": "Literal", "value": "Ok?" } } },
              { "type": "Elsa.Sequence", "id": "s", "version": 1, "customProperties": {}, "metadata": {}, "variables": [], "activities": [ {{Definitions.Event("first", "AskingGo")}}, {{Definitions.Probe("flaky", "flaky")}} ] } ] }
            """), ct);
        Gate.Break("asking", 1);
        var run = await Host.WaitingAsync((await Host.StartRunAsync("asking", """{"value":1,"gate":"asking"}""", ct)).Id, ct);
        await Host.PostAsync($"runs/{run.Id}/events/AskingGo", null, ct);
        await Host.EndedAsync(run.Id, ct);
        Assert.Equal("withdrawn", (await Host.GetAsync($"tasks?runId={run.Id}", ct)).Body.GetProperty("items")[0].GetProperty("state").GetString());

        await Host.PostAsync($"runs/{run.Id}/repairs", """{"kind":"retry"}""", ct);
        await Host.WaitingAsync(run.Id, ct);

        Assert.Equal("open", (await Host.GetAsync($"tasks?runId={run.Id}", ct)).Body.GetProperty("items")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Retry_AfterAnotherStartOfTheHost_GoesOn()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        Guid id;
        await using (var first = await RuntimeHost.StartAsync(database, plugins, ct))
        {
            await first.PublishAsync(Definitions.Sequence("later", Definitions.Probe("flaky", "flaky"), Definitions.Line("after", "after")), ct);
            Gate.Break("later", 1);
            id = (await first.EndedAsync((await first.StartRunAsync("later", """{"value":1,"gate":"later"}""", ct)).Id, ct)).Id;
        }

        await using var second = await RuntimeHost.StartAsync(database, plugins, ct);
        await second.PostAsync($"runs/{id}/repairs", """{"kind":"retry"}""", ct);

        Assert.Equal(["after"], (await second.EndedAsync(id, ct)).Lines);
    }

    [Fact]
    public async Task Bulk_ByFilter_SaysBeforehandWhatItWouldDoAndThenDoesItForEach()
    {
        var ct = TestContext.Current.CancellationToken;
        var first = await BrokenAsync("bulk", ct, times: 3);
        Gate.Break("bulk", 3);
        Guid[] all = [first.Id, .. await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ => (await Host.EndedAsync((await Host.StartRunAsync("bulk", """{"value":1,"gate":"bulk"}""", ct)).Id, ct)).Id))];
        await Host.ExecuteAsync($"delete from run_state where run_id = '{all[2]}'", ct);
        Gate.Break("bulk", 0);

        var (_, listed) = await Host.GetAsync("runs?definitionId=bulk&code=probe:BUSY&step=flaky", ct);
        Assert.Equal(3, listed.GetProperty("total").GetInt32());
        Assert.Equal(2, listed.GetProperty("items").EnumerateArray().Count(r => r.GetProperty("isResumable").GetBoolean()));
        Assert.Equal(0, (await Host.GetAsync("runs?definitionId=bulk&broken=true&failedTo=2020-01-01", ct)).Body.GetProperty("total").GetInt32());

        var (status, preview) = await Host.PostAsync("runs/repairs", """{"repair":{"kind":"retry"},"filter":{"definitionId":"bulk"},"preview":true}""", ct);
        Assert.Equal((200, true, 3), (status, preview.GetProperty("isPreview").GetBoolean(), preview.GetProperty("total").GetInt32()));
        var group = Assert.Single(preview.GetProperty("groups").EnumerateArray());
        Assert.Equal(("bulk", 1, 2, "probe:BUSY"), (group.GetProperty("definitionId").GetString(), group.GetProperty("version").GetInt32(), group.GetProperty("count").GetInt32(), group.GetProperty("code").GetString()));
        Assert.Equal("IB3082", preview.GetProperty("runs").EnumerateArray().Single(r => r.GetProperty("runId").GetGuid() == all[2]).GetProperty("failure").GetProperty("code").GetString());
        Assert.Empty((await Host.EventsAsync(all[0], ct)).OfType<RunRepaired>());

        var (_, done) = await Host.PostAsync("runs/repairs", $$"""{"repair":{"kind":"retry"},"runs":[{{string.Join(',', all.Select(id => $"\"{id}\""))}},"{{Guid.NewGuid()}}"]}""", ct);
        Assert.Equal(["", "", "IB3082", "IB3005"], done.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("failure") is { ValueKind: JsonValueKind.Object } failure ? failure.GetProperty("code").GetString() : ""));
        foreach (var id in all[..2])
            Assert.Equal(RunStatuses.Finished, (await Host.EndedAsync(id, ct)).SubStatus);
        Assert.Equal(1, (await Host.GetAsync("runs?definitionId=bulk&broken=true", ct)).Body.GetProperty("total").GetInt32());
        Assert.All((await Host.PostAsync("runs/repairs", $$"""{"repair":{"kind":"retry"},"runs":["{{all[0]}}"]}""", ct)).Body.GetProperty("runs").EnumerateArray(), r => Assert.Equal("IB3080", r.GetProperty("failure").GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("""{"repair":{"kind":"retry"}}""", 400, "IB3009")]
    [InlineData("""{"repair":{"kind":"retry"},"filter":{},"runs":["0198f4a1-0000-7000-8000-000000000000"]}""", 400, "IB3009")]
    [InlineData("""{"repair":null,"filter":{}}""", 422, "IB7101")]
    [InlineData("""{"filter":{}}""", 422, "IB7101")]
    [InlineData("""{"repair":{"kind":"retry","steps":null},"filter":{"definitionId":"none"},"runs":null}""", 200, null)]
    [InlineData("""{"repair":{"kind":"retry"},"filter":{"code":"\u0000"}}""", 400, "IB3009")]
    public async Task Bulk_OddRequests_AreAnsweredWithTheirCode(string body, int expected, string? code)
    {
        var (status, answer) = await Host.PostAsync("runs/repairs", body, TestContext.Current.CancellationToken);

        Assert.Equal((expected, code), (status, CodeOf(answer)));
    }

    [Fact]
    public async Task Policy_OfAStep_TriesItAfterADurableWaitAndRecordsEachAttempt()
    {
        var ct = TestContext.Current.CancellationToken;
        Gate.Close("policy").SetResult();
        Gate.Break("policy", 2);
        await Host.PublishAsync(Definitions.Sequence("policy", Definitions.Probe("flaky", "flaky").Replace("\"customProperties\": {}", """ "customProperties": { "industryBrain": { "retry": { "attempts": 3, "firstDelay": "00:00:00.3" } } } """, StringComparison.Ordinal)), ct);

        var run = await Host.EndedAsync((await Host.StartRunAsync("policy", """{"value":1,"gate":"policy"}""", ct)).Id, ct);

        var step = run.Steps.Single(s => s.NodeId.EndsWith(":flaky", StringComparison.Ordinal));
        Assert.Equal((RunStatuses.Finished, 3, StepStates.Done), (run.SubStatus, step.Attempt, step.State));
        Assert.Equal([1, 2], step.Earlier.Select(e => e.Attempt));
        Assert.Equal(3, Gate.Keys("policy").Count);
        Assert.Equal([null, 2, 3], (await Host.EventsAsync(run.Id, ct)).Select(e => e switch { StepBegan b when b.NodeId == step.NodeId => (b.Attempt, true), StepEnded { StartedAt: not null } d when d.NodeId == step.NodeId => (d.Attempt, true), _ => (null, false) }).Where(e => e.Item2).Select(e => e.Item1));
        await SameOnRecordAsync(run, ct);
    }

    [Fact]
    public async Task Timeout_OfAStep_CallsItsComponentOff()
    {
        var ct = TestContext.Current.CancellationToken;
        Gate.Close("slow");
        await Host.PublishAsync(Definitions.Sequence("slow", Definitions.Probe("flaky", "flaky").Replace("\"customProperties\": {}", """ "customProperties": { "industryBrain": { "timeout": "00:00:00.5" } } """, StringComparison.Ordinal)), ct);

        var run = await Host.EndedAsync((await Host.StartRunAsync("slow", """{"value":1,"gate":"slow"}""", ct)).Id, ct);

        Assert.Equal((RunStatuses.Faulted, "IB3090"), (run.SubStatus, Assert.Single(run.Incidents).Code));
        await Host.PostAsync($"runs/{run.Id}/repairs", """{"kind":"skip","outputs":{"value":1}}""", ct);
        Assert.Equal(RunStatuses.Finished, (await Host.EndedAsync(run.Id, ct)).SubStatus);
    }

    private async Task<RunView> BrokenAsync(string name, CancellationToken ct, string? last = null, int times = 1)
    {
        await Host.PublishAsync(Definitions.Sequence(name, Definitions.Line("before", "before"), Definitions.Probe("flaky", "flaky"), last ?? Definitions.Line("after", "after")), ct);
        Gate.Break(name, times);
        var run = await Host.EndedAsync((await Host.StartRunAsync(name, $$"""{"value":1,"gate":"{{name}}"}""", ct)).Id, ct);
        Assert.Equal(RunStatuses.Faulted, run.SubStatus);
        return run;
    }

    /// <summary>What the stream says, folded, is what stands on record of the run.</summary>
    private async Task SameOnRecordAsync(RunView folded, CancellationToken ct)
    {
        var page = await Host.Runs.ListAsync(RuntimeHost.Person, new RunFilter { Text = folded.Id.ToString() }, ct);
        var listed = Assert.Single(page.Items);
        Assert.Equal(
            (listed.Status, listed.SubStatus, listed.Version, listed.StepCount, listed.FinishedAt, listed.Incident?.Code),
            (folded.Status, folded.SubStatus, folded.Version, folded.StepCount, folded.FinishedAt, folded.Incidents.Count > 0 ? folded.Incidents[0].Code : null));
        var record = await Host.CountAsync($"select version from run where id = '{folded.Id}'", ct);
        Assert.Equal(record, await Host.CountAsync($"select sum(count)::bigint from run_journal where run_id = '{folded.Id}'", ct));
    }

    private async Task<(int Status, string? Code)> RefusedAsync(Guid id, string body, CancellationToken ct)
    {
        var (status, problem) = await Host.PostAsync($"runs/{id}/repairs", body, ct);
        return (status, CodeOf(problem));
    }

    private static string? CodeOf(JsonElement problem) => problem.TryGetProperty("code", out var code) ? code.GetString() : null;
}
