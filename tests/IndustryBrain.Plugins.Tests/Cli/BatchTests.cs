using System.Text.Json;
using static IndustryBrain.Plugins.Tests.Cli.Brain;

namespace IndustryBrain.Plugins.Tests.Cli;

public sealed class BatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Batch_RunsEachInFreshMemory()
    {
        _folder.Write("d.json", Definition("d", Say("say", "`n=${getInput('n')}`")));
        var batch = _folder.Write("batch.json", """[{"id":"a","file":"d.json","input":{"n":1},"resume":null},{"id":"b","file":"d.json","input":{"n":2},"resume":{"rule":"all"}}]""");

        // A batch is for programs: it prints JSON without being asked to.
        var (exitCode, output, _) = await RunAsync("run", "--batch", batch);

        var documents = JsonElement.Parse(output);
        Assert.Equal(0, exitCode);
        Assert.Equal(["a:n=1", "b:n=2"], documents.EnumerateArray().Select(d => $"{d.GetProperty("id").GetString()}:{Assert.Single(Lines(d))}"));
    }

    [Fact]
    public async Task Batch_EntriesThatCannotRun_AreRejectedAndTheOthersRun()
    {
        _folder.Write("d.json", Definition("d", Say("say", "'ran'")));
        _folder.Write("broken.json", "{");
        _folder.Write("faulty.json", Definition("f", Activity("x", "Elsa.Fault", ("message", "String", "Literal", "boo"))));
        (string Entry, string Expected)[] entries =
        [
            ("""{"id":"no file"}""", "IB7208"),
            ("5", "IB7208"),
            ("""{"file":"d.json"}""", "IB7208"),
            ("""{"id":"absent","file":"nowhere.json"}""", "IB7201"),
            ("""{"id":"folder","file":"."}""", "IB7201"),
            ("""{"id":"nul","file":"a\u0000b"}""", "IB7208"),
            ("""{"id":"imports","file":"d.json","imports":"d.json"}""", "IB7208"),
            ("""{"id":"absent import","file":"d.json","imports":["nowhere.json"]}""", "IB7201"),
            ("""{"id":"input","file":"d.json","input":[]}""", "IB7208"),
            ("""{"id":"rule","file":"d.json","resume":{"rule":"some"}}""", "IB7208"),
            ("""{"id":"answers","file":"d.json","resume":{"rule":"all","events":[]}}""", "IB7208"),
            ("""{"id":"fault","file":"faulty.json"}""", "Faulted: "),
            ("""{"id":"broken","file":"broken.json"}""", "IBS0001"),
            ("""{"id":"good","file":"d.json"}""", "Finished: ran"),
            ("""{"id":"good","file":"d.json"}""", "IB7208"),
        ];
        var batch = _folder.Write("batch.json", $"[{string.Join(',', entries.Select(e => e.Entry))}]");

        var (exitCode, documents) = await JsonAsync("run", "--batch", batch);

        Assert.Equal(0, exitCode);
        Assert.Equal(entries.Select(e => e.Expected), documents.EnumerateArray().Select(Outcome));
        Assert.Equal(["no file", null, null, "absent"], documents.EnumerateArray().Take(4).Select(d => d.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Batch_Imports_AreActivitiesAndRuns()
    {
        _folder.Write("adder.json", Definition("add one", Activity("o", "Elsa.SetOutput", ("outputName", "String", "Literal", "Sum"), ("outputValue", "Object", "JavaScript", "getInput('N') + 1")))
            .Replace("\"toolVersion\"", "\"options\":{\"usableAsActivity\":true},\"inputs\":[{\"name\":\"N\",\"type\":\"Int32\"}],\"outputs\":[{\"name\":\"Sum\",\"type\":\"Int32\"}],\"toolVersion\"", StringComparison.Ordinal));
        _folder.Write("child.json", Definition("child", Say("c", "'child' + (getInput('Item') || getInput('q'))")));
        _folder.Write("activity.json", Definition("a", Activity("a", "AddOne", ("n", "Int32", "Literal", "4")), Say("s", "getSumFromA()")));
        _folder.Write("bulk.json", Definition("b", Activity("b", "Elsa.BulkDispatchWorkflows", ("workflowDefinitionId", "String", "Literal", "child"), ("items", "Object", "Object", "[1,2]")), Line("after")));
        _folder.Write("pinned.json", Definition("p", Pinned("1"), Line("after")));
        _folder.Write("missing.json", Definition("m", Pinned("2"), Line("never")));
        _folder.Write("http.json", Definition("h", Activity("h", "Elsa.SendHttpRequest", ("url", "String", "Literal", "https://example.org")), Line("never")));
        _folder.Write("endpoint.json", Definition("e", Activity("e", "Elsa.HttpEndpoint", ("path", "String", "Literal", "x")), Line("never")));
        _folder.Write("cron.json", Definition("c", Activity("c", "Elsa.Cron", ("cronExpression", "String", "Literal", "0 0 6 * * *")), Line("after")));
        string[] files = ["activity", "bulk", "pinned", "missing", "http", "endpoint", "cron"];
        var batch = _folder.Write("batch.json", $"[{string.Join(',', files.Select(f => $$"""{"id":"{{f}}","file":"{{f}}.json","imports":["adder.json","child.json"],"resume":{"rule":"all"} }"""))}]");

        var (_, documents) = await JsonAsync("run", "--batch", batch);

        Assert.Equal(
            ["Finished: 5", "Finished: child1 child2 after", "Finished: child9 after", "Faulted: ", "Faulted: ", "Suspended: ", "Finished: after"],
            documents.EnumerateArray().Select(Summary));
        Assert.Equal(["IB2129", "IB7221"], documents.EnumerateArray().SelectMany(d => d.GetProperty("incidents").EnumerateArray()).Select(i => i.GetProperty("code").GetString()));
    }

    private static string Line(string text) => Say(text, $"'{text}'");

    private static string Pinned(string version) =>
        Activity("s", "IndustryBrain.SubScenario", ("scenarioId", "String", "Literal", "child"), ("scenarioVersion", "Int32", "Literal", version), ("input", "ObjectDictionary", "Object", "{\"q\":9}"));

    [Theory]
    [InlineData(null, "IB7201")]
    [InlineData("{}", "IB7203")]
    [InlineData("[", "IB7202")]
    public async Task Batch_FileThatIsNone_IsOneRefusedDocument(string? content, string code)
    {
        var batch = content is null ? Path.Combine(_folder.Path, "absent.json") : _folder.Write("batch.json", content);

        var (exitCode, document) = await JsonAsync("run", "--batch", batch);

        Assert.Equal((2, "Rejected", code), (exitCode, document.GetProperty("status").GetString(), Code(document)));
    }

    private static string? Outcome(JsonElement document) =>
        document.GetProperty("status").GetString() != "Rejected" ? Summary(document)
        : document.TryGetProperty("failure", out _) ? Code(document)
        : document.GetProperty("findings")[0].GetProperty("rule").GetString();
}
