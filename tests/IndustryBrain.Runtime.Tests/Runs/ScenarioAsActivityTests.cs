using System.Text;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Storage;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests.Runs;

public sealed class ScenarioAsActivityTests(PostgresFixture postgres, ProbePackage plugins, SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task Publish_UsesAScenario_RunsTakeThatVersionWhateverIsPublishedLater()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using (var first = await RuntimeHost.StartAsync(database, plugins, ct))
        {
            await first.PublishAsync(Usable("price", Definitions.Delay("wait", "00:00:00.1"), Definitions.SetOutput("out", "getInput('value') * 2"), Complete("Priced")), ct);
            await first.PublishAsync(Usable("offer", Use("Price", "p"), Definitions.SetOutput("out", "getOutputFrom('p', 'result')")), ct);
            await first.PublishAsync(Definitions.Sequence("order", Use("Offer", "o"), Definitions.SetOutput("out", "getOutputFrom('o', 'result')")), ct);
            await first.PublishAsync(Usable("price", Definitions.SetOutput("out", "getInput('value') * 100")), ct);
        }

        await using var host = await RuntimeHost.StartAsync(database, plugins, ct);
        var pinned = await host.EndedAsync((await host.StartRunAsync("order", """{"value":21}""", ct)).Id, ct);
        await host.PublishAsync(Definitions.Sequence("offer-now", Use("Price", "p"), Definitions.SetOutput("out", "getOutputFrom('p', 'result')")), ct);
        var latest = await host.EndedAsync((await host.StartRunAsync("offer-now", """{"value":21}""", ct)).Id, ct);
        await host.PublishAsync(Definitions.Sequence("offer-then", Use("Price", "p", "\"workflowDefinitionVersionId\": \"price@1\","), Definitions.SetOutput("out", "getOutputFrom('p', 'result')")), ct);
        var named = await host.EndedAsync((await host.StartRunAsync("offer-then", """{"value":21}""", ct)).Id, ct);

        Assert.Equal((RunStatuses.Finished, 42), (pinned.SubStatus, pinned.Output.GetProperty("result").GetInt32()));
        Assert.Equal(2100, latest.Output.GetProperty("result").GetInt32());
        Assert.Equal(42, named.Output.GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task Publish_UsedVersionWasChangedInTheStore_DoesNotRunIt()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using (var first = await RuntimeHost.StartAsync(database, plugins, ct))
        {
            await first.PublishAsync(Usable("price", Definitions.SetOutput("out", "1")), ct);
            await first.PublishAsync(Definitions.Sequence("order", Use("Price", "p"), Definitions.SetOutput("out", "getOutputFrom('p', 'result')")), ct);
            var other = Convert.ToBase64String(Encoding.UTF8.GetBytes(Usable("price", Definitions.SetOutput("out", "2"))));
            await using var change = first.Database.DataSource.CreateCommand($$"""update mt_doc_scenarioversion set data = jsonb_set(data, '{document}', '"{{other}}"') where id = 'price@1'""");
            Assert.Equal(1, await change.ExecuteNonQueryAsync(ct));
        }

        await using var host = await RuntimeHost.StartAsync(database, plugins, ct);
        var run = await host.EndedAsync((await host.StartRunAsync("order", "{}", ct)).Id, ct);

        Assert.Equal(RunStatuses.Faulted, run.SubStatus);
    }

    [Fact]
    public async Task Publish_ScenariosThatWouldUseEachOther_IsRefused()
    {
        var ct = TestContext.Current.CancellationToken;
        await shared.Host.PublishAsync(Usable("hen", Definitions.Line("l", "hen")), ct);
        await shared.Host.PublishAsync(Usable("egg", Use("Hen", "h")), ct);

        await shared.Host.Library.ImportAsync(RuntimeHost.Person, Encoding.UTF8.GetBytes(Usable("hen", Use("Egg", "e"))), ct);
        var (status, problem) = await shared.Host.PostAsync("scenarios/hen/publish", null, ct);

        Assert.Equal((422, "IB3003"), (status, problem.GetProperty("code").GetString()));
        Assert.Contains(problem.GetProperty("findings").EnumerateArray(), f => f.GetProperty("rule").GetString() == "IBS0015");
    }

    [Fact]
    public async Task Publish_ScenarioOfAnotherOrganizationOrNotForUse_IsUnknown()
    {
        var ct = TestContext.Current.CancellationToken;
        var other = new Caller("other", new(ActorKind.Person, "p2", "Other"), "127.0.0.1");
        await shared.Host.Library.ImportAsync(other, Encoding.UTF8.GetBytes(Usable("foreign", Definitions.Line("l", "x"))), ct);
        Assert.Null((await shared.Host.Library.PublishAsync(other, "foreign", ct)).Failure);
        await shared.Host.PublishAsync(Definitions.Sequence("private", Definitions.Line("l", "x")), ct);

        foreach (var type in new[] { "Foreign", "Private" })
        {
            var imported = await shared.Host.Library.ImportAsync(RuntimeHost.Person, Encoding.UTF8.GetBytes(Definitions.Sequence($"uses-{type}", Use(type, "u"))), ct);

            Assert.True(imported.TryGet(out var scenario, out _));
            Assert.Contains(scenario.Findings, f => f.Rule == "IBS0023");
            Assert.Equal("IB3003", (await shared.Host.Library.PublishAsync(RuntimeHost.Person, scenario.DefinitionId, ct)).Failure?.Code);
        }
    }

    private static string Usable(string id, params string[] activities) =>
        Definitions.Sequence(id, activities).Replace("\"options\": {}", "\"options\": {\"usableAsActivity\": true}", StringComparison.Ordinal);

    private static string Use(string type, string id, string more = "") => $$$"""
        { "type": "{{{type}}}", "id": "{{{id}}}", "name": "{{{id}}}", "version": 9, {{{more}}} "customProperties": {}, "metadata": {},
          "value": { "typeName": "Double", "expression": { "type": "JavaScript", "value": "getInput('value')" } } }
        """;

    private static string Complete(string outcome) => $$$"""
        { "type": "Elsa.Complete", "id": "complete", "version": 1, "customProperties": {}, "metadata": {}, "outcomes": { "typeName": "Object", "expression": { "type": "Literal", "value": "{{{outcome}}}" } } }
        """;
}
