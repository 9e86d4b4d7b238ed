using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.Http;

/// <summary>HTTP requests of plugins: method, origin and address are judged at each hop.</summary>
internal sealed class HttpRequests(CapabilityOptions options, OutboundConnections connections, ISecretStore secrets, TimeProvider time) : Capability, IDisposable
{
    private const long MaxBytes = 64L << 20;
    private const int MaxHeaders = 100;
    private const int MaxHeaderLength = 16_384;

    // The connection's own, which the host decides; and those by which servers take a request for one of another method than was granted.
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "Content-Length", "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override",
    };

    private static readonly HashSet<string> Credentials = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Cookie" };

    public override string Name => CapabilityNames.Http;

    public override bool GoesOut => true;

    public void Dispose() => connections.Dispose();

    public override async ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityCall call, CancellationToken ct)
    {
        if (call.Request.Operation != "send")
        {
            return CapabilityFailures.UnknownOperation(Name, call.Request.Operation);
        }

        if (Arguments(call, CapabilityJson.Wire.HttpArguments) is not { } arguments)
        {
            return BadArguments(call);
        }

        if (!Uri.TryCreate(arguments.Url, UriKind.Absolute, out var url) || HttpTarget.Of(arguments.Method, url) is not { } target)
        {
            return CapabilityFailures.RequestInvalid("url", new("应为 http 或 https 网址，不含账号，方法为常用方法之一", "it must be a URL of http or https without an account, and the method one of the usual"));
        }

        if (HeaderProblem(arguments) is { } problem)
        {
            return problem;
        }

        if (!(await SecretsAsync(call, arguments.SecretHeaders ?? [], ct).ConfigureAwait(false)).TryGet(out var secret, out var failure))
        {
            return failure;
        }

        call.Target = target.ToString();
        using var deadline = new CancellationTokenSource(options.HttpTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await FollowAsync(call, arguments.Method, url, [.. arguments.Headers, .. secret], either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return deadline.IsCancellationRequested ? CapabilityFailures.HttpTimedOut(Origin(url), options.HttpTimeout) : CapabilityFailures.HttpFailed(Origin(url), "timeout");
        }
    }

    private async Task<Result<CapabilityAnswer>> FollowAsync(CapabilityCall call, string method, Uri url, List<HttpHeader> headers, CancellationToken ct)
    {
        var content = call.Request.Content;
        for (var hops = 0; ; hops++)
        {
            if (hops > options.MaxRedirects)
            {
                return CapabilityFailures.TooManyRedirects(Origin(url), options.MaxRedirects);
            }

            if (!Judge(call, method, url).TryGet(out var isPrivate, out var failure))
            {
                return failure;
            }

            HttpResponseMessage response;
            try
            {
                using var request = Request(method, url, headers, content);
                response = await connections.For(call.PluginId, call.Organization, isPrivate).SendAsync(request, ct).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return Failed(call, url, e);
            }

            using (response)
            {
                if (Next(url, response) is not { } next)
                {
                    return await ReadAsync(call, url, response, isPrivate, ct).ConfigureAwait(false);
                }

                if (response.StatusCode is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) && method is not ("GET" or "HEAD"))
                {
                    (method, content) = ("GET", default);
                    headers = [.. headers.Where(h => !h.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))];
                }

                if (Origin(next) != Origin(url))
                {
                    var secretNames = Arguments(call, CapabilityJson.Wire.HttpArguments)?.SecretHeaders?.Select(s => s.Name).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
                    headers = [.. headers.Where(h => !Credentials.Contains(h.Name) && !secretNames.Contains(h.Name))];
                }

                url = next;
            }
        }
    }

    // True when the host was granted as one inside the enterprise.
    private static Result<bool> Judge(CapabilityCall call, string method, Uri url)
    {
        if (HttpTarget.Of(method, url) is not { } target)
        {
            return CapabilityFailures.RequestInvalid("url", new("重定向到的不是 http 或 https 网址", "it redirects to what is no URL of http or https"));
        }

        var wanted = target.ToString();
        var privately = call.Permissions.Demand(CapabilityNames.PrivateHttp, wanted);
        if (privately is null
            && call.Permissions.IsNamed(CapabilityNames.PrivateHttp, t => HttpTarget.Parse(t) is { IsExact: true } named && named.Covers(target)))
        {
            return true;
        }

        // A host that is declared as one inside the enterprise lacks that grant.
        return call.Permissions.Demand(CapabilityNames.Http, wanted) is not { } refused ? false : privately?.Code == "IB1131" ? privately : refused;
    }

    private async Task<Result<CapabilityAnswer>> ReadAsync(CapabilityCall call, Uri url, HttpResponseMessage response, bool isPrivate, CancellationToken ct)
    {
        var allowed = call.Permissions.MaxBytes(isPrivate ? CapabilityNames.PrivateHttp : CapabilityNames.Http, options.MaxHttpBytes, MaxBytes);
        using var content = new MemoryStream();
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            var buffer = new byte[81_920];
            int count;
            while ((count = await stream.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
            {
                if (content.Length + count > allowed)
                {
                    return CapabilityFailures.TooLarge(Origin(url), allowed);
                }

                content.Write(buffer, 0, count);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return Failed(call, url, e);
        }

        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(header => header.Value.Select(value => new HttpHeader(header.Key, value)));
        var value = new HttpValue((int)response.StatusCode, url.AbsoluteUri, [.. headers]);
        return Answer(value, CapabilityJson.Wire.HttpValue, content.GetBuffer().AsMemory(0, (int)content.Length));
    }

    private static HttpRequestMessage Request(string method, Uri url, List<HttpHeader> headers, ReadOnlyMemory<byte> content)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), url) { VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        if (!content.IsEmpty || method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new ReadOnlyMemoryContent(content);
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private static Uri? Next(Uri url, HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            && response.Headers.Location is { } location && Uri.TryCreate(url, location, out var next) ? next : null;

    private static Failure? HeaderProblem(HttpArguments arguments)
    {
        var names = arguments.Headers.Select(h => (h.Name, h.Value)).Concat((arguments.SecretHeaders ?? []).Select(s => (s.Name, Value: s.Prefix ?? ""))).ToList();
        if (names.Count > MaxHeaders)
        {
            return CapabilityFailures.RequestInvalid("headers", new($"最多 {MaxHeaders} 个", $"there are more than {MaxHeaders}"));
        }

        var bad = names.Find(h => h.Name.Length is 0 or > 100 || !h.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || Refused.Contains(h.Name) || !IsText(h.Value));
        return bad.Name is null ? null : CapabilityFailures.RequestInvalid("headers", new("有不允许的名称或值", "a name or value is not allowed"));
    }

    private static bool IsText(string value) => value.Length <= MaxHeaderLength && !value.Any(c => char.IsControl(c) && c != '\t');

    private async ValueTask<Result<List<HttpHeader>>> SecretsAsync(CapabilityCall call, IReadOnlyList<SecretHeader> wanted, CancellationToken ct)
    {
        var headers = new List<HttpHeader>();
        foreach (var (name, secret, prefix) in wanted)
        {
            if (!(await StoredSecrets.FindAsync(secrets, call, secret, isSent: true, ct).ConfigureAwait(false)).TryGet(out var value, out var failure))
            {
                return failure;
            }

            if (!IsText(value))
            {
                return CapabilityFailures.RequestInvalid("headers", new("机密不能用作标头的值", "the secret cannot be the value of a header"));
            }

            headers.Add(new(name, prefix + value));
        }

        return headers;
    }

    private static Failure Failed(CapabilityCall call, Uri url, Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case AddressRefusedException:
                    return CapabilityFailures.AddressRefused(call.PluginId, Origin(url));
                case SocketException socket:
                    return CapabilityFailures.HttpFailed(Origin(url), socket.SocketErrorCode.ToString());
                case AuthenticationException:
                    return CapabilityFailures.HttpFailed(Origin(url), "TLS");
            }
        }

        return CapabilityFailures.HttpFailed(Origin(url), exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? error.ToString() : "IO");
    }

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
