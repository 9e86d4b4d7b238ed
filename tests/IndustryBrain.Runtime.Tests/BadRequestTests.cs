using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace IndustryBrain.Runtime.Tests;

public sealed class BadRequestTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Schema = """{"type":"object","$defs":{"even":{"multipleOf":2}},"properties":{"alpha":{"type":"number"},"text":{"type":"string"},"even":{"$ref":"#/$defs/even"},"list":{"type":"array","uniqueItems":true,"contains":{"const":1}},"any":{}},"dependentRequired":{"text":["alpha"]}}""";

    [Theory]
    [InlineData("""{"input":{"text":"\ud800"}}""", 400, "IB2020")]
    [InlineData("""{"input":{"any":{"a\u0000":1}}}""", 400, "IB2020")]
    [InlineData("""{"input":{"any":1e400}}""", 422, "IB7104")]
    [InlineData("""{"input":{"alhpa":1}}""", 400, "IB2021")]
    [InlineData("""{"input":{"alpha":1,"alpha":2}}""", 400, null)]
    [InlineData("""{"input":{"\ud800":1,"\ud800":2}}""", 400, null)]
    [InlineData("""{"input":{"even":3}}""", 422, "IB7105")]
    [InlineData("""{"input":{"list":[1,1.0]}}""", 422, "IB2022")]
    [InlineData("""{"input":{"list":[2]}}""", 422, "IB2022")]
    [InlineData("""{"input":{"text":"x"}}""", 422, "IB7101")]
    [InlineData("\uFEFF{\"input\":{\"alpha\":1}}", 202, null)]
    [InlineData("", 202, null)]
    public async Task StartRun_BodyOfAnyKind_IsAnsweredWithoutAFault(string body, int status, string? code)
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        await host.PublishAsync(Definitions.Document("kinds", Schema, Definitions.Line("a", "a")), ct);

        var (found, answer) = await host.PostAsync("scenarios/kinds/runs", body, ct);

        Assert.True(found == status, $"{found} {answer}");
        if (code is not null)
            Assert.Equal(code, answer.GetProperty("code").GetString());
        if (code == "IB2021")
            Assert.Contains("“alpha”", answer.GetProperty("texts").GetProperty("en").GetProperty("action").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "请求内容应为 JSON 对象。")]
    [InlineData("null", "请求内容应为 JSON 对象。")]
    [InlineData(" 7", "请求内容应为 JSON 对象。")]
    [InlineData("[", "请求内容不是有效的 JSON。")]
    [InlineData("{}x", "请求内容不是有效的 JSON。")]
    [InlineData("deep", "请求内容嵌套超过 64 层。")]
    public async Task StartRun_BodyThatIsNoObject_SaysSo(string body, string zh)
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        await host.PublishAsync(Definitions.Sequence("plain", Definitions.Line("a", "a")), ct);

        var (status, answer) = await host.PostAsync("scenarios/plain/runs", body == "deep" ? """{"input":{"a":""" + new string('[', 100) + new string(']', 100) + "}}" : body, ct);

        Assert.Equal((400, "IB3004"), (status, answer.GetProperty("code").GetString()));
        Assert.Equal(zh, answer.GetProperty("texts").GetProperty("zh").GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("""{"input":{"value":1,"gaet":"x"}}""", 400, "IB2021")]
    [InlineData("""{"input":{"value":1,"gate":"\ud800"}}""", 400, "IB2020")]
    public async Task CallComponent_BadInput_IsRefused(string body, int status, string code)
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;

        var (found, answer) = await host.PostAsync("components/probe.double/calls", body, ct);

        Assert.Equal((status, code), (found, answer.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Import_WhatTheLibraryCannotKeep_IsRefusedWithAFinding()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        var good = Definitions.Sequence("good", Definitions.Line("a", "text"));

        foreach (var (definition, rule) in new[]
        {
            (good.Replace("\"good\"", $"\"{new string('a', 5_000)}\"", StringComparison.Ordinal), "IBS0061"),
            (good.Replace("\"definitionId\": \"good\"", "\"definitionId\": \"../../x\"", StringComparison.Ordinal), "IBS0062"),
            (good.Replace("\"version\": 1, \"toolVersion\"", $"\"description\": \"{new string('d', 2_100_000)}\", \"version\": 1, \"toolVersion\"", StringComparison.Ordinal), "IBS0061"),
            (good.Replace("\"text\"", "\"a\\u0000b\"", StringComparison.Ordinal), "IBS0063"),
            (good.Replace("\"name\": \"good\"", "\"name\": \"\\ud800\"", StringComparison.Ordinal), "IBS0063"),
        })
        {
            var (status, problem) = await host.PostAsync("scenarios/import", definition, ct);

            Assert.Equal((422, "IB3003"), (status, problem.GetProperty("code").GetString()));
            Assert.Contains(rule, problem.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("rule").GetString()));
        }
    }

    [Fact]
    public async Task Import_SchemaKeywordThatIsNotChecked_IsAFinding()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;

        var (status, summary) = await host.PostAsync("scenarios/import", Definitions.Document("keywords", """{"type":"object","properties":{"a":{"unevaluatedItems":false,"format":"iri","pattern":"(?=x)"}}}""", Definitions.Line("a", "a")), ct);

        Assert.Equal(200, status);
        Assert.Equal(3, summary.GetProperty("findings").EnumerateArray().Count(f => f.GetProperty("rule").GetString() == "IBS0060"));
    }

    [Fact]
    public async Task Upload_EmptyFile_IsRefused()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        using var content = new ByteArrayContent([]);

        using var answer = await host.Client.PostAsync(new Uri("/api/v1/files?name=x.csv", UriKind.Relative), content, ct);

        Assert.Equal((422, "IB3025"), ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(ct)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Upload_TwoFiles_StoresNone()
    {
        var host = shared.Host;
        var before = await host.CountAsync("select count(*) from stored_file", TestContext.Current.CancellationToken);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes("a,b\n1,2\n")), "file", "one.csv" },
            { new StringContent("note"), "note" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes("c,d\n3,4\n")), "file", "two.csv" },
        };

        using var answer = await host.Client.PostAsync(new Uri("/api/v1/files", UriKind.Relative), form, TestContext.Current.CancellationToken);

        Assert.Equal((422, "IB3027"), ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("code").GetString()));
        Assert.Equal(before, await host.CountAsync("select count(*) from stored_file", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Upload_OneFileAmongFields_IsStored()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("note"), "before" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes("a,b\n1,2\n")), "file", "one.csv" },
            { new StringContent("note"), "after" },
        };

        using var answer = await shared.Host.Client.PostAsync(new Uri("/api/v1/files", UriKind.Relative), form, TestContext.Current.CancellationToken);
        var stored = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal((201, "one.csv", 8), ((int)answer.StatusCode, stored.GetProperty("name").GetString(), stored.GetProperty("size").GetInt32()));
    }

    [Fact]
    public async Task Upload_NameThatTurnsTheDirectionOfText_IsRefused()
    {
        using var content = new ByteArrayContent([1]);

        using var answer = await shared.Host.Client.PostAsync(new Uri("/api/v1/files?name=invoice%E2%80%AEfdp.exe", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal("IB0022", JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task StartRun_AnotherCharset_IsRefused()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        using var content = new ByteArrayContent(Encoding.Unicode.GetBytes("{}"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-16");

        using var answer = await host.Client.PostAsync(new Uri("/api/v1/scenarios/none/runs", UriKind.Relative), content, ct);

        Assert.Equal(415, (int)answer.StatusCode);
    }
}
