using System.Text;
using System.Text.Json;
using IndustryBrain.Testing;

[assembly: AssemblyFixture(typeof(IndustryBrain.Cli.Tests.Hosts.Platform))]

namespace IndustryBrain.Cli.Tests.Hosts;

/// <summary>A host that wants a key, started for the first test that asks for it.</summary>
public sealed class Platform : IAsyncDisposable
{
    public const string Key = "a-key-of-the-tests-that-nobody-else-has-0001";

    private readonly string _folder = Directory.CreateTempSubdirectory("ib-platform-").FullName;
    private readonly SemaphoreSlim _starting = new(1);
    private HostProcess? _host;

    /// <summary>Its address, which is a host's that is ready.</summary>
    public async Task<Uri> AddressAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _host ??= await HostProcess.StartAsync(_folder, HostProcess.FreePort(), new Dictionary<string, string> { ["IB_BOOTSTRAP_API_KEY"] = Key, ["Data__Durable"] = "false" }, TestContext.Current.CancellationToken);
            return _host.Address;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>The program with this host and its key in the environment.</summary>
    internal async Task<CommandLine.Ended> BrainAsync(string folder, params string[] arguments) => await Brain.RunAsync(folder, await EnvironmentAsync(), arguments);

    internal async Task<Dictionary<string, string>> EnvironmentAsync() => new()
    {
        ["IB_HOST"] = (await AddressAsync()).ToString(),
        ["IB_API_KEY"] = Key,
        ["LC_ALL"] = "en_US.UTF-8",
    };

    /// <summary>Publishes a scenario of one activity.</summary>
    internal async Task PublishAsync(string id, string root, string declared = "\"inputs\": [], \"outputs\": []")
    {
        await PostAsync("scenarios/import", $$"""{ "definitionId": "{{id}}", "name": "{{id}}", "version": 1, "variables": [], {{declared}}, "root": {{root}} }""");
        await PostAsync($"scenarios/{id}/publish", "{}");
    }

    /// <summary>What the API answers; fails when it refuses.</summary>
    internal Task<JsonElement> PostAsync(string path, string json) => AskAsync(HttpMethod.Post, path, json);

    /// <summary>Likewise.</summary>
    internal Task<JsonElement> GetAsync(string path) => AskAsync(HttpMethod.Get, path, null);

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, string? json)
    {
        using var client = new HttpClient { BaseAddress = await AddressAsync() };
        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        using var request = new HttpRequestMessage(method, new Uri("api/v1/" + path, UriKind.Relative)) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
