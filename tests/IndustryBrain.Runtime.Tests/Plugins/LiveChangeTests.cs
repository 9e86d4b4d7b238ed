using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using IndustryBrain.Plugins.Trust;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Tests.Plugins;

/// <summary>Plugins come, change and go while runs use them.</summary>
public sealed class LiveChangeTests(PostgresFixture postgres, ProbePackage plugins)
{
    private const string Scenario = "tells";
    private const string Path = "plugins/" + VersionedPackage.Id;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly string Definition = Definitions.Sequence(Scenario, Definitions.Event("wait", "go"), """
        { "type": "IndustryBrain.versioned.tell", "id": "tell", "version": 1, "customProperties": {}, "metadata": {} }
        """, Output("tell", "version"));

    private static readonly string Asks = Definitions.Sequence("asks", Definitions.Event("wait", "go"), """
        { "type": "IndustryBrain.probe.inquire", "id": "ask", "version": 1, "customProperties": {}, "metadata": {}, "value": { "typeName": "Double", "expression": { "type": "Literal", "value": 1 } } }
        """, Output("ask", "value"));

    private static readonly string Straight = Definitions.Sequence("straight", """
        { "type": "IndustryBrain.versioned.tell", "id": "tell", "version": 1, "customProperties": {}, "metadata": {} }
        """, Output("tell", "version"));

    [Fact]
    public async Task Install_NoPermissionsAsked_AnswersAtOnce_InTheJail()
    {
        await using var host = await StartAsync();

        var (status, plugin) = await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        var (called, reply) = await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct);

        Assert.Equal((200, "ready", "1.0.0", "jailed"), (status, Text(plugin, "state"), Text(plugin, "activeVersion"), Text(plugin.GetProperty("versions")[0], "tier")));
        Assert.Equal((200, "1.0.0"), (called, Text(reply.GetProperty("output"), "version")));
        var usage = (await host.GetAsync(Path, Ct)).Body.GetProperty("usage");
        Assert.Equal((1, 0, 1), (usage.GetProperty("calls").GetInt32(), usage.GetProperty("failures").GetInt32(), usage.GetProperty("processes").GetInt32()));
        Assert.True(usage.GetProperty("memoryBytes").GetInt64() > 1 << 20, $"{usage}");
        Assert.NotEqual(Environment.ProcessId, reply.GetProperty("output").GetProperty("processId").GetInt32());
        Assert.Equal(1, await host.CountAsync("select count(*) from audit_record where action = 'plugin.install' and record -> 'object' ->> 'id' = 'Sample.Versioned@1.0.0'", Ct));
    }

    [Fact]
    public async Task Install_TheSameTwice_ChangesNothing_OtherContentIsRefused()
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));

        var same = await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        var other = await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0", "GET https://prices.example"));
        var broken = await InstallAsync(host, [1, 2, 3]);

        Assert.Equal((200, 1), (same.Status, same.Body.GetProperty("versions").GetArrayLength()));
        Assert.Equal((409, "IB1012"), (other.Status, Text(other.Body, "code")));
        Assert.Equal((422, "IB1004"), (broken.Status, Text(broken.Body, "code")));
    }

    [Fact]
    public async Task Install_FindingsOfTheAudit_AreKeptWithTheVersion()
    {
        await using var host = await StartAsync();

        var (_, plugin) = await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0", "GET https://prices.example"));
        var (_, bundled) = await host.GetAsync("plugins/IndustryBrain.Probe", Ct);

        var audit = plugin.GetProperty("versions")[0].GetProperty("audit");
        var finding = Assert.Single(audit.GetProperty("findings").EnumerateArray(), f => Text(f, "rule") == "IBP0106");
        Assert.Equal("Versioned.Tell..cctor", Text(finding, "member"));
        Assert.Equal(audit.GetProperty("findings").GetArrayLength(), new[] { "errors", "warnings", "notes" }.Sum(name => audit.GetProperty(name).GetInt32()));
        Assert.Equal(JsonValueKind.Null, bundled.GetProperty("versions")[0].GetProperty("audit").ValueKind);
    }

    [Fact]
    public async Task Install_FindingsThatAreNotAccepted_AreRefusedAndNothingIsKept()
    {
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct, ("Trust:RefusedFindings", "Error"));

        var (status, refused) = await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));

        Assert.Equal((409, "IB1151"), (status, Text(refused, "code")));
        Assert.Equal(404, (await host.GetAsync(Path, Ct)).Status);
        Assert.Equal(0, await host.CountAsync("select count(*) from audit_record where action = 'plugin.install' and record -> 'object' ->> 'id' like 'Sample.Versioned%'", Ct));
    }

    [Theory]
    [InlineData(Scenario)]
    [InlineData("asks")]
    public async Task Update_RunUnderWayKeepsItsVersion_NewRunsTakeTheNew_ThenTheOldIsUnloaded(string scenario)
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        await host.PublishAsync(scenario == Scenario ? Definition : Asks, Ct);
        var old = await host.StartRunAsync(scenario, "{}", Ct);
        await host.WaitingAsync(old.Id, Ct);

        await InstallAsync(host, await VersionedPackage.OfAsync("1.1.0"));
        var young = await host.StartRunAsync(scenario, "{}", Ct);
        await host.WaitingAsync(young.Id, Ct);
        var during = Versions((await host.GetAsync(Path, Ct)).Body);
        await GoAsync(host, young.Id);
        await GoAsync(host, old.Id);
        var (first, second) = (await host.EndedAsync(old.Id, Ct), await host.EndedAsync(young.Id, Ct));

        Assert.Equal(["1.0.0 draining 1", "1.1.0 active 1"], during);
        Assert.Equal(("1.0.0", "1.1.0"), (Result(first), Result(second)));
        await UntilAsync(host, versions => versions.SequenceEqual(["1.0.0 standby 0", "1.1.0 active 0"]));
    }

    [Fact]
    public async Task Disable_KnowledgeThatAScenarioMayAsk_NewRunsAreRefused()
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        await host.PublishAsync(Asks, Ct);

        await host.PostAsync($"{Path}/disable", null, Ct);
        var run = await host.PostAsync("scenarios/asks/runs", "{}", Ct);

        Assert.Equal((409, "IB3031"), (run.Status, Text(run.Body, "code")));
    }

    [Fact]
    public async Task Update_AsksForMore_WaitsForConsent_AndShowsTheDifference()
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));

        var (_, waiting) = await InstallAsync(host, await VersionedPackage.OfAsync("1.1.0", "GET https://prices.example"));
        var early = await host.PostAsync($"{Path}/versions/1.1.0/activate", null, Ct);
        var tooMuch = await host.PostAsync($"{Path}/versions/1.1.0/consent", """{"grants":[{"capability":"http","targets":["GET https://other.example"]}]}""", Ct);
        var (_, granted) = await host.PostAsync($"{Path}/versions/1.1.0/consent", null, Ct);
        var (_, covered) = await InstallAsync(host, await VersionedPackage.OfAsync("1.2.0", "GET https://prices.example"));

        var version = waiting.GetProperty("versions")[1];
        Assert.Equal(("ready", "1.0.0", "awaitingConsent"), (Text(waiting, "state"), Text(waiting, "activeVersion"), Text(version, "state")));
        Assert.Equal("GET https://prices.example", version.GetProperty("change").GetProperty("added")[0].GetProperty("targets")[0].GetString());
        Assert.Equal((409, "IB3034"), (early.Status, Text(early.Body, "code")));
        Assert.Equal((422, "IB1147"), (tooMuch.Status, Text(tooMuch.Body, "code")));
        Assert.Equal("1.1.0", Text(granted, "activeVersion"));
        Assert.Equal("1.2.0", Text(covered, "activeVersion"));
    }

    [Fact]
    public async Task Update_OfAnotherVendor_WaitsForConsent_AndSaysWhose()
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));

        var (_, waiting) = await InstallAsync(host, await VersionedPackage.OfVendorAsync("1.1.0", "Zeta"));
        var (_, granted) = await host.PostAsync($"{Path}/versions/1.1.0/consent", null, Ct);

        Assert.Equal(("1.0.0", "awaitingConsent", "Zeta (unsigned)"), (Text(waiting, "activeVersion"), Text(waiting.GetProperty("versions")[1], "state"), Text(waiting.GetProperty("versions")[1], "otherPublisher")));
        Assert.NotEqual("Zeta", Text(waiting, "vendor"));
        Assert.Equal(("1.1.0", "Zeta"), (Text(granted, "activeVersion"), Text(granted, "vendor")));
    }

    [Fact]
    public async Task Key_ThatWasStolen_StopsWhatItSigned_ThoughItWasInstalledBefore()
    {
        await using var host = await StartAsync();
        var trusted = Directory.CreateDirectory(host.Services.GetRequiredService<IOptions<PluginTrustOptions>>().Value.Folder);
        using var key = SigningKey.Create();
        using var signed = new MemoryStream();
        Assert.Null(await PackageSigning.SignAsync(new MemoryStream(await VersionedPackage.OfAsync("1.0.0")), key, SignatureRole.Vendor, TimeProvider.System, signed, Ct));
        await InstallAsync(host, signed.ToArray());
        var before = await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct);

        var revocation = KeyStatements.Revoke(new(key.Public.Id, RevocationReason.Compromised, TimeProvider.System.GetUtcNow()), key);
        await File.WriteAllBytesAsync(System.IO.Path.Combine(trusted.CreateSubdirectory("revocations").FullName, "stolen.json"), revocation, Ct);
        await host.PostAsync($"{Path}/disable", null, Ct);
        var (_, plugin) = await host.PostAsync($"{Path}/enable", null, Ct);
        var after = await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct);

        Assert.Equal(200, before.Status);
        Assert.Equal(("degraded", "IB1176"), (Text(plugin, "state"), Text(plugin.GetProperty("problem"), "code")));
        Assert.NotEqual(200, after.Status);
    }

    [Fact]
    public async Task Update_OfOneThatCameWithTheProgram_FromOutside_WaitsForConsent()
    {
        const string Id = "IndustryBrain.Probe";
        var package = await VersionedPackage.OfAsync(await File.ReadAllBytesAsync(Directory.GetFiles(plugins.Folder, "*.nupkg").Single(), Ct), Id, "9.0.0");
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct);
        await using var careless = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct, ("Plugins:AcceptedNames:0", Id));

        var refused = await InstallAsync(host, package);
        var (_, waiting) = await InstallAsync(careless, package);

        Assert.Equal((422, "IB1185"), (refused.Status, Text(refused.Body, "code")));
        Assert.NotEqual("9.0.0", Text(waiting, "activeVersion"));
        Assert.Equal("awaitingConsent", Text(waiting.GetProperty("versions")[1], "state"));
        Assert.EndsWith("(unsigned)", Text(waiting.GetProperty("versions")[1], "otherPublisher"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_ComponentOfAnotherPlugin_AnswersForNobodyBeforeThatIsRemovedAndSomebodyConsents()
    {
        const string Rival = "plugins/Other.Vendor";
        const string Call = $"components/{VersionedPackage.Component}/calls";
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));

        var (_, installed) = await InstallAsync(host, await VersionedPackage.OfRivalAsync("Other.Vendor"), "?consent=declared");
        await host.PostAsync($"{Path}/disable", null, Ct);
        var disabled = await host.PostAsync(Call, "{}", Ct);
        var early = await host.PostAsync($"{Rival}/versions/1.0.0/consent", null, Ct);
        await DeleteAsync(host, Path);
        await UntilAsync(host, Rival, plugin => Text(plugin, "state") == "awaitingConsent");
        var removed = await host.PostAsync(Call, "{}", Ct);
        await host.PostAsync($"{Rival}/versions/1.0.0/consent", null, Ct);

        Assert.Equal(("degraded", "IB1102"), (Text(installed, "state"), Text(installed.GetProperty("problem"), "code")));
        Assert.Equal((409, "IB3031"), (disabled.Status, Text(disabled.Body, "code")));
        Assert.Equal("IB1102", Text(early.Body, "code"));
        Assert.Equal((409, "IB3034"), (removed.Status, Text(removed.Body, "code")));
        Assert.Equal(200, (await host.PostAsync(Call, "{}", Ct)).Status);
    }

    [Fact]
    public async Task Install_AsksForPermissions_CannotBeCalledBeforeConsent()
    {
        await using var host = await StartAsync();

        var (_, plugin) = await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0", "GET https://prices.example"));
        var early = await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct);
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.1", "GET https://prices.example"), "?consent=declared");
        var (called, _) = await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct);

        Assert.Equal("awaitingConsent", Text(plugin, "state"));
        Assert.Equal((409, "IB3034"), (early.Status, Text(early.Body, "code")));
        Assert.Equal(200, called);
    }

    [Fact]
    public async Task RollBack_NewRunsTakeTheVersionBefore()
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        var none = await host.PostAsync($"{Path}/rollback", null, Ct);
        await host.PublishAsync(Straight, Ct);
        await InstallAsync(host, await VersionedPackage.OfAsync("1.1.0"));

        var (status, plugin) = await host.PostAsync($"{Path}/rollback", null, Ct);
        var run = await host.EndedAsync((await host.StartRunAsync("straight", "{}", Ct)).Id, Ct);

        Assert.Equal((409, "IB3035"), (none.Status, Text(none.Body, "code")));
        Assert.Equal((200, "1.0.0", "1.1.0"), (status, Text(plugin, "activeVersion"), Text(plugin, "previousVersion")));
        Assert.Equal("1.0.0", Result(run));
    }

    [Fact]
    public async Task Update_ScenariosKeep_StayWithTheirVersion_UntilMoved()
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        await host.PublishAsync(Straight, Ct);

        await InstallAsync(host, await VersionedPackage.OfAsync("1.1.0"), "?scenarios=keep");
        var kept = await host.EndedAsync((await host.StartRunAsync("straight", "{}", Ct)).Id, Ct);
        var (_, direct) = await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct);
        await host.PostAsync($"{Path}/versions/1.1.0/activate", null, Ct);
        var moved = await host.EndedAsync((await host.StartRunAsync("straight", "{}", Ct)).Id, Ct);

        Assert.Equal(("1.0.0", "1.1.0", "1.1.0"), (Result(kept), Text(direct.GetProperty("output"), "version"), Result(moved)));
    }

    [Fact]
    public async Task Disable_RunUnderWayEnds_NewRunsAndCallsAreRefused_UntilEnabled()
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        await host.PublishAsync(Definition, Ct);
        var under = await host.StartRunAsync(Scenario, "{}", Ct);
        await host.WaitingAsync(under.Id, Ct);

        await host.PostAsync($"{Path}/disable", null, Ct);
        var run = await host.PostAsync($"scenarios/{Scenario}/runs", "{}", Ct);
        var call = await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct);
        await GoAsync(host, under.Id);
        var ended = await host.EndedAsync(under.Id, Ct);
        await host.PostAsync($"{Path}/enable", null, Ct);
        var again = await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct);

        Assert.Equal((409, "IB3031"), (run.Status, Text(run.Body, "code")));
        Assert.Equal((409, "IB3031"), (call.Status, Text(call.Body, "code")));
        Assert.Equal(("1.0.0", 200), (Result(ended), again.Status));
    }

    [Fact]
    public async Task Remove_InUseByAScenario_IsRefused_ForcedItGoesWithItsLastRun()
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        await host.PublishAsync(Definition, Ct);
        var under = await host.StartRunAsync(Scenario, "{}", Ct);
        await host.WaitingAsync(under.Id, Ct);

        var refused = await DeleteAsync(host, Path);
        var (status, removed) = await DeleteAsync(host, Path + "?force=true");
        var run = await host.PostAsync($"scenarios/{Scenario}/runs", "{}", Ct);
        var anew = await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0", "GET https://prices.example"));
        await GoAsync(host, under.Id);
        var ended = await host.EndedAsync(under.Id, Ct);
        await host.UntilAsync("select count(*) from mt_doc_plugininstallation where id = 'sample.versioned'", 0, Ct);

        Assert.Equal((409, "IB3036"), (refused.Status, Text(refused.Body, "code")));
        Assert.Equal((200, "draining"), (status, Text(removed, "state")));
        Assert.Equal((409, "IB3032"), (run.Status, Text(run.Body, "code")));
        Assert.Equal((409, "IB1027"), (anew.Status, Text(anew.Body, "code")));
        Assert.Equal("1.0.0", Result(ended));
        Assert.Equal(0, await host.CountAsync("select count(*) from plugin_package_chunk c join plugin_package p using (sha256) where p.sha256 not in (select v ->> 'sha256' from mt_doc_plugininstallation i, jsonb_array_elements(i.data -> 'versions') v)", Ct));
        Assert.Equal(404, (await host.GetAsync(Path, Ct)).Status);
    }

    [Fact]
    public async Task VersionInTest_IsHeldOnTo_AndMovesWithAnUpdate()
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        Assert.Equal(200, (await host.PostAsync("scenarios/import", Straight, Ct)).Status);
        Assert.Equal(200, (await host.PostAsync("scenarios/straight/publish", """{"environment":"test"}""", Ct)).Status);
        await InstallAsync(host, await VersionedPackage.OfAsync("1.1.0"), "?scenarios=keep");

        var held = await DeleteAsync(host, Path + "/versions/1.0.0");
        var kept = await TriedAsync();
        await host.PostAsync($"{Path}/versions/1.1.0/activate", null, Ct);
        var moved = await TriedAsync();
        var (status, _) = await DeleteAsync(host, Path + "/versions/1.0.0");
        var refused = await DeleteAsync(host, Path);

        Assert.Equal((409, "IB3036"), (held.Status, Text(held.Body, "code")));
        Assert.Equal(("1.0.0", "1.1.0", 200), (kept, moved, status));
        Assert.Equal((409, "IB3036"), (refused.Status, Text(refused.Body, "code")));

        async Task<string?> TriedAsync() => Text((await host.PostAsync("scenarios/straight/runs?wait=30&environment=test", "{}", Ct)).Body.GetProperty("output"), "result");
    }

    [Fact]
    public async Task RemoveVersion_OnlyWhenNobodyHoldsOnToIt()
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        await host.PublishAsync(Definition, Ct);
        var under = await host.StartRunAsync(Scenario, "{}", Ct);
        await host.WaitingAsync(under.Id, Ct);
        await InstallAsync(host, await VersionedPackage.OfAsync("1.1.0"));

        var (active, held) = (await DeleteAsync(host, Path + "/versions/1.1.0"), await DeleteAsync(host, Path + "/versions/1.0.0"));
        await GoAsync(host, under.Id);
        await host.EndedAsync(under.Id, Ct);
        var (status, left) = await DeleteAsync(host, Path + "/versions/1.0.0");
        var again = await DeleteAsync(host, Path + "/versions/1.0.0");
        var (_, called) = await host.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct);

        Assert.Equal((409, "IB3036"), (active.Status, Text(active.Body, "code")));
        Assert.Equal((409, "IB3036"), (held.Status, Text(held.Body, "code")));
        Assert.Equal((200, 1, "1.1.0"), (status, left.GetProperty("versions").GetArrayLength(), Text(left, "activeVersion")));
        Assert.Equal(JsonValueKind.Null, left.GetProperty("previousVersion").ValueKind);
        Assert.Equal((404, "IB3033"), (again.Status, Text(again.Body, "code")));
        Assert.Equal("1.1.0", Text(called.GetProperty("output"), "version"));
        Assert.Equal(200, (await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"))).Status);
    }

    [Fact]
    public async Task Bundled_CannotBeRemoved_ButDisabled()
    {
        await using var host = await StartAsync();

        var removed = await DeleteAsync(host, "plugins/IndustryBrain.Probe");
        var (status, disabled) = await host.PostAsync("plugins/IndustryBrain.Probe/disable", null, Ct);

        Assert.Equal((409, "IB3038"), (removed.Status, Text(removed.Body, "code")));
        Assert.Equal((200, "disabled", true), (status, Text(disabled, "state"), disabled.GetProperty("versions")[0].GetProperty("isBundled").GetBoolean()));
    }

    [Fact]
    public async Task SecondNode_FollowsWhatTheFirstInstalls_AndOneThatWasAwayCatchesUpBeforeItWorks()
    {
        var database = await postgres.CreateDatabaseAsync(plugins, Ct);
        await using var one = await RuntimeHost.StartAsync(database, plugins, Ct);
        await using var two = await RuntimeHost.StartAsync(database, plugins, Ct);
        await InstallAsync(one, await VersionedPackage.OfAsync("1.0.0"));
        await one.PublishAsync(Straight, Ct);

        // Whichever node takes the run has to have the version.
        var first = await two.EndedAsync((await two.StartRunAsync("straight", "{}", Ct)).Id, Ct);
        await InstallAsync(two, await VersionedPackage.OfAsync("1.1.0"));
        var second = await one.EndedAsync((await one.StartRunAsync("straight", "{}", Ct)).Id, Ct);
        await using var late = await RuntimeHost.StartAsync(database, plugins, Ct);
        var (_, called) = await late.PostAsync($"components/{VersionedPackage.Component}/calls", "{}", Ct);

        Assert.Equal(("1.0.0", "1.1.0", "1.1.0"), (Result(first), Result(second), Text(called.GetProperty("output"), "version")));
    }

    [Fact]
    public async Task UnderLoad_UpdatesRollBacksAndTrust_NoCallAndNoRunFails()
    {
        await using var host = await StartAsync();
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        await host.PublishAsync(Straight, Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var answers = new ConcurrentBag<string>();
        var load = Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                if (n % 2 == 0)
                {
                    var (status, body) = await host.PostAsync($"components/{VersionedPackage.Component}/calls", """{"input":{"milliseconds":5}}""", Ct);
                    answers.Add(status == 200 ? Text(body.GetProperty("output"), "version")! : $"{status} {body}");
                }
                else
                {
                    var (status, body) = await host.PostAsync("scenarios/straight/runs?wait=30", "{}", Ct);
                    answers.Add(status == 200 && Text(body, "subStatus") == "Finished" ? Text(body.GetProperty("output"), "result")! : $"{status} {body}");
                }
            }
        }, Ct)).ToList();

        foreach (var version in new[] { "1.1.0", "1.2.0", "1.3.0" })
        {
            await AnsweredAsync(answers, answers.Count + 8);
            Assert.Equal(200, (await InstallAsync(host, await VersionedPackage.OfAsync(version))).Status);
            await AnsweredAsync(answers, answers.Count + 8);
            Assert.Equal(200, (await host.PostAsync($"{Path}/rollback", null, Ct)).Status);
            Assert.Equal(200, (await PutAsync(host, $"{Path}/trust", $$"""{"version":"{{version}}","isTrusted":true}""")).Status);
            Assert.Equal(200, (await host.PostAsync($"{Path}/versions/{version}/activate", null, Ct)).Status);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.DoesNotContain(answers, a => a is not ("1.0.0" or "1.1.0" or "1.2.0" or "1.3.0"));
        var run = await host.EndedAsync((await host.StartRunAsync("straight", "{}", Ct)).Id, Ct);
        Assert.Equal("1.3.0", Result(run));
        await UntilAsync(host, versions => versions.Count(v => v.Contains("standby", StringComparison.Ordinal) || v.Contains("notUnloaded", StringComparison.Ordinal)) == 3);
    }

    [Fact]
    public async Task Ask_WhatIsNotThere_IsRefusedWithACode()
    {
        await using var host = await StartAsync();
        (string Method, string Path, int Status, string Code)[] asked =
        [
            ("GET", "plugins/No.Such", 404, "IB3030"),
            ("POST", "plugins/No.Such/rollback", 404, "IB3030"),
            ("POST", "plugins/No.Such/versions/1.0.0/consent", 404, "IB3030"),
            ("POST", "plugins/IndustryBrain.Probe/versions/9.9.9/activate", 404, "IB3033"),
            ("POST", "plugins/IndustryBrain.Probe/rollback?scenarios=some", 400, "IB3009"),
            ("POST", "plugins?consent=all", 400, "IB3009"),
            ("DELETE", "plugins/IndustryBrain.Probe?force=perhaps", 400, "IB3009"),
        ];

        foreach (var (method, path, status, code) in asked)
        {
            using var request = new HttpRequestMessage(new(method), new Uri("/api/v1/" + path, UriKind.Relative));
            using var answer = await host.Client.SendAsync(request, Ct);
            Assert.Equal((path, status, code), (path, (int)answer.StatusCode, Text(JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct)), "code")));
        }
    }

    private async Task<RuntimeHost> StartAsync() => await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct);

    private static async Task<(int Status, JsonElement Body)> InstallAsync(RuntimeHost host, byte[] package, string query = "")
    {
        using var content = new ByteArrayContent(package) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var answer = await host.Client.PostAsync(new Uri("/api/v1/plugins" + query, UriKind.Relative), content, Ct);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct)));
    }

    private static async Task<(int Status, JsonElement Body)> DeleteAsync(RuntimeHost host, string path)
    {
        using var answer = await host.Client.DeleteAsync(new Uri("/api/v1/" + path, UriKind.Relative), Ct);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct)));
    }

    private static async Task<(int Status, JsonElement Body)> PutAsync(RuntimeHost host, string path, string json)
    {
        using var content = RuntimeHost.Json(json);
        using var answer = await host.Client.PutAsync(new Uri("/api/v1/" + path, UriKind.Relative), content, Ct);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct)));
    }

    private static async Task GoAsync(RuntimeHost host, Guid run) => Assert.Equal(200, (await host.PostAsync($"runs/{run}/events/go", null, Ct)).Status);

    private static async Task AnsweredAsync(ConcurrentBag<string> answers, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (answers.Count < count)
            await tick.WaitForNextTickAsync(patience.Token);
    }

    private static Task UntilAsync(RuntimeHost host, Func<IReadOnlyList<string>, bool> looks) => UntilAsync(host, Path, plugin => looks(Versions(plugin)));

    private static async Task UntilAsync(RuntimeHost host, string path, Func<JsonElement, bool> looks)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!looks((await host.GetAsync(path, patience.Token)).Body))
            await tick.WaitForNextTickAsync(patience.Token);
    }

    private static string[] Versions(JsonElement plugin) =>
        [.. plugin.GetProperty("versions").EnumerateArray().Select(v => $"{Text(v, "version")} {Text(v, "state")} {v.GetProperty("runs").GetInt64()}")];

    private static string Result(RunView run) => run.Output.GetProperty("result").GetString()!;

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private static string Output(string from, string member) => Definitions.Output("out", from).Replace("'value'", $"'{member}'", StringComparison.Ordinal);
}
