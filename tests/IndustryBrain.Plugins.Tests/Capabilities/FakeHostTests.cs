using System.Reflection;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Testing;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>A vendor's test host refuses as the host does, word for word: what passes in a test is not refused on the platform for want of a permission.</summary>
public sealed class FakeHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Refused => new()
    {
        { "Fetch", """{"url":"http://prices.example.com/a?b=1"}""" },
        { "Fetch", """{"url":"http://127.0.0.1:81/"}""" },
        { "Fetch", """{"url":"http://prices.example.com","method":"DELETE"}""" },
        { "Fetch", """{"url":"https://api.other.org"}""" },
        { "Fetch", """{"url":"ftp://prices.example.com"}""" },
        { "Fetch", """{"url":"http://name:word@prices.example.com"}""" },
        { "Fetch", """{"url":"http://prices.example.com","secret":"plant-token"}""" },
        { "Fetch", """{"url":"http://prices.example.com","secret":"other"}""" },
        { "Client", """{"url":"http://prices.example.com"}""" },
        { "Folder", """{"operation":"list"}""" },
        { "Tells", """{"name":"plant-key"}""" },
        { "Tells", """{"name":"plant-token"}""" },
        { "Tells", """{"name":"Not a name"}""" },
        { "Inquire", """{"component":"connector.shifts","date":"2026-01-01"}""" },
        { "Inquire", """{"component":"nobody.here","date":"2026-01-01"}""" },
        { "Inquire", """{"component":"no id","date":"2026-01-01"}""" },
        { "TellTime", "{}" },
        { "Open", """{"files":[{"file":"f1"}],"id":"f1"}""" },
        { "Asks", """{"capability":"teleport","operation":"go"}""" },
        { "Asks", """{"capability":"http","operation":"receive"}""" },
        { "Asks", """{"capability":"http","operation":"send"}""" },
        { "Asks", """{"capability":"secrets","operation":"get"}""" },
        { "Asks", """{"capability":"knowledge","operation":"ask"}""" },
        { "Asks", """{"capability":"clock","operation":"set"}""" },
        { "Publish", """{"name":"order-done"}""" },
        { "Publish", """{"name":"shift"}""" },
        { "Publish", """{"name":"shifts"}""" },
        { "Publish", """{"name":"order-*"}""" },
        { "Publish", """{"name":""}""" },
        { "UseRecords", """{"operation":"read","name":"prices"}""" },
        { "UseRecords", """{"operation":"read","name":"wages"}""" },
        { "UseRecords", """{"operation":"append","name":"prices"}""" },
        { "UseRecords", """{"operation":"append","name":"readings"}""" },
        { "UseRecords", """{"operation":"describe","name":"../prices"}""" },
        { "UseRecords", """{"operation":"describe","name":""}""" },
        { "Asks", """{"capability":"datasets","operation":"drop"}""" },
        { "Asks", """{"capability":"datasets","operation":"read"}""" },
        { "Send", """{"connection":"plant","topic":"line1/press/state"}""" },
        { "Send", """{"connection":"plant","topic":"line1/press/speed"}""" },
        { "Send", """{"connection":"plant","topic":"line1/+/state"}""" },
        { "Send", """{"connection":"plant","topic":""}""" },
        { "Send", """{"connection":"No name","topic":"a"}""" },
        { "Send", """{"connection":"plant","topic":"alarms","quality":3}""" },
        { "Asks", """{"capability":"mqtt","operation":"subscribe"}""" },
        { "Asks", """{"capability":"mqtt","operation":"publish"}""" },
        { "Asks", """{"capability":"events","operation":"subscribe"}""" },
        { "Asks", """{"capability":"events","operation":"publish"}""" },
    };

    public static TheoryData<string, string> RefusedThoughGranted => new()
    {
        { "Folder", """{"operation":"read","name":"none"}""" },
        { "Folder", """{"operation":"write","name":"../out","text":"x"}""" },
        { "Folder", """{"operation":"write","name":"con.txt","text":"x"}""" },
        { "Folder", $$"""{"operation":"write","name":"big","text":"{{new string('x', 1_001)}}"}""" },
        { "Open", """{"files":[{"file":"f1"}],"id":"f2"}""" },
        { "Asks", """{"capability":"folder","operation":"format"}""" },
        { "UseRecords", """{"operation":"append","name":"prices","rows":[]}""" },
        { "UseRecords", """{"operation":"append","name":"readings","id":""}""" },
        { "UseRecords", """{"operation":"append","name":"readings","rows":[{"at":"2026-01-01","value":1},{"at":"2026-13-01","value":1}]}""" },
        { "UseRecords", """{"operation":"append","name":"readings","rows":[{"at":"2026-01-01"}]}""" },
        { "UseRecords", """{"operation":"append","name":"readings","rows":[{"at":"2026-01-01","value":1,"other":1}]}""" },
        { "UseRecords", """{"operation":"replace","name":"readings","rows":["text"]}""" },
        { "UseRecords", """{"operation":"read","name":"readings","query":{"limit":0}}""" },
        { "UseRecords", """{"operation":"read","name":"readings","query":{"columns":["none"]}}""" },
        { "UseRecords", """{"operation":"read","name":"readings","query":{"filters":[{"column":"none","comparison":"equal","value":1}]}}""" },
        { "UseRecords", """{"operation":"read","name":"readings","query":{"filters":[{"column":"value","comparison":"equal","value":"1"}]}}""" },
        { "UseRecords", """{"operation":"read","name":"readings","query":{"filters":[{"column":"value","comparison":"startsWith","value":1}]}}""" },
        { "UseRecords", """{"operation":"read","name":"readings","query":{"cursor":"next"}}""" },
        { "Send", """{"connection":"plant","topic":"alarms/a","id":""}""" },
        { "Publish", """{"name":"order-done","id":""}""" },
        { "Publish", $$"""{"name":"order-done","id":"{{new string('x', 201)}}"}""" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Call_NothingGranted_IsRefusedAsByTheHost(string type, string input) =>
        await CompareAsync(type, input, [], _ => { });

    [Theory]
    [MemberData(nameof(RefusedThoughGranted))]
    public async Task Call_GrantedButNotGood_IsRefusedAsByTheHost(string type, string input) =>
        await CompareAsync(type, input, [new("folder") { MaxBytes = 1_000 }, new("files"), new("events") { Targets = ["order-*"] }, new("datasets") { Targets = ["read readings", "write readings"] }, new("mqtt") { Targets = ["plant alarms/#"] }], host =>
        {
            host.DataSets.Add("readings", [new("at", DataSetColumnType.Date, IsRequired: true), new("value", DataSetColumnType.Number, IsRequired: true)], isWritable: true);
            host.Events.Allow("order-*");
            host.Mqtt.Allow("plant alarms/#");
            host.Folder.Allow(1_000);
            host.Files.Add("a.txt", "1");
        });

    private async Task CompareAsync(string typeName, string input, IReadOnlyList<Grant> grants, Action<FakeHost> prepare)
    {
        var type = Assembly.LoadFrom(Path.Combine(Built.Sample("Connector"), "Connector.dll")).GetType("Connector." + typeName, throwOnError: true)!;
        var component = (Component)Activator.CreateInstance(type)!;
        await using var brain = await ConnectorHost.StartAsync(_folder, PluginTier.Trusted, grants);
        var host = new FakeHost(type);
        prepare(host);
        brain.DataSets.Add("demo", "readings", """{"columns":[{"name":"at","type":"date","isRequired":true},{"name":"value","type":"number","isRequired":true}]}""");

        var expected = (await brain.CallAsync(type.GetCustomAttribute<ComponentAttribute>()!.Id, System.Text.Json.JsonElement.Parse(input))).Failure;
        var found = (await host.CallAsync(component, input, TestContext.Current.CancellationToken)).Failure;

        Assert.NotNull(expected);
        Assert.Equal(expected, found);
    }
}
