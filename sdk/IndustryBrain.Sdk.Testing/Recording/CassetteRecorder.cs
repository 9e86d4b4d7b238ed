using System.Net;
using System.Text.Json;
using IndustryBrain.Sdk.Testing.Capabilities;

namespace IndustryBrain.Sdk.Testing.Recording;

/// <summary>Sends requests and writes them to a cassette with their replies; the file is whole after each.</summary>
/// <param name="path">Path of the file.</param>
/// <param name="secrets">Values that may stand nowhere in it.</param>
#pragma warning disable CA1001 // A semaphore that nobody has asked for its handle holds none.
internal sealed class CassetteRecorder(string path, Func<IEnumerable<string>> secrets)
#pragma warning restore CA1001
{
    private const int MaxRedirects = 5;

    // As a host's own: redirects are judged here, nothing is kept between requests.
    private static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All, UseCookies = false });
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase) { "Date", "Server", "Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length" };
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<Exchange> _exchanges = [];

    /// <summary>Sends a request; IB7113 when the cassette cannot be written.</summary>
    public async Task<Result<HttpResponseMessage>> SendAsync(FakeHttpRequest request, CancellationToken ct)
    {
        var response = await FollowAsync(request, ct).ConfigureAwait(false);
        var content = await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false);
        var mask = new SecretMask(secrets());
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).SelectMany(h => h.Value.Select(v => KeyValuePair.Create(h.Key, v))).Where(h => !OfTheConnection.Contains(h.Key));
        var recorded = new Exchange(
            Cassette.Recorded(request, mask),
            new((int)response.StatusCode, mask.Url(response.RequestMessage!.RequestUri!), mask.Headers(headers), mask.Body(content, response.Content.Headers.ContentType?.MediaType)));
        await _gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            _exchanges.Add(recorded);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var beside = path + ".new";
            await File.WriteAllBytesAsync(beside, [.. JsonSerializer.SerializeToUtf8Bytes(new CassetteFile(1, _exchanges), CassetteJson.Readable.CassetteFile), (byte)'\n'], ct).ConfigureAwait(false);
            File.Move(beside, path, overwrite: true);
            return response;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TestingFailures.CassetteUnusable(Path.GetFileName(path), e.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static async Task<HttpResponseMessage> FollowAsync(FakeHttpRequest request, CancellationToken ct)
    {
        var (method, url, headers, content) = request;
        for (var hops = 0; ; hops++)
        {
            using var message = Message(method, url, headers, content);
            var response = await Client.SendAsync(message, ct).ConfigureAwait(false);
            if (hops == MaxRedirects || (int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                response.RequestMessage = new(HttpMethod.Get, url);
                return response;
            }

            var next = new Uri(url, location);
            if ((int)response.StatusCode is not (307 or 308) && method is not ("GET" or "HEAD"))
            {
                (method, content) = ("GET", default);
            }

            // Another host gets nothing that was meant for the first.
            headers = next.GetLeftPart(UriPartial.Authority) == url.GetLeftPart(UriPartial.Authority) ? headers : [.. headers.Where(h => h.Key.StartsWith("Accept", StringComparison.OrdinalIgnoreCase))];
            response.Dispose();
            url = next;
        }
    }

    private static HttpRequestMessage Message(string method, Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> content)
    {
        var message = new HttpRequestMessage(new(method), url);
        if (!content.IsEmpty || method is "POST" or "PUT" or "PATCH")
        {
            message.Content = new ReadOnlyMemoryContent(content);
        }

        foreach (var (name, value) in headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
