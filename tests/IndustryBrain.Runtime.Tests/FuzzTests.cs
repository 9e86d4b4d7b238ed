using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests;

/// <summary>Bodies that nobody would write, at every endpoint that reads one; the seed is fixed, so that a failure comes again.</summary>
public sealed class FuzzTests(PostgresFixture postgres, ProbePackage plugins)
{
    private const int Seed = 20261124;
    private const int Mutations = 120;

    private static readonly string[] Paths =
    [
        "scenarios/import", "scenarios/fuzz/publish", "scenarios/fuzz/runs?wait=5", "scenarios/a%2F..%2Fb/runs", "scenarios/%EF%BF%BD%CC%81/publish", "components/probe.double/calls", "components/%20/calls",
        "runs/00000000-0000-0000-0000-000000000000/cancel", "runs/zz/cancel", "runs/00000000-0000-0000-0000-000000000000/events/e", "runs/zz/events/%F0%9F%98%80",
    ];

    private static readonly string[] ContentTypes = ["application/json", "application/json; charset=utf-16", "text/plain", "application/xml", "multipart/form-data", "multipart/form-data; boundary=x", "application/vnd.api+json", "x"];

    private static IEnumerable<byte[]> Bodies()
    {
        var texts = new List<string>
        {
            "", " ", "null", "true", "0", "-0", "1e400", "-1e400", "NaN", "{\"input\":NaN}", "\"NaN\"", "[]", "[[]]", "\"\"", "{", "}", "{}{}", "//x", "{\"input\":{}}x", "\uFEFF", "\0",
            "{\"input\":null}", "{\"input\":1}", "{\"input\":[]}", "{\"input\":\"x\"}", "{\"Input\":{}}", "{\"input\":{},\"input\":{}}", "{\"input\":{\"value\":1,\"value\":2}}", "{\"input\":{},\"role\":\"owner\"}",
            "{\"input\":{\"value\":\"NaN\"}}", "{\"input\":{\"value\":{}}}", "{\"input\":{\"value\":1e400}}", "{\"input\":{\"value\":" + new string('9', 5_000) + "}}",
            "{\"input\":{\"gate\":\"\\ud800\"}}", "{\"\\udc00\":1}", "{\"input\":{\"\\ud800\":1}}", "{\"input\":{\"gate\":\"\\u0000\"}}", "{\"input\":{\"gate\":\"" + new string('x', 1_200_000) + "\"}}",
            "{\"input\":{\"" + new string('k', 100_000) + "\":1}}", "{\"input\":{\"__proto__\":{\"a\":1},\"constructor\":1}}", "{\"$type\":\"System.Object\"}", "{\"input\":{\"file\":{\"file\":7}}}", "{\"input\":{\"file\":{\"file\":\"../x\"}}}",
            Nested(1_000, "[", "]"), Nested(1_000, "{\"a\":", "}"), "{\"input\":" + Nested(60, "{\"a\":", "}") + "}", "{\"input\":{\"file\":" + Nested(1_000, "[", "]") + "}}", Nested(100_000, "[", ""),
            "{\"definitionId\":\"fuzz\",\"root\":" + Nested(1_000, "{\"activities\":[", "]}") + "}", "{\"definitionId\":\"fuzz\",\"root\":{\"type\":[]}}", "{\"definitionId\":[],\"root\":7}",
        };
        foreach (var text in texts)
            yield return Encoding.UTF8.GetBytes(text);
        yield return [0xFF, 0xFE, 0x7B, 0x00];
        yield return [.. "{\"input\":{\"gate\":\""u8, 0xC3, 0x28, .. "\"}}"u8];
        yield return [.. "{\""u8, 0xED, 0xA0, 0x80, .. "\":1}"u8];

        // Good documents with bytes changed, cut out and doubled.
        byte[][] good = [Encoding.UTF8.GetBytes(Definitions.Sequence("mutant", Definitions.Line("a", "文"), Definitions.Delay("b", "00:00:01"))), "{\"input\":{\"value\":1.5,\"gate\":\"a\"}}"u8.ToArray()];
        var random = new Random(Seed);
        for (var i = 0; i < Mutations; i++)
        {
            var body = good[i % good.Length].ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(body.Count);
                var count = random.Next(1, Math.Min(12, body.Count - at) + 1);
                switch (random.Next(4))
                {
                    case 0: body[at] = (byte)random.Next(256); break;
                    case 1: body.RemoveRange(at, Math.Min(count, body.Count - 1)); break;
                    case 2: body.InsertRange(at, body.GetRange(at, count)); break;
                    default: body[at] = (byte)"{}[]\",:\\0e-"[random.Next(11)]; break;
                }
            }

            yield return [.. body];
        }
    }

    private static string Nested(int depth, string open, string close) => new StringBuilder().Insert(0, open, depth).Append(close.Length == 0 ? "" : "1").Insert(open.Length * depth + (close.Length == 0 ? 0 : 1), close, depth).ToString();

    [Fact]
    public async Task Api_BodiesOfAnyKind_AreAnsweredWithACodeAndNeverAFault()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Files:MaxBytes", "100000"));
        await host.PublishAsync(Definitions.Sequence("fuzz", Definitions.Line("a", "a")), ct);
        var number = 0;
        foreach (var body in Bodies())
        {
            foreach (var path in Paths)
                await JudgeAsync(host, HttpMethod.Post, path, body, "application/json", ct);
            foreach (var path in new[] { "files", "files?name=%CC%81%00", "files?name=" + new string('n', 400) })
                await JudgeAsync(host, HttpMethod.Post, path, body, ContentTypes[number++ % ContentTypes.Length], ct);
        }

        foreach (var type in ContentTypes)
        {
            foreach (var path in Paths)
                await JudgeAsync(host, HttpMethod.Post, path, "{\"input\":{}}"u8.ToArray(), type, ct);
        }
    }

    [Fact]
    public async Task Api_AddressesOfAnyKind_AreAnsweredWithACodeAndNeverAFault()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        string[] names = ["%20", "%2e%2e", "..%2f..%2fetc", "%252e%252e", "%FF", "%ED%A0%80", "%EF%BF%BF", "%F0%9F%98%80", "a%0D%0Ab", "'", "%27;--", "%25", "%5C", "-1", new('9', 2_000), new('x', 2_000), "%E1%84%80%E1%85%A1"];

        foreach (var name in names)
        {
            foreach (var path in new[] { $"runs/{name}", $"runs/{name}/events", $"files/{name}", $"scenarios/{name}/export", $"runs?text={name}", $"runs?definitionId={name}", $"runs?{name}=1", $"runs?page={name}" })
                await JudgeAsync(host, HttpMethod.Get, path, null, "", ct);
        }
    }

    private static async Task JudgeAsync(RuntimeHost host, HttpMethod method, string path, byte[]? body, string contentType, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var answer = await host.Client.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        var about = string.Create(CultureInfo.InvariantCulture, $"{method} {path} {contentType} {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(200, body?.Length ?? 0)))} → {(int)answer.StatusCode} {text[..Math.Min(400, text.Length)]}");
        Assert.True((int)answer.StatusCode is >= 200 and < 500, about);
        Assert.False(text.Contains("   at ", StringComparison.Ordinal) || text.Contains("Exception", StringComparison.Ordinal), about);
        if (!answer.IsSuccessStatusCode)
        {
            Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/problem+json", about);
            Assert.Matches("^IB\\d{4}$", JsonElement.Parse(text).GetProperty("code").GetString());
        }
    }
}
