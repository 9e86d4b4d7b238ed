using System.Text.Json;

namespace IndustryBrain.Runtime.Tests;

public sealed class BodyShapeTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Plugin = "plugins/IndustryBrain.Probe";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PUT", Plugin + "/trust", "{}", 422, "IB7101", "isTrusted")]
    [InlineData("PUT", Plugin + "/trust", "", 422, "IB7101", "isTrusted")]
    [InlineData("PUT", Plugin + "/trust", """{"isTrusted":null}""", 422, "IB7102", "isTrusted")]
    [InlineData("PUT", Plugin + "/trust", """{"isTrusted":1}""", 422, "IB7102", "isTrusted")]
    [InlineData("PUT", Plugin + "/trust", """{"isTrusted":"no"}""", 422, "IB7102", "isTrusted")]
    [InlineData("PUT", Plugin + "/trust", """{"isTrusted":true,"version":5}""", 422, "IB7102", "version")]
    [InlineData("PUT", Plugin + "/trust", """{"trusted":true}""", 400, "IB3010", "trusted")]
    [InlineData("PUT", Plugin + "/trust", """{"isTrusted":true,"isTrusted":false}""", 400, "IB3009", "isTrusted")]
    [InlineData("PUT", Plugin + "/settings", """{"values":[],"revision":"x"}""", 422, "IB7102", "revision")]
    [InlineData("PUT", Plugin + "/settings", """{"values":{},"revision":1.5}""", 422, "IB7102", "revision")]
    [InlineData("POST", Plugin + "/versions/1.0.0/consent", """{"grants":"x"}""", 422, "IB7102", "grants")]
    [InlineData("POST", Plugin + "/versions/1.0.0/consent", """{"grants":[{"capability":"http","targets":[5]}]}""", 422, "IB7102", "grants[0].targets[0]")]
    [InlineData("POST", Plugin + "/versions/1.0.0/consent", """{"grants":[{"capability":"http","target":[]}]}""", 400, "IB3010", "grants[0].target")]
    [InlineData("POST", Plugin + "/versions/1.0.0/consent", """{"grants":[5]}""", 422, "IB7102", "grants[0]")]
    public async Task Body_ThatDoesNotFit_NamesTheMemberAndChangesNothing(string method, string path, string body, int status, string code, string where)
    {
        var host = shared.Host;
        var before = (await host.GetAsync(Plugin, Ct)).Body.GetRawText();
        using var content = RuntimeHost.Json(body);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("/api/v1/" + path, UriKind.Relative)) { Content = content };
        using var answer = await host.Client.SendAsync(request, Ct);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct));

        Assert.Equal((status, code, where), ((int)answer.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("where").GetString()));
        Assert.Equal(before, (await host.GetAsync(Plugin, Ct)).Body.GetRawText());
    }

    [Fact]
    public async Task Body_OfAnotherType_SaysWhatIsExpected()
    {
        using var content = RuntimeHost.Json("""{"isTrusted":"no"}""");
        using var answer = await shared.Host.Client.PutAsync(new Uri($"/api/v1/{Plugin}/trust", UriKind.Relative), content, Ct);
        var texts = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct)).GetProperty("texts");

        Assert.Equal("「isTrusted」应为是或否（true、false），得到的是：'no'。", texts.GetProperty("zh").GetProperty("title").GetString());
        Assert.Equal("“isTrusted” should be true or false, but is 'no'.", texts.GetProperty("en").GetProperty("title").GetString());
    }
}
