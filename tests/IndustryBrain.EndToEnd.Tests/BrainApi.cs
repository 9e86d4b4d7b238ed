using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>The HTTP API as a program outside uses it.</summary>
internal sealed class BrainApi(HttpClient client)
{
    internal HttpClient Client => client;

    internal async Task<JsonElement> ImportAsync(JsonObject definition, CancellationToken ct) =>
        await JsonAsync(await client.PostAsync(Address("scenarios/import"), new StringContent(definition.ToJsonString(), Encoding.UTF8, "application/json"), ct), ct);

    /// <summary>Imports and publishes a scenario; gives its id.</summary>
    internal async Task<string> PublishAsync(JsonObject definition, CancellationToken ct)
    {
        await ImportAsync(definition, ct);
        var id = (string)definition["definitionId"]!;
        await JsonAsync(await client.PostAsync(Address($"scenarios/{id}/publish"), null, ct), ct);
        return id;
    }

    /// <summary>Starts a run and gives it as it stands when it ended or waits.</summary>
    internal async Task<JsonElement> RunAsync(string definitionId, JsonNode? input, CancellationToken ct) =>
        await JsonAsync(await client.PostAsJsonAsync(Address($"scenarios/{definitionId}/runs?wait=60"), new JsonObject { ["input"] = input ?? new JsonObject() }, ct), ct);

    /// <summary>Starts a run; gives its id at once.</summary>
    internal async Task<string> StartAsync(string definitionId, JsonNode? input, CancellationToken ct) =>
        Id(await JsonAsync(await client.PostAsJsonAsync(Address($"scenarios/{definitionId}/runs"), new JsonObject { ["input"] = input ?? new JsonObject() }, ct), ct));

    internal async Task<JsonElement> GetAsync(string path, CancellationToken ct) => await JsonAsync(await client.GetAsync(Address(path), ct), ct);

    /// <summary>Stores a raw file; gives its id.</summary>
    internal async Task<string> UploadAsync(string name, byte[] bytes, CancellationToken ct)
    {
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        return Id(await JsonAsync(await client.PostAsync(Address($"files?name={Uri.EscapeDataString(name)}"), content, ct), ct));
    }

    internal static string Id(JsonElement thing) => thing.GetProperty("id").GetString()!;

    internal static Uri Address(string path) => new("/api/v1/" + path, UriKind.Relative);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        using (answer)
        {
            Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
            return await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        }
    }
}
