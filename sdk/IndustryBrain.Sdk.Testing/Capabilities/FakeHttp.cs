using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Http;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Testing.Recording;

namespace IndustryBrain.Sdk.Testing.Capabilities;

/// <summary>Other systems in a test. A host that no reply is prepared for is refused as one that was not granted (IB1131); another URL of a prepared host is IB7111. Nothing but <see cref="Record"/> reaches a network.</summary>
public sealed class FakeHttp : FakeCapability
{
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(30);
    private ImmutableList<Source> _sources = [];
    private ImmutableList<FakeHttpRequest> _requests = [];

    internal FakeHttp(FakeHost host)
        : base(host)
    {
    }

    /// <summary>What components have sent, in order.</summary>
    public IReadOnlyList<FakeHttpRequest> Requests => _requests;

    /// <summary>Prepares a reply.</summary>
    /// <param name="request">Method and URL, such as <c>GET https://api.acme.com/rain?day=1</c>; a <c>*</c> at the end stands for any rest.</param>
    /// <param name="body">The body, in UTF-8.</param>
    /// <param name="status">The status.</param>
    /// <param name="contentType">Type of the body.</param>
    /// <exception cref="ArgumentException"><paramref name="request"/> is no method and URL.</exception>
    public void Reply(string request, string body, HttpStatusCode status = HttpStatusCode.OK, string contentType = "application/json")
    {
        ArgumentNullException.ThrowIfNull(request);
        var (method, rest) = request.Split(' ', 2) is [var m, var u] ? (m, u) : ("", "");
        var isPrefix = rest.EndsWith('*');
        if (!Uri.TryCreate(isPrefix ? rest[..^1] : rest, UriKind.Absolute, out var url) || HttpTarget.Of(method, url) is not { } origin)
        {
            throw new ArgumentException($"'{request}' is no method and URL such as 'GET https://api.acme.com/rain'.", nameof(request));
        }

        Add(new(
            target => target.Host == origin.Host && target.Port == origin.Port && target.Scheme == origin.Scheme && target.Methods.All(m => m == method),
            (sent, _) => Task.FromResult<Result<HttpResponseMessage>?>(
                sent.Method == method && (isPrefix ? sent.Url.AbsoluteUri.StartsWith(url.AbsoluteUri, StringComparison.Ordinal) : sent.Url.AbsoluteUri == url.AbsoluteUri)
                    ? new Result<HttpResponseMessage>(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, contentType) })
                    : null)));
    }

    /// <summary>Replies by a function, to any host.</summary>
    /// <param name="reply">Gives the response, or null to leave the request to what is prepared next. An <see cref="HttpRequestException"/> is a host that cannot be talked to (IB1134), a <see cref="TimeoutException"/> one that does not answer (IB1135).</param>
    public void Reply(Func<FakeHttpRequest, HttpResponseMessage?> reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        Reply((request, _) => Task.FromResult(reply(request)));
    }

    /// <summary>As <see cref="Reply(Func{FakeHttpRequest, HttpResponseMessage?})"/>, for a reply that takes its time.</summary>
    public void Reply(Func<FakeHttpRequest, CancellationToken, Task<HttpResponseMessage?>> reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        Add(new(_ => true, async (request, ct) => await reply(request, ct).ConfigureAwait(false) is { } response ? new Result<HttpResponseMessage>(response) : null));
    }

    /// <summary>Replies from a cassette; a request that is not on it is IB7112.</summary>
    /// <param name="cassette">Path of the file, from the folder of the test's source (where that is not there, of the test's assembly).</param>
    /// <param name="source">Filled in by the compiler.</param>
    public void Replay(string cassette, [CallerFilePath] string source = "")
    {
        var tape = Cassette.Open(CassettePath.Of(cassette, source));
        Add(new(_ => true, (request, _) => Task.FromResult<Result<HttpResponseMessage>?>(tape.Find(request))));
    }

    /// <summary>Sends requests to where they are meant for and writes requests and replies to a cassette, in place of one that is there, for <see cref="Replay"/>. No secret is written: values of <see cref="FakeHost.Secrets"/>, headers such as <c>Authorization</c> and <c>Cookie</c>, and what is named a token, key or password is put as <c>***</c>.</summary>
    /// <param name="cassette">Path of the file, as of <see cref="Replay"/>.</param>
    /// <param name="source">Filled in by the compiler.</param>
    public void Record(string cassette, [CallerFilePath] string source = "")
    {
        var recorder = new CassetteRecorder(CassettePath.Of(cassette, source), () => Host.Secrets.Values);
        Add(new(_ => true, async (request, ct) => await recorder.SendAsync(request, ct).ConfigureAwait(false)));
    }

    internal override async ValueTask<Result<CapabilityAnswer>> RequestAsync(FakeContext context, CapabilityRequest request, CancellationToken ct)
    {
        if (request.Operation != "send")
        {
            return Unknown(request);
        }

        if (Arguments(request, CapabilityJson.Wire.HttpArguments) is not { } arguments)
        {
            return BadArguments(request);
        }

        if (!Uri.TryCreate(arguments.Url, UriKind.Absolute, out var url) || HttpTarget.Of(arguments.Method, url) is not { } target)
        {
            return CapabilityFailures.RequestInvalid("url", new("应为 http 或 https 网址，不含账号，方法为常用方法之一", "it must be a URL of http or https without an account, and the method one of the usual"));
        }

        var headers = arguments.Headers.Select(h => KeyValuePair.Create(h.Name, h.Value)).ToList();
        foreach (var (name, secret, prefix) in arguments.SecretHeaders ?? [])
        {
            if (!Host.Secrets.Find(secret, isSent: true).TryGet(out var value, out var failure))
            {
                return failure;
            }

            headers.Add(new(name, prefix + value));
        }

        if (Host.Undeclared(CapabilityNames.Http, target.ToString()) is { } undeclared && Host.Undeclared(CapabilityNames.PrivateHttp, target.ToString()) is not null)
        {
            return undeclared;
        }

        var prepared = _sources.FindAll(s => s.Covers(target));
        if (prepared.IsEmpty)
        {
            // A host that is declared as one inside the enterprise lacks that grant.
            return Host.NotGranted(Host.Declares(CapabilityNames.PrivateHttp, target.ToString()) ? CapabilityNames.PrivateHttp : CapabilityNames.Http, target.ToString());
        }

        var sent = new FakeHttpRequest(arguments.Method, url, headers, request.Content);
        ImmutableInterlocked.Update(ref _requests, (held, added) => held.Add(added), sent);
        return await ReplyAsync(prepared, sent, ct).ConfigureAwait(false);
    }

    private static async Task<Result<CapabilityAnswer>> ReplyAsync(ImmutableList<Source> prepared, FakeHttpRequest request, CancellationToken ct)
    {
        try
        {
            foreach (var source in prepared)
            {
                if (await source.ReplyAsync(request, ct).ConfigureAwait(false) is not { } replied)
                {
                    continue;
                }

                if (!replied.TryGet(out var response, out var failure))
                {
                    return failure;
                }

                using (response)
                {
                    var content = await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false);
                    var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).SelectMany(h => h.Value.Select(v => new HttpHeader(h.Key, v)));
                    var final = response.RequestMessage?.RequestUri ?? request.Url;
                    return Answer(new HttpValue((int)response.StatusCode, final.AbsoluteUri, [.. headers]), CapabilityJson.Wire.HttpValue, content);
                }
            }

            return TestingFailures.NoReply(request.ToString());
        }
        catch (TimeoutException)
        {
            return CapabilityFailures.HttpTimedOut(request.Url.GetLeftPart(UriPartial.Authority), UsualTimeout);
        }
        catch (HttpRequestException e)
        {
            return CapabilityFailures.HttpFailed(request.Url.GetLeftPart(UriPartial.Authority), e.HttpRequestError == HttpRequestError.Unknown ? "IO" : e.HttpRequestError.ToString());
        }
    }

    private void Add(Source source) => ImmutableInterlocked.Update(ref _sources, (held, added) => held.Add(added), source);

    private sealed record Source(Func<HttpTarget, bool> Covers, Func<FakeHttpRequest, CancellationToken, Task<Result<HttpResponseMessage>?>> ReplyAsync);
}
