using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Hosts;

/// <summary>Talks to a host's API. What it refuses comes back with its own code; what keeps it from answering is IB7141–IB7143.</summary>
internal sealed class HostConnection : IDisposable
{
    private const string Root = "api/v1/";
    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;

    public HostConnection(Uri address, string key, TimeSpan timeout)
    {
        Address = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        _timeout = timeout;

        // A redirect would carry the key elsewhere.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address, Timeout = timeout };
        if (key.Length > 0)
        {
            _client.DefaultRequestHeaders.Add("X-Api-Key", key);
        }
    }

    public Uri Address { get; }

    public Task<Result<JsonElement>> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    public Task<Result<JsonElement>> DeleteAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Delete, path, null, ct);

    public Task<Result<JsonElement>> PostAsync(string path, HttpContent? content, CancellationToken ct) => SendAsync(HttpMethod.Post, path, content, ct);

    public Task<Result<JsonElement>> PutAsync(string path, string json, CancellationToken ct) => SendAsync(HttpMethod.Put, path, new StringContent(json, Encoding.UTF8, "application/json"), ct);

    /// <summary>Sends a package; it is read from where it stands.</summary>
    public Task<Result<JsonElement>> InstallAsync(Stream package, string query, CancellationToken ct) =>
        PostAsync("plugins" + query, new StreamContent(package) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } }, ct);

    /// <summary>Sends the definition of a scenario, which becomes its draft.</summary>
    public Task<Result<JsonElement>> ImportAsync(byte[] definition, CancellationToken ct) =>
        PostAsync("scenarios/import", new ByteArrayContent(definition) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }, ct);

    /// <summary>True when the host takes work.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri("health/ready", UriKind.Relative), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<Result<JsonElement>> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(Root + path, UriKind.Relative)) { Content = content };
            using var answer = await _client.SendAsync(request, ct);
            var said = await answer.Content.ReadAsByteArrayAsync(ct);
            return Read(answer, said);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return CliFailures.HostNotTrusted(Address, e.InnerException?.Message ?? e.Message);
        }
        catch (HttpRequestException e)
        {
            return CliFailures.HostUnreachable(Address, e.InnerException?.Message ?? e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return CliFailures.HostUnreachable(Address, string.Create(CultureInfo.InvariantCulture, $"> {_timeout.TotalSeconds} s"));
        }
    }

    private Result<JsonElement> Read(HttpResponseMessage answer, byte[] said)
    {
        JsonElement json;
        try
        {
            json = JsonElement.Parse(said);
        }
        catch (JsonException)
        {
            return CliFailures.NotAHost(Address, (int)answer.StatusCode);
        }

        if (answer.IsSuccessStatusCode)
        {
            return json;
        }

        if (json.ValueKind != JsonValueKind.Object || Text(json, "code") is not { } code || Localized(json, "title") is not { } title)
        {
            return CliFailures.NotAHost(Address, (int)answer.StatusCode);
        }

        var action = answer.StatusCode == HttpStatusCode.Unauthorized ? CliFailures.GiveKey : Localized(json, "action");
        return new Failure(code, title) { Where = Text(json, "where"), Action = action };
    }

    // The host says it in both languages: this program's is that of its user.
    private static LocalizedText? Localized(JsonElement json, string member) =>
        json.TryGetProperty("texts", out var texts) && texts.TryGetProperty("zh", out var zh) && texts.TryGetProperty("en", out var en) && Text(zh, member) is { } chinese && Text(en, member) is { } english
            ? new(chinese, english)
            : Text(json, member) is { } text ? LocalizedText.Same(text) : null;

    private static string? Text(JsonElement json, string member) => json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
