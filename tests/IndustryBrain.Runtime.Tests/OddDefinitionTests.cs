using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests;

/// <summary>A definition that cannot run is a draft with findings, or refused with a code; never published, never run, never a fault.</summary>
public sealed class OddDefinitionTests(SharedHost shared, PostgresFixture postgres, ProbePackage plugins) : IClassFixture<SharedHost>
{
    private static string Flowchart(string id, string activities, string connections) => Definitions.Sequence(id).Replace(
        "\"type\": \"Elsa.Sequence\", \"id\": \"root\"", "\"type\": \"Elsa.Flowchart\", \"id\": \"root\", \"start\": \"a\", \"connections\": [" + connections + "]", StringComparison.Ordinal)
        .Replace("\"activities\": [  ]", $"\"activities\": [{activities}]", StringComparison.Ordinal);

    private static string Connection(string from, string to) => $$$"""{"source":{"activity":"{{{from}}}","port":"Done"},"target":{"activity":"{{{to}}}","port":"In"}}""";

    private static string WithoutRoot(string id) => $$$"""{"definitionId":"{{{id}}}","name":"{{{id}}}","version":1,"toolVersion":"3.7.0.0"}""";

    public static TheoryData<string, string> Odd => new()
    {
        { "duplicate", Definitions.Sequence("duplicate", Definitions.Line("a", "1"), Definitions.Line("a", "2")) },
        { "text-root", WithoutRoot("text-root").Replace("\"version\":1", "\"version\":1,\"root\":\"Elsa.Sequence\"", StringComparison.Ordinal) },
        { "many", Definitions.Sequence("many", [.. Enumerable.Range(0, 6_000).Select(i => Definitions.Line("a" + i, "x"))]) },
        { "unknown", Definitions.Sequence("unknown", """{"type":"Elsa.NoSuchThing","id":"a","version":1}""") },
        { "component", Definitions.Sequence("component", Definitions.Probe("a", "no-such")) },
        { "typeless", Definitions.Sequence("typeless", """{"id":"a","version":1}""") },
        { "numbers", Definitions.Sequence("numbers", "1", "null", "[]") },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task Import_DefinitionThatCannotRun_IsNeverPublishedOrRun(string id, string definition)
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;

        var (imported, answer) = await host.PostAsync("scenarios/import", definition, ct);
        var (published, refusal) = await host.PostAsync($"scenarios/{id}/publish", null, ct);
        var (started, notRun) = await host.PostAsync($"scenarios/{id}/runs?wait=30", "{}", ct);
        var (listed, all) = await host.GetAsync("scenarios", ct);
        var list = all.EnumerateArray().Where(s => s.GetProperty("definitionId").GetString() == id).ToList();

        Assert.True(imported is 200 or 422, $"{imported} {answer}");
        Assert.Contains(answer.GetProperty("findings").EnumerateArray(), f => f.GetProperty("severity").GetString() == "error");
        Assert.Equal(imported == 200 ? (422, "IB3003") : (404, "IB3001"), (published, refusal.GetProperty("code").GetString()));
        Assert.Equal(imported == 200 ? (409, "IB3002") : (404, "IB3001"), (started, notRun.GetProperty("code").GetString()));
        Assert.Equal((200, imported == 200 ? 1 : 0), (listed, list.Count));
        if (imported == 200)
        {
            Assert.NotEmpty(list[0].GetProperty("findings").EnumerateArray());
            Assert.True((await host.Library.FindAsync(RuntimeHost.Person, id, ct)).TryGet(out var details, out var failure), failure?.Code);
            Assert.False(details.IsPublished);
            Assert.NotEmpty(details.Findings);
            Assert.Equal(200, (await host.GetAsync($"scenarios/{id}/export", ct)).Status);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"definitionId\": \"\", \"id\": \" \",")]
    [InlineData("\"definitionId\": null,")]
    public async Task Import_WithoutAnId_IsANewScenarioEachTime(string members)
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        var definition = Definitions.Sequence("x", Definitions.Line("a", "a")).Replace("\"definitionId\": \"x\",", members, StringComparison.Ordinal)
            .Replace("\"customProperties\": { \"industryBrain\": { \"name\": { \"zh\": \"测试\", \"en\": \"Test\" },", "\"customProperties\": { \"industryBrain\": {", StringComparison.Ordinal);

        var before = (await host.GetAsync("scenarios", ct)).Body.GetArrayLength();
        var (status, first) = await host.PostAsync("scenarios/import", definition, ct);
        var (_, second) = await host.PostAsync("scenarios/import", definition, ct);
        var id = first.GetProperty("definitionId").GetString()!;
        var (published, _) = await host.PostAsync($"scenarios/{id}/publish", null, ct);
        var (_, run) = await host.PostAsync($"scenarios/{id}/runs?wait=60", "{}", ct);
        var (_, exported) = await host.GetAsync($"scenarios/{id}/export", ct);

        Assert.Equal((200, 200), (status, published));
        Assert.Matches("^[0-9a-f]{16}$", id);
        Assert.NotEqual(id, second.GetProperty("definitionId").GetString());
        Assert.Equal("x", first.GetProperty("name").GetProperty("en").GetString());
        Assert.Equal(("Finished", "a"), (run.GetProperty("subStatus").GetString(), run.GetProperty("lines")[0].GetString()));
        Assert.Equal((id, "x"), (exported.GetProperty("definitionId").GetString(), exported.GetProperty("name").GetString()));
        Assert.Equal(before + 2, (await host.GetAsync("scenarios", ct)).Body.GetArrayLength());
    }

    [Theory]
    [InlineData("{}", "IBS0013")]
    [InlineData("""{"root":null}""", "IBS0013")]
    [InlineData("""{"name":"package","version":"1.0.0"}""", "IBS0013")]
    [InlineData("""{"root":5}""", "IBS0004")]
    [InlineData("""{"definitionId":"rootless","root":[]}""", "IBS0004")]
    public async Task Import_WhatIsNoDefinition_IsRefusedAndNotKept(string document, string rule)
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;

        var before = (await host.GetAsync("scenarios", ct)).Body.GetArrayLength();
        var (status, problem) = await host.PostAsync("scenarios/import", document, ct);

        Assert.Equal((422, "IB3003"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(rule, problem.GetProperty("findings")[0].GetProperty("rule").GetString());
        Assert.Equal(before, (await host.GetAsync("scenarios", ct)).Body.GetArrayLength());
    }

    [Theory]
    [InlineData("""{"definitionId":"rootless","name":"Rootless","version":1,"toolVersion":"3.7.0.0"}""")]
    [InlineData("""{"definitionId":"rootless","root":null}""")]
    public async Task Run_WithoutARoot_FinishesWithNothingDone(string definition)
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;

        var (imported, scenario) = await host.PostAsync("scenarios/import", definition, ct);
        var id = scenario.GetProperty("definitionId").GetString();
        var (published, _) = await host.PostAsync($"scenarios/{id}/publish", null, ct);
        var (started, run) = await host.PostAsync($"scenarios/{id}/runs?wait=60", "{}", ct);

        Assert.Equal((200, 200, 200), (imported, published, started));
        Assert.Contains(scenario.GetProperty("findings").EnumerateArray(), f => (f.GetProperty("rule").GetString(), f.GetProperty("severity").GetString()) == ("IBS0011", "warning"));
        Assert.Equal(("Finished", "Finished", 0), (run.GetProperty("status").GetString(), run.GetProperty("subStatus").GetString(), run.GetProperty("incidents").GetArrayLength()));
    }

    [Fact]
    public async Task Import_AnIdThatIsNoText_IsRefused()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;

        var before = (await host.GetAsync("scenarios", ct)).Body.GetArrayLength();
        var (status, problem) = await host.PostAsync("scenarios/import", Definitions.Sequence("x", Definitions.Line("a", "a")).Replace("\"definitionId\": \"x\",", "\"definitionId\": 7,", StringComparison.Ordinal), ct);

        Assert.Equal((422, "IB3003"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal("IBS0064", problem.GetProperty("findings")[0].GetProperty("rule").GetString());
        Assert.Equal(before, (await host.GetAsync("scenarios", ct)).Body.GetArrayLength());
    }

    [Fact]
    public async Task Import_AMemberNamedTwice_IsRefused()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        var definition = Definitions.Sequence("plain", Definitions.Line("a", "a"))
            .Replace("\"inputSchema\"", "\"samples\":[{\"name\":{\"zh\":\"一\",\"en\":\"one\"},\"input\":{\"a\":{\"b\":1,\"b\":2}}}],\"inputSchema\"", StringComparison.Ordinal);

        var (status, answer) = await host.PostAsync("scenarios/import", definition, ct);

        Assert.Equal(422, status);
        Assert.Equal("IBS0065", answer.GetProperty("findings")[0].GetProperty("rule").GetString());
    }

    [Fact]
    public async Task Run_CyclicConnections_EndsAtTheLimitOfSteps()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Runs:MaxSteps", "200"));
        await host.PublishAsync(Flowchart("cycle", Definitions.Line("a", "1") + "," + Definitions.Line("b", "2"), Connection("a", "b") + "," + Connection("b", "a")), ct);

        var (status, run) = await host.PostAsync("scenarios/cycle/runs?wait=60", "{}", ct);

        Assert.Equal((200, "Finished", "Faulted"), (status, run.GetProperty("status").GetString(), run.GetProperty("subStatus").GetString()));
        Assert.Single(run.GetProperty("incidents").EnumerateArray());
    }
}
