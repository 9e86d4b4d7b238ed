using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests;

public sealed class QueryTests(PostgresFixture postgres, ProbePackage plugins)
{
    private static readonly (string Query, string Code, string Where, string Says)[] Bad =
    [
        ("runs?take=-1", "IB3026", "take", "pageSize"),
        ("runs?take=1e9", "IB3026", "take", "pageSize"),
        ("runs?after=zz", "IB3026", "after", "page"),
        ("runs?%F0%9F%98%80=1", "IB3026", "😀", "page"),
        ("runs?page=0", "IB3009", "page", "1"),
        ("runs?page=-1", "IB3009", "page", "1"),
        ("runs?page=99999999999", "IB3009", "page", "2147483647"),
        ("runs?page=1&page=2", "IB3009", "page", "once"),
        ("runs?pageSize=1e9", "IB3009", "pageSize", "1 to 200"),
        ("runs?pageSize=201", "IB3009", "pageSize", "1 to 200"),
        ("runs?pageSize=%D9%A3", "IB3009", "pageSize", "1 to 200"),
        ("runs?status=Sleeping", "IB3009", "status", "Running | Finished"),
        ("runs?status=finished", "IB3009", "status", "Running | Finished"),
        ("runs?subStatus=zz", "IB3009", "subStatus", "Suspended"),
        ("runs?parentRunId=zz", "IB3009", "parentRunId", "UUID"),
        ("runs?from=yesterday", "IB3009", "from", "2026-01-31"),
        ("runs?to=2026-13-01", "IB3009", "to", "2026-01-31"),
        ("runs?definitionId=a%00b", "IB3009", "definitionId", "U+0000"),
        ("runs?text=%00", "IB3009", "text", "200"),
        ("scenarios?page=-1", "IB3026", "page", "none"),
        ("components?take=1", "IB3026", "take", "none"),
        ("runs/00000000-0000-0000-0000-000000000000?x=1", "IB3026", "x", "none"),
    ];

    [Fact]
    public async Task List_QueryThatDoesNotFit_NamesTheParameterAndItsRange()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        var longest = new string('x', 201);

        foreach (var (query, code, where, says) in Bad.Append(("runs?text=" + longest, "IB3009", "text", "200")))
        {
            var (status, problem) = await host.GetAsync(query, ct);

            Assert.True(status == 400, $"{query}: {status} {problem}");
            Assert.Equal((code, where), (problem.GetProperty("code").GetString(), problem.GetProperty("where").GetString()));
            Assert.Contains(says, problem.GetProperty("texts").GetProperty("en").GetRawText(), StringComparison.Ordinal);
        }

        var (started, refused) = await host.PostAsync("scenarios/none/runs?wait=NaN", "{}", ct);
        Assert.Equal((400, "wait"), (started, refused.GetProperty("where").GetString()));
        Assert.Equal(200, (await host.GetAsync("runs?status=&text=&page=&from=", ct)).Status);
    }

    [Fact]
    public async Task ListRuns_TextScenarioStatusAndPage_FindTheRun()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("steel", Definitions.Line("a", "a")).Replace("测试", "Acier alli\\u00e9", StringComparison.Ordinal), ct);
        await host.PublishAsync(Definitions.Sequence("other", Definitions.Line("a", "a")), ct);
        List<string> ids = [];
        foreach (var scenario in new[] { "steel", "other", "other" })
            ids.Add((await host.PostAsync($"scenarios/{scenario}/runs?wait=30", "{}", ct)).Body.GetProperty("id").GetString()!);

        async Task<string> FoundAsync(string query)
        {
            var (status, page) = await host.GetAsync("runs?" + query, ct);
            Assert.Equal(200, status);
            return string.Join(' ', page.GetProperty("items").EnumerateArray().Select(r => ids.IndexOf(r.GetProperty("id").GetString()!))) + "/" + page.GetProperty("total").GetInt64();
        }

        Assert.Equal("0/1", await FoundAsync("text=ALLI%C3%89"));
        // The same letter, decomposed, as some keyboards and file systems write it.
        Assert.Equal("0/1", await FoundAsync("text=allie%CC%81"));
        Assert.Equal("2/1", await FoundAsync("text=" + ids[2]));
        Assert.Equal("2 1/2", await FoundAsync("definitionId=other&status=Finished&subStatus=Finished"));
        Assert.Equal("1/2", await FoundAsync("definitionId=other&page=2&pageSize=1"));
        Assert.Equal("/0", await FoundAsync("status=Running&from=2020-01-01&to=2999-12-31T23:59:59%2B08:00"));
    }
}
