using System.Text;
using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Tests.Http;
using IndustryBrain.Runtime.Tests.Triggers;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests;

/// <summary>What a definition needs and is not allowed or given here is said before it is published.</summary>
public sealed class RightsFindingsTests(PostgresFixture postgres, ProbePackage plugins, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_HostConnectionOrFolderThatIsNotAllowed_IsAFindingThatNamesTheNode()
    {
        var findings = await ImportAsync(shared.Host, Definitions.Sequence(
            "rights-outside",
            ArrivalDefinitions.Mqtt("broker", "plant", "a/b"),
            ArrivalDefinitions.File("inbox", "orders", "*.csv", starts: false),
            Send("fixed", HttpDefinitions.Literal("String", "https://api.example.com/a")),
            Send("computed", HttpDefinitions.Js("String", "'https://' + getInput('gate')"))));

        Assert.Equal(
            [("IBS0112", "Workflow1:root:fixed"), ("IBS0113", "Workflow1:root:broker"), ("IBS0113", "Workflow1:root:inbox")],
            findings.Where(f => f.Rule.StartsWith("IBS011", StringComparison.Ordinal)).Select(f => (f.Rule, f.NodeId)));
        Assert.Equal(200, (await shared.Host.PostAsync("scenarios/rights-outside/publish", null, Ct)).Status);
    }

    [Fact]
    public async Task Import_PluginWithoutWhatItAsksFor_IsAFinding()
    {
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct);
        await InstallAsync(host, await VersionedPackage.WithSecretsAsync("1.0.0", "send api-key"));
        var asked = await ImportAsync(host, Definitions.Sequence("asks", Tell("a")));
        Assert.Equal(200, (await host.PostAsync($"plugins/{VersionedPackage.Id}/versions/1.0.0/consent", """{"grants":[]}""", Ct)).Status);

        var denied = await ImportAsync(host, Definitions.Sequence("asks", Tell("a")));

        Assert.Equal("IBS0111", Assert.Single(asked).Rule);
        Assert.Equal(["IBS0110", "IBS0111"], denied.Select(f => f.Rule));
        Assert.All(denied, f => Assert.Equal("Workflow1:root:a", f.NodeId));
    }

    [Fact]
    public async Task Publish_ComponentWithAVersion_IsTakenInItAndStaysThere()
    {
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, Ct), plugins, Ct);
        await InstallAsync(host, await VersionedPackage.OfAsync("1.0.0"));
        var digest = (await host.GetAsync($"plugins/{VersionedPackage.Id}", Ct)).Body.GetProperty("versions")[0].GetProperty("sha256").GetString()!;
        await host.PublishAsync(Definitions.Sequence("holds", Tell("a", Pin(digest)), Told("a")), Ct);
        await host.PublishAsync(Definitions.Sequence("follows", Tell("a"), Told("a")), Ct);
        await InstallAsync(host, await VersionedPackage.OfAsync("2.0.0"));

        var held = await host.EndedAsync((await host.StartRunAsync("holds", "{}", Ct)).Id, Ct);
        var followed = await host.EndedAsync((await host.StartRunAsync("follows", "{}", Ct)).Id, Ct);

        Assert.Equal(("1.0.0", "2.0.0"), (held.Output.GetProperty("result").GetString(), followed.Output.GetProperty("result").GetString()));
    }

    [Theory]
    [InlineData("IBS0114", """{ "id": "IndustryBrain.Probe", "version": "1.0.0" }""")]
    [InlineData("IBS0115", """{ "id": "IndustryBrain.Probe", "version": "1.0.0", "sha256": "0000000000000000000000000000000000000000000000000000000000000000" }""")]
    public async Task Publish_ComponentWhoseVersionIsNotNamedInFullOrNotInstalled_IsRefused(string rule, string pin)
    {
        var definition = Definitions.Sequence("rights-pinned", Pinned(Definitions.Probe("p", "double"), pin));

        var findings = await ImportAsync(shared.Host, definition);
        var (status, problem) = await shared.Host.PostAsync("scenarios/rights-pinned/publish", null, Ct);

        Assert.Contains(findings, f => f.Rule == rule && f.NodeId == "Workflow1:root:p");
        Assert.Equal((422, "IB3003"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Publish_ComponentInTwoVersions_IsRefused()
    {
        var definition = Definitions.Sequence("rights-twice", Pinned(Definitions.Probe("p", "double"), Named('0')), Pinned(Definitions.Probe("q", "double"), Named('1')));

        Assert.Contains(await ImportAsync(shared.Host, definition), f => f is { Rule: "IBS0116", NodeId: "Workflow1:root:q" });

        static string Named(char digit) => $$"""{ "id": "IndustryBrain.Probe", "version": "1.0.0", "sha256": "{{new string(digit, 64)}}" }""";
    }

    private static async Task<IReadOnlyList<Scenarios.Definitions.Finding>> ImportAsync(RuntimeHost host, string definition) =>
        (await host.Library.ImportAsync(RuntimeHost.Person, Encoding.UTF8.GetBytes(definition), Ct)).TryGet(out var scenario, out var failure) ? scenario.Findings : throw new InvalidOperationException(failure.Code);

    private static async Task InstallAsync(RuntimeHost host, byte[] package)
    {
        using var content = new ByteArrayContent(package);
        using var answer = await host.Client.PostAsync(new Uri("/api/v1/plugins?consent=declared", UriKind.Relative), content, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static string Send(string id, string url) => $$"""{ "type": "Elsa.FlowSendHttpRequest", "id": "{{id}}", "version": 1, "customProperties": {}, "metadata": {}, "url": {{url}} }""";

    private static string Tell(string id, string custom = "{}") => $$"""{ "type": "IndustryBrain.{{VersionedPackage.Component}}", "id": "{{id}}", "name": "{{id}}", "version": 1, "customProperties": {{custom}}, "metadata": {} }""";

    private static string Told(string from) => Definitions.SetOutput("out", $"getOutputFrom('{from}', 'version')");

    private static string Pin(string digest) => $$"""{ "industryBrain": { "plugin": { "id": "{{VersionedPackage.Id}}", "version": "1.0.0", "sha256": "{{digest}}" } } }""";

    private static string Pinned(string activity, string plugin) => activity.Replace("\"customProperties\": {}", $"\"customProperties\": {{ \"industryBrain\": {{ \"plugin\": {plugin} }} }}", StringComparison.Ordinal);
}
