using System.Net;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>Requests to the hosts that the plugin may reach (<c>http</c>, <c>http.private</c>). The host sends them: it checks method, host and address, follows redirects within what is permitted only, and limits sizes and time. Responses are whole, decompressed, and at most as large as was granted.</summary>
public sealed class HttpCapability
{
    private static readonly HttpRequestOptionsKey<List<SecretHeader>> SecretHeaders = new("IndustryBrain.SecretHeaders");
    private readonly ComponentContext _context;

    internal HttpCapability(ComponentContext context) => _context = context;

    /// <summary>Gets a URL.</summary>
    /// <returns>The response, which the caller disposes, whatever its status; or the failure.</returns>
    public async ValueTask<Result<HttpResponseMessage>> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        return await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request.</summary>
    /// <returns>The response, which the caller disposes, whatever its status; or the failure.</returns>
    public async ValueTask<Result<HttpResponseMessage>> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var content = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .Where(header => header.Key != "Content-Length")
            .SelectMany(header => header.Value.Select(value => new HttpHeader(header.Key, value)));
        request.Options.TryGetValue(SecretHeaders, out var secrets);
        var arguments = new HttpArguments(request.Method.Method, request.RequestUri?.OriginalString ?? "", [.. headers], secrets);
        var asked = await _context.RequestAsync(CapabilityNames.Http, "send", arguments, CapabilityJson.Wire.HttpArguments, CapabilityJson.Wire.HttpValue, content, cancellationToken).ConfigureAwait(false);
        return asked.TryGet(out var answer, out var failure) ? Response(request, answer.Value, answer.Content) : failure;
    }

    /// <summary>A handler for libraries that take an <see cref="HttpClient"/>. What is refused is thrown as <see cref="HttpRequestException"/> with a <see cref="FailureException"/> in it; a component that lets it pass answers with that failure.</summary>
    public HttpMessageHandler CreateHandler() => new Handler(this);

    /// <summary>Adds a header whose value is a secret that the host puts in: the plugin never sees it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="header">Name of the header, such as <c>Authorization</c>.</param>
    /// <param name="secret">Name of the secret.</param>
    /// <param name="prefix">What stands before it, such as <c>Bearer </c>.</param>
    public static void AddSecretHeader(HttpRequestMessage request, string header, string secret, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.Options.TryGetValue(SecretHeaders, out var headers))
        {
            request.Options.Set(SecretHeaders, headers = []);
        }

        headers.Add(new(header, secret, prefix));
    }

    private static HttpResponseMessage Response(HttpRequestMessage request, HttpValue value, ReadOnlyMemory<byte> content)
    {
        var response = new HttpResponseMessage((HttpStatusCode)value.Status) { RequestMessage = request, Content = new ReadOnlyMemoryContent(content) };
        foreach (var (name, text) in value.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, text))
            {
                response.Content.Headers.TryAddWithoutValidation(name, text);
            }
        }

        if (Uri.TryCreate(value.Url, UriKind.Absolute, out var final))
        {
            request.RequestUri = final;
        }

        return response;
    }

    private sealed class Handler(HttpCapability http) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            (await http.SendAsync(request, cancellationToken).ConfigureAwait(false)).TryGet(out var response, out var failure)
                ? response
                : throw new HttpRequestException(failure.Message.En, new FailureException(failure));
    }
}
