using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Http;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Http;

/// <summary>Sends the requests of scenarios by the rules that hold for plugins: to hosts on the installation's list only, each address judged when it is connected to, each redirect judged anew. The form of a request and its answer is <see cref="HttpCall"/>'s.</summary>
internal sealed class SentRequests : IDisposable
{
    /// <summary>Header by which a server knows a request that is sent again after a crash.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private const string NoName = "download.bin";
    private const int MaxHeaders = 100;
    private const int MaxHeaderLength = 16_384;

    // The connection's own, which the host decides.
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "Content-Length",
    };

    private readonly HttpOptions _options;
    private readonly FileStore _files;
    private readonly ISecretStore _secrets;
    private readonly TimeProvider _time;
    private readonly OutboundConnections _connections;
    private readonly IReadOnlyList<HttpTarget> _allowed;
    private readonly IReadOnlyList<HttpTarget> _private;

    public SentRequests(IOptions<HttpOptions> options, ISecretStore secrets, FileStore files, TimeProvider time)
    {
        (_options, _files, _secrets, _time) = (options.Value, files, secrets, time);
        _connections = new(new CapabilityOptions { HttpConnectTimeout = TimeSpan.FromSeconds(_options.ConnectSeconds) });
        _allowed = [.. _options.AllowedHosts.Select(HttpTarget.Parse).OfType<HttpTarget>()];
        _private = [.. _options.PrivateHosts.Select(HttpTarget.Parse).OfType<HttpTarget>()];
    }

    public void Dispose() => _connections.Dispose();

    /// <summary>Sends a request and answers it.</summary>
    /// <param name="organization">The run's organization.</param>
    /// <param name="step">The step: its key is the same however often it is tried.</param>
    /// <param name="input">The request.</param>
    /// <param name="granted">Names of the secrets that its headers may refer to.</param>
    /// <param name="ct">The run was cancelled.</param>
    public async Task<Result<JsonElement>> SendAsync(string organization, CallContext step, JsonElement input, IReadOnlyList<string> granted, CancellationToken ct)
    {
        if (!Sent.Read(input, step.IdempotencyKey).TryGet(out var request, out var failure) || !(await ResolveAsync(organization, step.Environment, request, granted, ct)).TryGet(out request, out failure))
            return failure;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(_options.SendSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await FollowAsync(organization, request, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Within the deadline it was the connecting that took too long.
            return deadline.IsCancellationRequested ? HttpFailures.TimedOut(Origin(request.Url), _options.SendSeconds) : HttpFailures.NotReached(Origin(request.Url), "timeout");
        }
    }

    /// <summary>The request with the secrets that its headers refer to.</summary>
    private async Task<Result<Sent>> ResolveAsync(string organization, string? environment, Sent request, IReadOnlyList<string> granted, CancellationToken ct)
    {
        List<(string Name, string Value)> headers = [];
        HashSet<string> secret = [];
        foreach (var (name, value) in request.Headers)
        {
            var references = SecretReference.NamesIn(value);
            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var reference in references)
            {
                if (!granted.Contains(reference, StringComparer.Ordinal))
                    return HttpFailures.SecretNotGranted(name, reference);
                if (!(await _secrets.FindAsync(organization, SecretReference.StoredPrefix + reference, environment, ct)).TryGet(out var stored, out var failure))
                    return failure;
                if (stored is null)
                    return HttpFailures.SecretUnknown(name, reference);
                if (stored.Any(char.IsControl))
                    return HttpFailures.RequestInvalid(name, new("机密含有控制字符", "the secret has control characters"));
                found[reference] = stored;
            }

            headers.Add((name, SecretReference.Replace(value, found)));
            if (references.Count > 0)
                secret.Add(name);
        }

        return secret.Count == 0 ? request : request with { Headers = headers, SecretHeaders = secret };
    }

    private async Task<Result<JsonElement>> FollowAsync(string organization, Sent request, CancellationToken ct)
    {
        for (var hops = 0; ; hops++)
        {
            if (hops > _options.MaxRedirects)
                return HttpFailures.TooManyRedirects(Origin(request.Url), _options.MaxRedirects);
            if (!Judge(request).TryGet(out var isPrivate, out var failure))
                return failure;
            try
            {
                using var message = request.ToMessage();
                using var response = await _connections.For("", organization, isPrivate).SendAsync(message, ct);
                if (request.Next(response) is not { } next)
                    return await ReadAsync(organization, request, response, ct);
                request = next;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
            {
                return Failed(request.Url, e);
            }
        }
    }

    /// <summary>Why a request would not be sent, whatever is in it; null when it would be.</summary>
    public Failure? Refuses(string method, string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? Judge(method, address).Failure : null;

    private Result<bool> Judge(Sent request) => Judge(request.Method, request.Url);

    // True when the host is named as one inside the enterprise.
    private Result<bool> Judge(string method, Uri url)
    {
        if (HttpTarget.Of(method, url) is not { } target)
            return HttpFailures.RequestInvalid("url", new("应为 http 或 https 网址，不含账号，方法为常用方法之一", "it must be a URL of http or https without an account, and the method one of the usual"));
        if (_private.Any(p => p.Covers(target)))
            return true;
        return _allowed.Any(a => a.Covers(target)) ? false : HttpFailures.HostNotAllowed(target.ToString());
    }

    private async Task<Result<JsonElement>> ReadAsync(string organization, Sent request, HttpResponseMessage response, CancellationToken ct)
    {
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).GroupBy(h => h.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(h => h.Key, h => h.SelectMany(v => v.Value).ToArray());
        var type = response.Content.Headers.ContentType;
        var asFile = (request.IsDownload && response.IsSuccessStatusCode) || !IsText(type?.MediaType);
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        object? content;
        if (asFile)
        {
            var name = NameOf(request.Url, response.Content.Headers.ContentDisposition);
            if (!(await _files.StoreAsync(Caller.ForSystem(organization), name, body, ct)).TryGet(out var stored, out var failure))
                return failure;
            content = new Dictionary<string, object> { ["file"] = stored.Id, ["name"] = stored.Name };
        }
        else if (await TextAsync(body, type, ct) is { } text)
        {
            content = text;
        }
        else
        {
            return HttpFailures.ResponseTooLarge(Origin(request.Url), _options.MaxResponseBytes);
        }

        return JsonSerializer.SerializeToElement(new Dictionary<string, object?> { ["statusCode"] = (int)response.StatusCode, ["headers"] = headers, ["content"] = content });
    }

    /// <returns>Null when it is larger than allowed.</returns>
    private async Task<string?> TextAsync(Stream body, MediaTypeHeaderValue? type, CancellationToken ct)
    {
        using var held = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, ct)) > 0;)
        {
            if (held.Length + read > _options.MaxResponseBytes)
                return null;
            held.Write(buffer, 0, read);
        }

        return EncodingOf(type?.CharSet).GetString(held.GetBuffer(), 0, (int)held.Length);
    }

    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            return charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset.Trim('"'));
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }

    private static bool IsText(string? media) => media is null || media.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || media.EndsWith("json", StringComparison.OrdinalIgnoreCase) || media.EndsWith("xml", StringComparison.OrdinalIgnoreCase)
        || media.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) || media.Equals("application/javascript", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(Uri url, ContentDispositionHeaderValue? disposition)
    {
        var given = (disposition?.FileNameStar ?? disposition?.FileName)?.Trim('"') ?? Uri.UnescapeDataString(url.Segments[^1]);
        var name = Storable.Composed(given[(given.LastIndexOfAny(['/', '\\']) + 1)..]);
        return name.Length is > 0 and <= 255 && Storable.Fits(name) && !name.Any(char.IsControl) ? name : NoName;
    }

    private static Failure Failed(Uri url, Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case AddressRefusedException:
                    return HttpFailures.AddressRefused(Origin(url));
                case SocketException socket:
                    return HttpFailures.NotReached(Origin(url), socket.SocketErrorCode.ToString());
                case AuthenticationException:
                    return HttpFailures.NotReached(Origin(url), "TLS");
            }
        }

        return HttpFailures.NotReached(Origin(url), exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? error.ToString() : "IO");
    }

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);

    /// <summary>A request on its way.</summary>
    private sealed record Sent(string Method, Uri Url, IReadOnlyList<(string Name, string Value)> Headers, string? ContentType, string? Content, bool IsDownload)
    {
        /// <summary>Headers with a secret in them.</summary>
        public IReadOnlySet<string> SecretHeaders { get; init; } = new HashSet<string>();

        public static Result<Sent> Read(JsonElement input, string key)
        {
            var method = input.GetProperty("method").GetString()!.ToUpperInvariant();
            if (!Uri.TryCreate(input.GetProperty("url").GetString(), UriKind.Absolute, out var url))
                return HttpFailures.RequestInvalid("url", new("不是完整的网址", "it is no absolute URL"));
            List<(string Name, string Value)> headers = [.. from header in input.GetProperty("headers").EnumerateObject() from value in header.Value.EnumerateArray() select (header.Name, value.ToString())];
            if (headers.Count > MaxHeaders || headers.Any(h => h.Name.Length is 0 or > 100 || !h.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || Refused.Contains(h.Name)
                || h.Value.Length > MaxHeaderLength || h.Value.Any(c => char.IsControl(c) && c != '\t')))
                return HttpFailures.RequestInvalid("requestHeaders", new("有不允许的名称或值，或数量过多", "a name or value is not allowed, or there are too many"));
            if (method is not ("GET" or "HEAD") && !headers.Any(h => h.Name.Equals(KeyHeader, StringComparison.OrdinalIgnoreCase)))
                headers.Add((KeyHeader, key));
            return new Sent(method, url, headers, input.GetProperty("contentType").GetString(), input.GetProperty("content").GetString(), input.TryGetProperty("isDownload", out var isDownload) && isDownload.GetBoolean());
        }

        public HttpRequestMessage ToMessage()
        {
            var message = new HttpRequestMessage(new HttpMethod(Method), Url) { VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
            if (Content is not null || Method is "POST" or "PUT" or "PATCH")
            {
                message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Content ?? ""));
                if (ContentType is not null)
                    message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }

            foreach (var (name, value) in Headers)
            {
                if (!message.Headers.TryAddWithoutValidation(name, value))
                    message.Content?.Headers.TryAddWithoutValidation(name, value);
            }

            return message;
        }

        /// <summary>Where the response leads to; null when it is the answer.</summary>
        public Sent? Next(HttpResponseMessage response)
        {
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                || response.Headers.Location is not { } location)
                return null;
            var next = this with { Url = new Uri(Url, location) };
            if (response.StatusCode is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) && Method is not ("GET" or "HEAD"))
                next = next with { Method = "GET", ContentType = null, Content = null, Headers = [.. Headers.Where(h => !h.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))] };
            // What is meant for one server is not for another.
            return Origin(next.Url) == Origin(Url) ? next : next with { Headers = [.. next.Headers.Where(h => !h.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && !h.Name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) && !SecretHeaders.Contains(h.Name))] };
        }
    }
}
