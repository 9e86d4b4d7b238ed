using System.Text.Json;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Runtime.Triggers.Mqtt;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;

namespace IndustryBrain.Runtime.Tests.Triggers;

/// <summary>Runs that messages of a real broker start.</summary>
public sealed class MqttTriggerTests(PostgresFixture postgres, ProbePackage plugins)
{
    private const string Connected = "select count(*) from trigger_source where kind = 'mqtt' and is_connected";

    [Fact]
    public async Task Message_OfATopic_StartsOneRunOnSeveralHostsAndResumesThoseThatWait()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var broker = await LoopbackBroker.StartAsync();
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var a = await RuntimeHost.StartAsync(database, plugins, ct, broker.Settings);
        await using var b = await RuntimeHost.StartAsync(database, plugins, ct, broker.Settings);
        await a.PublishAsync(Definitions.Sequence("measures", ArrivalDefinitions.Mqtt("start", "plant", "line/+/temp"), Definitions.SetOutput("out", "getOutputFrom('start', 'Result')")), ct);
        await a.PublishAsync(Definitions.Sequence("awaits", Definitions.Line("l", "x"), ArrivalDefinitions.Mqtt("wait", "plant", "line/#", starts: false), Definitions.SetOutput("out", "getOutputFrom('wait', 'Result').payload.t")), ct);
        await a.UntilAsync(Connected, 1, ct);
        var waiting = await a.StartRunAsync("awaits", "{}", ct);
        await a.WaitingAsync(waiting.Id, ct);
        // Both filters are subscribed to within a tick.
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, ct);

        await broker.PublishAsync("line/7/temp", """{"t":71}""", "m-1");
        await broker.PublishAsync("line/7/temp", """{"t":71}""", "m-1");
        await broker.PublishAsync("line/7/pressure", "5");
        await broker.PublishAsync("line/8/temp", "warm", "m-2");

        await a.UntilAsync("select count(*) from run where definition_id = 'measures' and sub_status = 'Finished'", 2, ct);
        Assert.Equal("71", (await a.EndedAsync(waiting.Id, ct)).Output.GetProperty("result").GetRawText());
        await broker.DropAsync();
        await broker.PublishAsync("line/9/temp", "1", "m-3");
        await a.UntilAsync("select count(*) from run where definition_id = 'measures' and sub_status = 'Finished'", 3, ct);
        Assert.Equal(3, await a.CountAsync("select count(*) from run where definition_id = 'measures'", ct));
        var (_, page) = await a.GetAsync("runs?definitionId=measures", ct);
        var outputs = new List<string>();
        foreach (var item in page.GetProperty("items").EnumerateArray())
            outputs.Add((await a.EndedAsync(item.GetProperty("id").GetGuid(), ct)).Output.GetProperty("result") is var o ? $"{o.GetProperty("topic")} {o.GetProperty("payload").GetRawText()}" : "");
        Assert.Equal(["line/7/temp {\"t\":71}", "line/8/temp \"warm\"", "line/9/temp 1"], outputs.Order());
        var (_, triggers) = await a.GetAsync("triggers?definitionId=measures", ct);
        Assert.Equal(("mqtt", "plant line/+/temp", true), (triggers[0].GetProperty("kind").GetString(), triggers[0].GetProperty("said").GetString(), triggers[0].GetProperty("isConnected").GetBoolean()));
        Assert.NotEqual(JsonValueKind.Null, triggers[0].GetProperty("firedAt").ValueKind);
    }

    [Fact]
    public async Task Message_WhileNoHostIsThere_StartsItsRunLater()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var broker = await LoopbackBroker.StartAsync();
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using (var doomed = await DoomedNode.StartAsync(database, plugins, ct, broker.Settings))
        {
            await doomed.Host.PublishAsync(Definitions.Sequence("later", ArrivalDefinitions.Mqtt("start", "plant", "later"), Definitions.Line("l", "x")), ct);
            await doomed.Host.UntilAsync(Connected, 1, ct);
            // Its database is gone: what comes now it cannot put on record, and does not acknowledge.
            await doomed.KillAsync(ct);
            await broker.PublishAsync("later", "1", "l-1");
        }

        await broker.PublishAsync("later", "2", "l-2");
        await using var next = await RuntimeHost.StartAsync(database, plugins, ct, broker.Settings);

        await next.UntilAsync("select count(*) from run where definition_id = 'later' and sub_status = 'Finished'", 2, ct);
        Assert.Equal(2, await next.CountAsync("select count(*) from run where definition_id = 'later'", ct));
    }

    [Fact]
    public async Task Connection_ThatIsNotThere_IsSaid()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("nowhere", ArrivalDefinitions.Mqtt("start", "nowhere", "a/b"), Definitions.Line("l", "x")), ct);

        await host.UntilAsync("select count(*) from trigger_source where name = 'nowhere' and not is_connected", 1, ct);

        var trigger = Assert.Single(await host.Services.GetRequiredService<ScenarioTriggers>().ListAsync(RuntimeHost.Person, "nowhere", ct));
        Assert.Equal(false, trigger.IsConnected);
        Assert.Contains("nowhere", trigger.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/#/b")]
    [InlineData("a+/b")]
    [InlineData("")]
    public async Task Publish_TopicThatIsNone_IsRefused(string topic)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PostAsync("scenarios/import", Definitions.Sequence("topics", ArrivalDefinitions.Mqtt("start", "plant", topic), Definitions.Line("l", "x")), ct);

        var (status, body) = await host.PostAsync("scenarios/topics/publish", null, ct);

        Assert.Equal(422, status);
        Assert.Contains("IBS0097", body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("text", "\"text\"")]
    [InlineData("", "null")]
    public void Reading_OfAPayload_IsJsonOrText(string payload, string expected)
    {
        Assert.True(MqttReading.Of(new MqttApplicationMessageBuilder().WithTopic("t").WithPayload(payload).Build(), 100).TryGet(out var read, out _));
        Assert.Equal(expected, read!.Payload.GetProperty("payload").GetRawText());
        Assert.False(MqttReading.Of(new MqttApplicationMessageBuilder().WithTopic("t").WithPayload("\"\\u0000\"").Build(), 100).TryGet(out _, out var refused));
        Assert.Equal("IB3105", refused!.Code);
        Assert.False(MqttReading.Of(new MqttApplicationMessageBuilder().WithTopic("t").WithPayload(new string('x', 101)).Build(), 100).TryGet(out _, out _));
    }
}
