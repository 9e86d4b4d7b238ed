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
