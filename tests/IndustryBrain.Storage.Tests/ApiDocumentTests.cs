using System.Text;
using System.Text.Json;

namespace IndustryBrain.Storage.Tests;

/// <summary>What the API answers is what /openapi/v1.json says of it.</summary>
public sealed class ApiDocumentTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string Line = """{"type":"Elsa.WriteLine","id":"a","version":1,"text":{"typeName":"String","expression":{"type":"Literal","value":"hello"} },"customProperties":{},"metadata":{} }""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_OfEveryKind_FitTheirSchemas()
    {
        var client = (await hosts.PlainAsync()).Client;
        var document = JsonElement.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct));
        var judge = new JsonSchema(document);
        var definition = $$"""{"definitionId":"described","name":"Described","version":1,"toolVersion":"3.7.0.0","root":{"type":"Elsa.Sequence","id":"s","version":1,"activities":[{{Line}}],"variables":[],"customProperties":{},"metadata":{} } }""";
        (string Method, string Path, string Described, int Status, string? Body)[] asked =
        [
            ("POST", "scenarios/import", "/scenarios/import", 200, definition),
            ("POST", "scenarios/import", "/scenarios/import", 422, """{"definitionId":"refused","root":5}"""),
            ("POST", "scenarios/described/publish", "/scenarios/{definitionId}/publish", 200, null),
            ("POST", "scenarios/described/runs?wait=60", "/scenarios/{definitionId}/runs", 200, "{}"),
            ("POST", "scenarios/described/runs", "/scenarios/{definitionId}/runs", 202, "{}"),
            ("POST", "scenarios/described/runs", "/scenarios/{definitionId}/runs", 400, "["),
            ("POST", "scenarios/price-outlook/runs?wait=60", "/scenarios/{definitionId}/runs", 200, """{"input":{"series":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24]}}"""),
            ("POST", "scenarios/price-outlook/runs", "/scenarios/{definitionId}/runs", 400, """{"input":{"horizn":1}}"""),
            ("POST", "scenarios/nowhere/runs", "/scenarios/{definitionId}/runs", 404, "{}"),
            ("GET", "scenarios", "/scenarios", 200, null),
            ("GET", "scenarios/described/export", "/scenarios/{definitionId}/export", 200, null),
            ("GET", "runs", "/runs", 200, null),
            ("GET", "runs/nothing", "/runs/{id}", 404, null),
            ("GET", "components", "/components", 200, null),
            ("GET", "plugins", "/plugins", 200, null),
        ];

        foreach (var (method, path, described, status, body) in asked)
        {
            using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("/api/v1/" + path, UriKind.Relative)) { Content = content };
            using var answer = await client.SendAsync(request, Ct);
            var text = await answer.Content.ReadAsStringAsync(Ct);

            Assert.True(status == (int)answer.StatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
            var schema = SchemaOf(document, described, method, status, answer.Content.Headers.ContentType!.MediaType!);
            Assert.Empty(judge.Errors(schema, JsonElement.Parse(text)).Select(e => $"{method} {path}: {e}"));
        }
    }

    [Fact]
    public async Task Document_NamesWhatMayHappen()
    {
        var client = (await hosts.PlainAsync()).Client;
        var document = JsonElement.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct));

        foreach (var path in new[] { "/scenarios/{definitionId}/runs", "/files" })
            SchemaOf(document, path, "POST", 507, "application/problem+json");
        SchemaOf(document, "/files/{id}", "GET", 200, "application/octet-stream");
        SchemaOf(document, "/scenarios/{definitionId}/export", "GET", 200, "application/json");
        Assert.Equal("binary", document.GetProperty("components").GetProperty("schemas").GetProperty("Stream").GetProperty("format").GetString());
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(operations.Distinct(), operations);
        Assert.DoesNotContain("\"oneOf\":[{\"type\":\"null\"},{\"$ref\":\"#/components/schemas/JsonElement\"}]", document.GetRawText().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""), StringComparison.Ordinal);
    }

    private static JsonElement SchemaOf(JsonElement document, string path, string method, int status, string contentType) =>
        document.GetProperty("paths").GetProperty("/api/v1" + path).GetProperty(method.ToLowerInvariant())
            .GetProperty("responses").GetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .GetProperty("content").GetProperty(contentType).GetProperty("schema");
}
