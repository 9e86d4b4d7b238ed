using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests;

/// <summary>Names, ids and texts to look for are composed at the border; documents, inputs and files stay byte for byte as they came.</summary>
public sealed class CompositionTests(PostgresFixture postgres, ProbePackage plugins)
{
    // Hangul "가" as one character and as its two letters.
    private const string One = "\uAC00";
    private const string Two = "\u1100\u1161";

    [Fact]
    public async Task Import_DecomposedIdAndName_AreTheComposedScenario()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(ct), plugins, ct);
        var document = Definitions.Sequence("s" + Two, Definitions.Line("a", Two)).Replace("测试", "Cafe\u0301", StringComparison.Ordinal);

        await host.PublishAsync(document, ct);
        await host.PublishAsync(document.Replace(Two, One, StringComparison.Ordinal), ct);

        var scenario = Assert.Single((await host.GetAsync("scenarios", ct)).Body.EnumerateArray());
        Assert.Equal(("s" + One, "Caf\u00e9", 2), (scenario.GetProperty("definitionId").GetString(), scenario.GetProperty("name").GetProperty("zh").GetString(), scenario.GetProperty("version").GetInt32()));
        foreach (var id in new[] { "s" + One, "s" + Two })
        {
            var (status, run) = await host.PostAsync($"scenarios/{Uri.EscapeDataString(id)}/runs?wait=30", $$$"""{"input":{"gate":"{{{Two}}}"}}""", ct);
            Assert.Equal((200, "s" + One, Two), (status, run.GetProperty("definitionId").GetString(), run.GetProperty("input").GetProperty("gate").GetString()));
            Assert.Equal(200, (await host.GetAsync($"scenarios/{Uri.EscapeDataString(id)}/export", ct)).Status);
        }

        Assert.Equal(2, (await host.GetAsync("runs?definitionId=" + Uri.EscapeDataString("s" + Two), ct)).Body.GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Export_DecomposedText_IsByteForByteWhatWasImported()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(ct), plugins, ct);
        var document = Definitions.Sequence("s" + Two, Definitions.Line("a", "e\u0301"));
        await host.PublishAsync(document, ct);

        Assert.Equal(Encoding.UTF8.GetBytes(document), await host.Client.GetByteArrayAsync(new Uri($"/api/v1/scenarios/s{One}/export", UriKind.Relative), ct));
    }

    [Fact]
    public async Task Upload_DecomposedName_IsComposedAndItsContentIsNot()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(ct), plugins, ct);
        var bytes = Encoding.UTF8.GetBytes("caf\u0065\u0301");
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse("text/csv") } };

        using var answer = await host.Client.PostAsync(new Uri("/api/v1/files?name=re%CC%81sume%CC%81.csv", UriKind.Relative), content, ct);
        var stored = JsonElement.Parse(await answer.Content.ReadAsStringAsync(ct));

        Assert.Equal("r\u00e9sum\u00e9.csv", stored.GetProperty("name").GetString());
        Assert.Equal(bytes, await host.Client.GetByteArrayAsync(new Uri("/api/v1/files/" + stored.GetProperty("id").GetString(), UriKind.Relative), ct));
    }
}
