using System.Security.Cryptography;
using System.Text.Json;
using IndustryBrain.Runtime.Retention;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Retention;

/// <summary>Finished runs that leave the journal, and what keeps them from being deleted.</summary>
public sealed class RetentionTests(PostgresFixture postgres, ProbePackage plugins)
{
    private const string Organization = RuntimeHost.Organization;

    [Fact]
    public async Task Archive_OfOldRuns_KeepsThemOpenableAndProvable()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct);
        await host.PublishAsync(Definitions.Sequence("old", Definitions.Line("l", "kept"), Definitions.SetOutput("o", "getInput('value') * 2")), ct);
        await host.PublishAsync(Definitions.Sequence("waits", Definitions.Event("e", "Never")), ct);
        var run = await host.EndedAsync((await host.StartRunAsync("old", """{"value":21}""", ct)).Id, ct);
        var young = await host.EndedAsync((await host.StartRunAsync("old", """{"value":1}""", ct)).Id, ct);
        var waiting = await host.WaitingAsync((await host.StartRunAsync("waits", "{}", ct)).Id, ct);
        await AgeAsync(host, ct, run.Id, waiting.Id);
        var pass = host.Services.GetRequiredService<RetentionPass>();

        Assert.Equal(1, await pass.ArchiveAsync(Organization, ct));
        Assert.Equal(0, await pass.ArchiveAsync(Organization, ct));

        Assert.Equal(0, await host.CountAsync($"select (select count(*) from run where id = '{run.Id}') + (select count(*) from run_journal where run_id = '{run.Id}')", ct));
        Assert.Equal(200, (await host.GetAsync($"runs/{young.Id}", ct)).Status);
        var (status, opened) = await host.GetAsync($"runs/{run.Id}", ct);
        Assert.Equal((200, 42, "kept"), (status, opened.GetProperty("output").GetProperty("result").GetInt32(), opened.GetProperty("lines")[0].GetString()));
        var (_, list) = await host.GetAsync("archive?definitionId=old", ct);
        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        var digest = item.GetProperty("sha256").GetString();
        Assert.Equal((run.Id.ToString(), digest), (item.GetProperty("id").GetString(), opened.GetProperty("archive").GetProperty("sha256").GetString()));
        var document = await host.Client.GetByteArrayAsync(new Uri($"/api/v1/archive/{run.Id}", UriKind.Relative), ct);
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(document)));
        Assert.Equal(run.Id.ToString(), JsonElement.Parse(document).GetProperty("record").GetProperty("id").GetString());
        var trail = await host.Services.GetRequiredService<AuditTrail>().ReadAsync(Organization, 200, ct);
        Assert.Single(trail, r => r.GetProperty("action").GetString() == "run.archive" && r.GetProperty("object").GetProperty("label").GetString() == $"sha256:{digest}");
        Assert.Equal(404, (await host.GetAsync($"archive/{young.Id}", ct)).Status);

        // Somebody changes the archive, digest and all: the audit trail still has the first.
        await host.ExecuteAsync($"update run_archive set sha256 = sha256('x'::bytea) where run_id = '{run.Id}'", ct);
        Assert.Equal("IB3144", CodeOf((await host.GetAsync($"runs/{run.Id}", ct)).Body));
    }

    [Fact]
    public async Task Hold_OnRunScenarioOrOrganization_KeepsUntilItIsLifted()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct, ("Retention:DeleteDays", "200"));
        await host.PublishAsync(Definitions.Sequence("kept", Definitions.Line("l", "kept")), ct);
        await host.PublishAsync(Definitions.Sequence("free", Definitions.Line("l", "free")), ct);
        var kept = (await host.EndedAsync((await host.StartRunAsync("kept", "{}", ct)).Id, ct)).Id;
        var free = (await host.EndedAsync((await host.StartRunAsync("free", "{}", ct)).Id, ct)).Id;
        await AgeAsync(host, ct, kept, free);
        var pass = host.Services.GetRequiredService<RetentionPass>();

        Assert.Equal("IB3001", CodeOf((await host.PostAsync("holds", """{"scope":"scenario","target":"nowhere","reason":"case 7"}""", ct)).Body));
        Assert.Equal("IB3005", CodeOf((await host.PostAsync("holds", $$"""{"scope":"run","target":"{{Guid.Empty}}","reason":"case 7"}""", ct)).Body));
        Assert.Equal(400, (await host.PostAsync("holds", """{"scope":"organization","reason":" "}""", ct)).Status);
        var (status, hold) = await host.PostAsync("holds", """{"scope":"scenario","target":"kept","reason":"case 7"}""", ct);
        Assert.Equal(201, status);
        Assert.Equal(1, await pass.ArchiveAsync(Organization, ct));
        Assert.Equal(200, (await host.GetAsync($"archive/{free}", ct)).Status);
        var (_, onRun) = await host.PostAsync("holds", $$"""{"scope":"run","target":"{{free}}","reason":"case 8"}""", ct);
        Assert.Equal(0, await pass.DeleteAsync(Organization, ct));
        await LiftAsync(host, onRun, ct);
        var (_, onAll) = await host.PostAsync("holds", """{"scope":"organization","reason":"case 9"}""", ct);
        Assert.Equal(0, await pass.DeleteAsync(Organization, ct));
        await LiftAsync(host, onAll, ct);
        Assert.Equal(1, await pass.DeleteAsync(Organization, ct));

        Assert.Equal((410, "IB3142"), ((await host.GetAsync($"runs/{free}", ct)) is var gone ? gone.Status : 0, CodeOf(gone.Body)));
        var row = (await host.GetAsync("archive", ct)).Body.GetProperty("items")[0];
        Assert.Equal((free.ToString(), JsonValueKind.String), (row.GetProperty("id").GetString(), row.GetProperty("deletedAt").ValueKind));
        await LiftAsync(host, hold, ct);
        Assert.Equal("IB3141", CodeOf((await host.PostAsync($"holds/{hold.GetProperty("id").GetString()}/lift", """{"reason":"again"}""", ct)).Body));
        Assert.Equal("IB3140", CodeOf((await host.PostAsync($"holds/{Guid.Empty}/lift", """{"reason":"none"}""", ct)).Body));
        Assert.Equal(1, await pass.ArchiveAsync(Organization, ct));
        Assert.Equal(3, (await host.GetAsync("holds", ct)).Body.GetArrayLength());
        var trail = await host.Services.GetRequiredService<AuditTrail>().ReadAsync(Organization, 200, ct);
        Assert.Equal((3, 3, 1), (Count(trail, "hold.place"), Count(trail, "hold.lift"), Count(trail, "run.delete")));
    }

    [Fact]
    public async Task Purge_OfTheStateOfFaultedRuns_LeavesWhatIsHeld()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct);
        foreach (var id in new[] { "kept-state", "freed-state" })
            await host.PublishAsync(Definitions.Sequence(id, Definitions.SetOutput("o", "fail()")), ct);
        var kept = (await host.EndedAsync((await host.StartRunAsync("kept-state", "{}", ct)).Id, ct)).Id;
        var freed = (await host.EndedAsync((await host.StartRunAsync("freed-state", "{}", ct)).Id, ct)).Id;
        await host.ExecuteAsync("update run set failed_at = now() - interval '400 days'", ct);
        var (_, hold) = await host.PostAsync("holds", """{"scope":"scenario","target":"kept-state","reason":"case 7"}""", ct);
        Assert.Equal(2, await host.CountAsync("select count(*) from run_state", ct));

        await PurgeAsync(host, ct);
        Assert.Equal((1, 0), (await StatesAsync(kept), await StatesAsync(freed)));
        await LiftAsync(host, hold, ct);
        await PurgeAsync(host, ct);

        Assert.Equal(0, await StatesAsync(kept));

        Task<long> StatesAsync(Guid run) => host.CountAsync($"select count(*) from run_state where run_id = '{run}'", ct);
    }

    [Fact]
    public async Task Archive_ByManyAtOnce_TakesEachRunOnceAndSeesOneOrganization()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct, ("Retention:BatchRuns", "2"));
        await host.PublishAsync(Definitions.Sequence("many", Definitions.Line("l", "x")), ct);
        List<Guid> runs = [];
        for (var i = 0; i < 5; i++)
            runs.Add((await host.EndedAsync((await host.StartRunAsync("many", "{}", ct)).Id, ct)).Id);
        await AgeAsync(host, ct, [.. runs]);
        var pass = host.Services.GetRequiredService<RetentionPass>();
        Assert.Contains(Organization, await pass.OrganizationsAsync(ct));

        var archived = 0;
        for (var i = 0; i < 20 && archived < 5; i++)
            archived += (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pass.ArchiveAsync(Organization, ct)))).Sum();

        Assert.Equal((5, 5L, 0L), (archived, await host.CountAsync("select count(*) from run_archive", ct), await host.CountAsync("select count(*) from run", ct)));
        var stranger = new Caller("stranger", RuntimeHost.Person.Actor, "test");
        var archives = host.Services.GetRequiredService<RunArchives>();
        Assert.Equal(0, (await archives.ListAsync(stranger, new(), ct)).Total);
        Assert.Equal("IB3143", (await archives.ExportAsync(stranger, runs[0], ct)).Failure?.Code);
        Assert.Equal("IB3005", (await host.Runs.GetAsync(stranger, runs[0], ct)).Failure?.Code);
    }

    private Task<RuntimeHost> StartAsync(CancellationToken ct, params (string, string)[] settings) => StartAsync(postgres, plugins, ct, settings);

    private static async Task<RuntimeHost> StartAsync(PostgresFixture postgres, ProbePackage plugins, CancellationToken ct, params (string, string)[] settings) =>
        await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, settings);

    private static Task AgeAsync(RuntimeHost host, CancellationToken ct, params Guid[] runs)
    {
        var ids = string.Join(",", runs.Select(r => $"'{r}'"));
        return host.ExecuteAsync($"update run set created_at = now() - interval '400 days', record = case when record ? 'finishedAt' then jsonb_set(record, '{{finishedAt}}', to_jsonb(now() - interval '399 days')) else record end where id in ({ids})", ct);
    }

    private static Task PurgeAsync(RuntimeHost host, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        return host.Services.GetRequiredService<WorkQueue>().PurgeAsync(now.AddDays(-30), now.AddDays(-30), now.AddDays(-30), now, ct);
    }

    private static async Task LiftAsync(RuntimeHost host, JsonElement hold, CancellationToken ct) =>
        Assert.Equal(200, (await host.PostAsync($"holds/{hold.GetProperty("id").GetString()}/lift", """{"reason":"case closed"}""", ct)).Status);

    private static int Count(IReadOnlyList<JsonElement> trail, string action) => trail.Count(r => r.GetProperty("action").GetString() == action);

    private static string? CodeOf(JsonElement body) => body.TryGetProperty("code", out var code) ? code.GetString() : null;
}
