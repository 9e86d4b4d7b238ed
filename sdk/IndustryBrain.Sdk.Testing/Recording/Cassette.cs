using System.Net;
using System.Text;
using System.Text.Json;
using IndustryBrain.Sdk.Testing.Capabilities;

namespace IndustryBrain.Sdk.Testing.Recording;

/// <summary>Recorded requests and replies. Equal requests get their replies in the order they were recorded, the last one again after it.</summary>
internal sealed class Cassette
{
    private static readonly SecretMask ByName = new([]);
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Failure? _failure;
    private readonly Dictionary<string, Queue<RecordedResponse>> _replies = new(StringComparer.Ordinal);

    private Cassette(string path, Failure failure) => (_path, _failure) = (path, failure);

    private Cassette(string path, CassetteFile file)
    {
        _path = path;
        foreach (var (request, response) in file.Exchanges)
        {
            var key = Key(request);
            if (!_replies.TryGetValue(key, out var replies))
            {
                _replies[key] = replies = [];
            }

            replies.Enqueue(response);
        }
    }

    /// <summary>Opens a cassette; what is wrong with it is the answer to each request.</summary>
    public static Cassette Open(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), CassetteJson.Readable.CassetteFile);
            return file is { Cassette: 1 } ? new(path, file) : new(path, TestingFailures.CassetteUnusable(Path.GetFileName(path), "version"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new(path, TestingFailures.CassetteUnusable(Path.GetFileName(path), e.Message));
        }
    }

    /// <summary>The reply to a request, or IB7112.</summary>
    public Result<HttpResponseMessage> Find(FakeHttpRequest request)
    {
        if (_failure is not null)
        {
            return _failure;
        }

        var wanted = Recorded(request, ByName);
        lock (_gate)
        {
            if (!_replies.TryGetValue(Key(wanted), out var replies) && !TryFindMasked(wanted, out replies))
            {
                return TestingFailures.NotOnCassette($"{wanted.Method} {wanted.Url}", Path.GetFileName(_path));
            }

            return Response(replies!.Count > 1 ? replies.Dequeue() : replies.Peek());
        }
    }

    /// <summary>A request as it stands on a cassette.</summary>
    public static RecordedRequest Recorded(FakeHttpRequest request, SecretMask mask) =>
        new(request.Method, mask.Url(request.Url), mask.Headers(request.Headers), mask.Body(request.Content, request.Header("Content-Type")));

    private bool TryFindMasked(RecordedRequest wanted, out Queue<RecordedResponse>? replies)
    {
        // A value that was a secret when it was recorded: each mask stands for any text.
        replies = _replies.FirstOrDefault(r => r.Key.Contains("***", StringComparison.Ordinal) && Fits(r.Key, Key(wanted))).Value;
        return replies is not null;
    }

    private static bool Fits(string masked, string text)
    {
        var parts = masked.Split("***");
        if (!text.StartsWith(parts[0], StringComparison.Ordinal) || !text.EndsWith(parts[^1], StringComparison.Ordinal))
        {
            return false;
        }

        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            if (text.IndexOf(part, at, StringComparison.Ordinal) is >= 0 and var found)
            {
                at = found + part.Length;
            }
            else
            {
                return false;
            }
        }

        return at <= text.Length - parts[^1].Length;
    }

    private static string Key(RecordedRequest request) => $"{request.Method} {request.Url}\n{request.Body?.Text ?? request.Body?.Base64}";

    private static HttpResponseMessage Response(RecordedResponse recorded)
    {
        var body = recorded.Body switch { { Text: { } text } => Encoding.UTF8.GetBytes(text), { Base64: { } base64 } => Convert.FromBase64String(base64), _ => [] };
        var response = new HttpResponseMessage((HttpStatusCode)recorded.Status) { Content = new ByteArrayContent(body), RequestMessage = new(HttpMethod.Get, recorded.Url) };
        foreach (var (name, value) in recorded.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }
}
