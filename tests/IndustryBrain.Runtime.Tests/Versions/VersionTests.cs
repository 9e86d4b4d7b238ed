using System.Text.Json;

namespace IndustryBrain.Runtime.Tests.Versions;

/// <summary>Versions of scenarios: compared, restored, retracted, promoted, with parameters for each environment.</summary>
public sealed class VersionTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Waits = """{ "type": "Elsa.Event", "id": "wait", "version": 1, "customProperties": {}, "metadata": {}, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "go-on" } } }""";

    private RuntimeHost Host => shared.Host;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Compare_ADraftWithWhatIsInProduction_NamesWhatDiffers()
    {
        await Host.PublishAsync(Definitions.Sequence("compared", Definitions.Line("a", "old"), Definitions.Line("b", "stays")), Ct);
        await ImportAsync(Definitions.Sequence("compared", Definitions.Line("b", "stays"), Definitions.Line("a", "new")));

        var (status, compared) = await Host.GetAsync("scenarios/compared/compare?from=production&to=draft", Ct);

        Assert.Equal(200, status);
        Assert.Equal((1, 2), (compared.GetProperty("from").GetInt32(), compared.GetProperty("to").GetInt32()));
        var changes = compared.GetProperty("changes").GetProperty("activities").EnumerateArray().ToDictionary(c => c.GetProperty("activityId").GetString()!);
        Assert.Equal(["text"], changes["a"].GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("field").GetString()));
        Assert.Contains(changes.Values, c => c.GetProperty("kind").GetString() == "moved");
        Assert.Equal(404, (await Host.GetAsync("scenarios/compared/compare?from=9", Ct)).Status);
        Assert.Equal("IB3121", Code((await Host.GetAsync("scenarios/compared/compare?from=test", Ct)).Body));
    }

    [Fact]
    public async Task Restore_AnEarlierVersion_IsADraftThatReplacesAnotherOnlyWhenConfirmed()
    {
        await Host.PublishAsync(Definitions.Sequence("restored", Definitions.Line("a", "one")), Ct);
        await Host.PublishAsync(Definitions.Sequence("restored", Definitions.Line("a", "two")), Ct);

        var (_, restored) = await Host.PostAsync("scenarios/restored/restore", """{"version":1}""", Ct);
        var (_, again) = await Host.PostAsync("scenarios/restored/restore", """{"version":1}""", Ct);
        await ImportAsync(Definitions.Sequence("restored", Definitions.Line("a", "three")));
        var (refusedStatus, refused) = await Host.PostAsync("scenarios/restored/restore", """{"version":1}""", Ct);
        var (_, replaced) = await Host.PostAsync("scenarios/restored/restore", """{"version":1,"replaceDraft":true}""", Ct);
        var (_, compared) = await Host.GetAsync("scenarios/restored/compare?from=1&to=draft", Ct);
        var (_, versions) = await Host.GetAsync("scenarios/restored/versions", Ct);

        Assert.Equal((3, 3, 2), (Number(restored, "draftVersion"), Number(again, "draftVersion"), Number(restored, "publishedVersion")));
        Assert.Equal((409, "IB3125"), (refusedStatus, Code(refused)));
        Assert.Equal(3, Number(replaced, "draftVersion"));
        Assert.Empty(compared.GetProperty("changes").GetProperty("activities").EnumerateArray());
        Assert.Equal([3, 2, 1], versions.EnumerateArray().Select(v => v.GetProperty("version").GetInt32()));
        Assert.Equal(1, Number(versions[0], "restoredFrom"));
        Assert.Equal(versions[2].GetProperty("digest").GetString(), versions[0].GetProperty("digest").GetString());
        Assert.Equal(404, (await Host.PostAsync("scenarios/restored/restore", """{"version":9}""", Ct)).Status);
    }

    [Fact]
    public async Task Retract_TheVersionOfProduction_StartsNoRunsUntilItIsPublishedAgain()
    {
        var trigger = Waits.Replace("\"customProperties\": {}", "\"customProperties\": { \"canStartWorkflow\": true }", StringComparison.Ordinal).Replace("go-on", "begin", StringComparison.Ordinal).Replace("\"wait\"", "\"begin\"", StringComparison.Ordinal);
        await Host.PublishAsync(Definitions.Sequence("retracted", trigger, Waits), Ct);
        var running = await Host.StartRunAsync("retracted", "{}", Ct);
        await Host.SeenAsync(running.Id, r => r.IsWaiting, Ct);

        var (_, retracted) = await Host.PostAsync("scenarios/retracted/retract", null, Ct);
        var (status, refused) = await Host.PostAsync("scenarios/retracted/runs", "{}", Ct);
        var (_, none) = await Host.GetAsync("triggers?definitionId=retracted", Ct);
        var (_, twice) = await Host.PostAsync("scenarios/retracted/retract", null, Ct);
        await Host.PostAsync($"runs/{running.Id}/events/begin", "{}", Ct);
        await Host.PostAsync($"runs/{running.Id}/events/go-on", "{}", Ct);
        var ended = await Host.EndedAsync(running.Id, Ct);
        var (_, back) = await Host.PostAsync("scenarios/retracted/publish", null, Ct);

        Assert.Equal((1, JsonValueKind.Null), (Number(retracted, "retractedVersion"), retracted.GetProperty("publishedVersion").ValueKind));
        Assert.Equal((409, "IB3120"), (status, Code(refused)));
        Assert.Empty(none.EnumerateArray());
        Assert.Equal("IB3121", Code(twice));
        Assert.Equal("Finished", ended.SubStatus);
        Assert.Equal((1, JsonValueKind.Null), (Number(back, "publishedVersion"), back.GetProperty("retractedVersion").ValueKind));
        Assert.Single((await Host.GetAsync("triggers?definitionId=retracted", Ct)).Body.EnumerateArray());
        Assert.Equal(202, (await Host.PostAsync("scenarios/retracted/runs", "{}", Ct)).Status);
    }

    [Fact]
    public async Task Promote_TheTestedVersion_IsTheSameDocumentInProduction()
    {
        await Host.PublishAsync(Definitions.Sequence("promoted", Definitions.SetOutput("o", "'one'")), Ct);
        await ImportAsync(Definitions.Sequence("promoted", Definitions.SetOutput("o", "'two'")));
        var (_, tested) = await Host.PostAsync("scenarios/promoted/publish", """{"environment":"test"}""", Ct);
        var (_, before) = await Host.PostAsync("scenarios/promoted/runs?wait=30", "{}", Ct);
        var (_, test) = await Host.PostAsync("scenarios/promoted/runs?wait=30&environment=test", "{}", Ct);
        var (_, environments) = await Host.GetAsync("scenarios/promoted/environments", Ct);
        var digest = environments[0].GetProperty("digest").GetString();

        var (otherStatus, other) = await Host.PostAsync("scenarios/promoted/promote", """{"version":1}""", Ct);
        var (_, wrong) = await Host.PostAsync("scenarios/promoted/promote", """{"version":2,"digest":"00"}""", Ct);
        var (_, promoted) = await Host.PostAsync("scenarios/promoted/promote", $$"""{"version":2,"digest":"{{digest}}"}""", Ct);

        Assert.Equal((2, 1, JsonValueKind.Null), (Number(tested, "testVersion"), Number(tested, "publishedVersion"), tested.GetProperty("draftVersion").ValueKind));
        Assert.Equal(("one", "production"), (Result(before), before.GetProperty("environment").GetString()));
        Assert.Equal(("two", "test"), (Result(test), test.GetProperty("environment").GetString()));
        Assert.Equal((409, "IB3124", "IB3124"), (otherStatus, Code(other), Code(wrong)));
        Assert.Equal(2, Number(promoted, "publishedVersion"));
        Assert.Equal(digest, (await Host.GetAsync("scenarios/promoted/environments", Ct)).Body[1].GetProperty("digest").GetString());
        Assert.Equal("two", Result((await Host.PostAsync("scenarios/promoted/runs?wait=30", "{}", Ct)).Body));
        var (_, ofTest) = await Host.GetAsync("runs?definitionId=promoted&environment=test", Ct);
        Assert.Equal([test.GetProperty("id").GetGuid()], ofTest.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("id").GetGuid()));
        Assert.Equal(2, (await Host.GetAsync("runs?definitionId=promoted&environment=production", Ct)).Body.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Promote_ADocumentThatWasChangedInTheDatabase_IsRefused()
    {
        await ImportAsync(Definitions.Sequence("tampered", Definitions.Line("a", "one")));
        await Host.PostAsync("scenarios/tampered/publish", """{"environment":"test"}""", Ct);
        await using (var change = Host.Database.DataSource.CreateCommand("update mt_doc_scenarioversion set data = jsonb_set(data, '{digest}', '\"00\"') where id = 'tampered@1'"))
            await change.ExecuteNonQueryAsync(Ct);

        Assert.Equal("IB3126", Code((await Host.PostAsync("scenarios/tampered/promote", null, Ct)).Body));
    }

    [Fact]
    public async Task Parameters_OfAnEnvironment_AreTheInputsThatAStartDoesNotBring()
    {
        const string Schema = """{"type":"object","required":["value"],"properties":{"value":{"type":"number","minimum":0},"gate":{"type":"string"}}}""";
        var definition = Definitions.Document("set", Schema, Definitions.SetOutput("o", "getInput('value') + '/' + getInput('gate')"));
        await Host.PublishAsync(definition, Ct);
        await Host.PostAsync("scenarios/set/publish", """{"environment":"test","version":1}""", Ct);

        var (bad, problem) = await PutAsync("production", """{"parameters":{"value":-1}}""");
        var (_, unknown) = await PutAsync("production", """{"parameters":{"other":1}}""");
        await PutAsync("production", """{"parameters":{"value":1,"gate":"p"}}""");
        await PutAsync("test", """{"parameters":{"value":2,"gate":"t"}}""");

        Assert.Equal((422, "IB7105", "IB3127"), (bad, Code(problem), Code(unknown)));
        Assert.Equal("1/p", Result((await Host.PostAsync("scenarios/set/runs?wait=30", "{}", Ct)).Body));
        Assert.Equal("2/t", Result((await Host.PostAsync("scenarios/set/runs?wait=30&environment=test", "{}", Ct)).Body));
        Assert.Equal("3/p", Result((await Host.PostAsync("scenarios/set/runs?wait=30", """{"input":{"value":3}}""", Ct)).Body));
        await ImportAsync(definition.Replace("\"minimum\":0", "\"minimum\":2", StringComparison.Ordinal));
        var (refusedStatus, refused) = await Host.PostAsync("scenarios/set/publish", null, Ct);
        Assert.Equal(422, refusedStatus);
        Assert.Contains("IBS0101", refused.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(200, (await Host.PostAsync("scenarios/set/publish", """{"environment":"test"}""", Ct)).Status);

        async Task<(int, JsonElement)> PutAsync(string environment, string json) => await this.PutAsync($"scenarios/set/environments/{environment}", json);
    }

    [Fact]
    public async Task Parameters_MadeFromAnotherRevision_AreRefused()
    {
        await Host.PublishAsync(Definitions.Sequence("set-twice", Definitions.Line("a", "one")), Ct);
        var seen = (await Host.GetAsync("scenarios/set-twice/environments", Ct)).Body[1].GetProperty("revision").GetInt32();
        var body = $$$"""{"parameters":{"gate":"p"},"revision":{{{seen}}}}""";

        var (first, set) = await PutAsync("scenarios/set-twice/environments/production", body);
        var (second, refused) = await PutAsync("scenarios/set-twice/environments/production", body.Replace("\"p\"", "\"q\"", StringComparison.Ordinal));

        Assert.Equal((200, seen + 1, 409, "IB3161"), (first, set.GetProperty("revision").GetInt32(), second, Code(refused)));
        Assert.Equal("p", (await Host.GetAsync("scenarios/set-twice/environments", Ct)).Body[1].GetProperty("parameters").GetProperty("gate").GetString());
        Assert.Equal(0, (await Host.GetAsync("scenarios/set-twice/environments", Ct)).Body[0].GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task Triggers_OfTest_StartRunsOnlyWhenSwitchedOn_AndEventsOfItsRunsStayThere()
    {
        var trigger = Waits.Replace("\"customProperties\": {}", "\"customProperties\": { \"canStartWorkflow\": true }", StringComparison.Ordinal).Replace("go-on", "came.in", StringComparison.Ordinal);
        await Host.PublishAsync(Definitions.Sequence("switched", trigger), Ct);
        await Host.PostAsync("scenarios/switched/publish", """{"environment":"test","version":1}""", Ct);
        await ImportAsync(Definitions.Sequence("teller", Definitions.PublishEvent("tell", "came.in")));
        await Host.PostAsync("scenarios/teller/publish", """{"environment":"test"}""", Ct);

        var (_, off) = await Host.GetAsync("triggers?definitionId=switched", Ct);
        var (_, production) = await PutAsync("scenarios/switched/environments/production", """{"startsByItself":false}""");
        await PutAsync("scenarios/switched/environments/test", """{"startsByItself":true}""");
        var (_, on) = await Host.GetAsync("triggers?definitionId=switched", Ct);
        await Host.PostAsync("scenarios/teller/runs?wait=30&environment=test", "{}", Ct);
        await Host.UntilAsync("select count(*) from run where definition_id = 'switched' and sub_status = 'Finished'", 1, Ct);
        await Host.PostAsync("events/came.in", "{}", Ct);
        await Host.UntilAsync("select count(*) from run where definition_id = 'switched' and sub_status = 'Finished'", 3, Ct);

        Assert.Equal(["production"], off.EnumerateArray().Select(t => t.GetProperty("environment").GetString()));
        Assert.Equal(["production", "test"], on.EnumerateArray().Select(t => t.GetProperty("environment").GetString()!).Order());
        Assert.Equal("IB3128", Code(production));
        Assert.Equal(2, await Host.CountAsync("select count(*) from run where definition_id = 'switched' and record ->> 'environment' = 'test'", Ct));
        await Host.PostAsync("scenarios/switched/retract", """{"environment":"test"}""", Ct);
        Assert.Single((await Host.GetAsync("triggers?definitionId=switched", Ct)).Body.EnumerateArray());
    }

    [Fact]
    public async Task Requests_OfTest_HaveAnAddressOfTheirOwn()
    {
        const string Endpoint = """
            { "type": "Elsa.HttpEndpoint", "id": "in", "version": 1, "customProperties": { "canStartWorkflow": true }, "metadata": {},
              "path": { "typeName": "String", "expression": { "type": "Literal", "value": "tried" } },
              "supportedMethods": { "typeName": "String[]", "expression": { "type": "Object", "value": "[\"GET\"]" } } }
            """;
        await ImportAsync(Definitions.Sequence("served", Endpoint));
        await Host.PostAsync("scenarios/served/publish", """{"environment":"test"}""", Ct);
        var address = new Uri($"/workflows/{RuntimeHost.Organization}/~test/tried", UriKind.Relative);

        using var off = await Host.Client.GetAsync(address, Ct);
        await PutAsync("scenarios/served/environments/test", """{"startsByItself":true}""");
        using var on = await Host.Client.GetAsync(address, Ct);
        using var production = await Host.Client.GetAsync(new Uri($"/workflows/{RuntimeHost.Organization}/tried", UriKind.Relative), Ct);

        Assert.Equal((404, 200, 404), ((int)off.StatusCode, (int)on.StatusCode, (int)production.StatusCode));
        Assert.Equal(1, await Host.CountAsync("select count(*) from run where definition_id = 'served' and record ->> 'environment' = 'test'", Ct));
    }

    [Fact]
    public async Task Part_WithoutAVersionInTest_TakesThatOfProductionAndStaysInTest()
    {
        await Host.PublishAsync(Definitions.Sequence("part", Definitions.Line("a", "part")), Ct);
        await ImportAsync(Definitions.Sequence("whole", Definitions.StartsRun("ExecuteWorkflow", "call", "part", waits: true)));
        await Host.PostAsync("scenarios/whole/publish", """{"environment":"test"}""", Ct);

        var (_, whole) = await Host.PostAsync("scenarios/whole/runs?wait=30&environment=test", "{}", Ct);

        Assert.Equal("Finished", whole.GetProperty("subStatus").GetString());
        var (_, parts) = await Host.GetAsync("runs?definitionId=part", Ct);
        Assert.Equal("test", Assert.Single(parts.GetProperty("items").EnumerateArray()).GetProperty("environment").GetString());
        Assert.Equal("IB3121", Code((await Host.PostAsync("scenarios/part/runs?environment=test", "{}", Ct)).Body));
        Assert.Equal("IB3122", Code((await Host.PostAsync("scenarios/part/runs?environment=moon", "{}", Ct)).Body));
    }

    private async Task ImportAsync(string definition)
    {
        var (status, body) = await Host.PostAsync("scenarios/import", definition, Ct);
        Assert.True(status == 200, body.GetRawText());
    }

    private async Task<(int Status, JsonElement Body)> PutAsync(string path, string json)
    {
        using var content = RuntimeHost.Json(json);
        using var answer = await Host.Client.PutAsync(new Uri("/api/v1/" + path, UriKind.Relative), content, Ct);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct)));
    }

    private static int? Number(JsonElement json, string member) => json.GetProperty(member).ValueKind == JsonValueKind.Null ? null : json.GetProperty(member).GetInt32();

    private static string? Code(JsonElement problem) => problem.GetProperty("code").GetString();

    private static string? Result(JsonElement run) => run.GetProperty("output").GetProperty("result").GetString();
}
