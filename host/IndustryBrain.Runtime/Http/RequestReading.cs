using System.Text;
using System.Text.Json;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace IndustryBrain.Runtime.Http;

/// <summary>
/// Makes of a request what an endpoint gives to its run: <c>{"method","path","routeData","query","headers","contentType","content","files":[{"file","name","contentType","size"}],"outcome"}</c>.
/// Content is JSON as it says, a form as an object, any other text as text; what is no text is a file.
/// </summary>
internal sealed class RequestReading(HttpRequest request, HttpEndpointNode endpoint, Caller caller, FileStore files, HttpOptions options)
{
    private const string NoName = "upload.bin";
    private const int MostFields = 1000;

    // Whoever sees the run is not to see who may call it.
    private static readonly HashSet<string> Withheld = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key" };
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Storable.MaxDepth, AllowDuplicateProperties = false };

    private readonly List<object> _files = [];
    private long _left = endpoint.RequestSizeLimit ?? long.MaxValue;

    private long TextLimit => Math.Min(options.MaxRequestBytes, _left);

    /// <summary>Reads it. Refused: larger than allowed (IB3055), a file that the endpoint does not take (IB3056), content that cannot be read (IB3004, IB3009); what the endpoint exposes becomes an outcome instead.</summary>
    public async Task<Result<JsonElement>> ReadAsync(string path, RouteValueDictionary route, CancellationToken ct)
    {
        object? content = null;
        string? outcome = null;
        try
        {
            if (!(await ContentAsync(ct)).TryGet(out var read, out var failure))
                return failure;
            content = read.Value;
        }
        catch (RefusedException e) when (endpoint.ExposedOutcomes.Contains(e.Outcome, StringComparer.Ordinal))
        {
            outcome = e.Outcome;
        }
        catch (RefusedException e)
        {
            return e.Failure;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return HttpFailures.TooLarge("request", options.MaxRequestBytes);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException && !DatabaseOutage.IsDiskFull(e))
        {
            return HttpFailures.Unreadable();
        }

        var given = new Dictionary<string, object?>
        {
            ["method"] = request.Method.ToUpperInvariant(),
            ["path"] = path,
            ["routeData"] = route.ToDictionary(v => v.Key, v => v.Value?.ToString()),
            ["query"] = request.Query.ToDictionary(q => q.Key, q => OneOrMany([.. q.Value])),
            ["headers"] = request.Headers.Where(h => !Withheld.Contains(h.Key)).ToDictionary(h => h.Key, h => h.Value.ToArray()),
            ["contentType"] = request.ContentType,
            ["content"] = content,
            ["files"] = _files,
        };
        if (outcome is not null)
            given["outcome"] = outcome;
        var payload = JsonSerializer.SerializeToElement(given);
        return Storable.Fits(payload, Storable.MaxDepth + 1) ? payload : HttpFailures.Unreadable();
    }

    private async Task<Result<Content>> ContentAsync(CancellationToken ct)
    {
        if (request.ContentLength > _left)
            throw Refuse(HttpEndpointNode.TooLarge, HttpFailures.TooLarge("request", _left));
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            type = null;
        var media = type?.MediaType.Value ?? "";
        if (media.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return await FormAsync(type!, ct);
        if (media.Length == 0 || request.HasJsonContentType())
            return Json(await BytesAsync(ct), isDeclared: media.Length > 0);
        if (media.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return new Content(QueryHelpers.ParseQuery(TextOf(await BytesAsync(ct), type)).ToDictionary(f => f.Key, f => OneOrMany([.. f.Value])));
        if (media.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || media.EndsWith("xml", StringComparison.OrdinalIgnoreCase))
            return new Content(TextOf(await BytesAsync(ct), type) is { Length: > 0 } text ? text : null);
        if (request.ContentLength == 0)
            return new Content(null);
        AcceptLargeBody();
        return await StoreAsync(NameOf(request.Headers.ContentDisposition), media, request.Body, ct) is { } failure ? failure : new Content(null);
    }

    private async Task<Result<Content>> FormAsync(MediaTypeHeaderValue type, CancellationToken ct)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
            return HttpFailures.Unreadable();
        AcceptLargeBody();
        var fields = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var reader = new MultipartReader(boundary, request.Body);
        for (long held = 0; await reader.ReadNextSectionAsync(ct) is { } section;)
        {
            var disposition = section.GetContentDispositionHeader();
            if (disposition?.IsFileDisposition() == true)
            {
                if (await StoreAsync(NameOf(section.ContentDisposition), section.ContentType ?? "application/octet-stream", section.Body, ct) is { } failure)
                    return failure;
                continue;
            }

            var bytes = await BytesAsync(section.Body, ct);
            if ((held += bytes.Length) > options.MaxRequestBytes || fields.Count == MostFields)
                throw Refuse(HttpEndpointNode.TooLarge, HttpFailures.TooLarge("request", options.MaxRequestBytes));
            var name = disposition is null ? "" : HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (!fields.TryGetValue(name, out var values))
                fields[name] = values = [];
            values.Add(Encoding.UTF8.GetString(bytes));
        }

        return new Content(fields.Count == 0 ? null : fields.ToDictionary(f => f.Key, f => OneOrMany([.. f.Value])));
    }

    /// <returns>Why it could not be stored, or null.</returns>
    private async Task<Failure?> StoreAsync(string name, string media, Stream content, CancellationToken ct)
    {
        if (_files.Count == options.MaxFiles)
            throw Refuse(HttpEndpointNode.TooLarge, HttpFailures.TooManyFiles(options.MaxFiles));
        var extension = Path.GetExtension(name).TrimStart('.');
        if ((endpoint.AllowedFileExtensions.Count > 0 && !Has(endpoint.AllowedFileExtensions, extension)) || Has(endpoint.BlockedFileExtensions, extension))
            throw Refuse(HttpEndpointNode.BadExtension, HttpFailures.FileNotTaken(name));
        var type = media.Split(';')[0].Trim();
        if (endpoint.AllowedMimeTypes.Count > 0 && !endpoint.AllowedMimeTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
            throw Refuse(HttpEndpointNode.BadMediaType, HttpFailures.FileNotTaken(name));
        var limit = endpoint.FileSizeLimit is { } own && own <= _left ? own : _left;
        var outcome = limit == endpoint.FileSizeLimit ? HttpEndpointNode.FileTooLarge : HttpEndpointNode.TooLarge;
        await using var bounded = new BoundedStream(content, limit, () => Refuse(outcome, HttpFailures.TooLarge(name, limit)));
        if (!(await files.StoreAsync(caller, name, bounded, ct)).TryGet(out var stored, out var failure))
            return failure;
        _left -= stored.Size;
        _files.Add(new Dictionary<string, object> { ["file"] = stored.Id, ["name"] = stored.Name, ["contentType"] = type, ["size"] = stored.Size });
        return null;
    }

    private static bool Has(IReadOnlyList<string> extensions, string extension) => extensions.Any(e => e.TrimStart('.').Equals(extension, StringComparison.OrdinalIgnoreCase));

    // The store counts the bytes and refuses what is too large; Kestrel's own limit, made for small bodies, steps aside.
    private void AcceptLargeBody()
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
    }

    private Task<byte[]> BytesAsync(CancellationToken ct) => BytesAsync(request.Body, ct);

    private async Task<byte[]> BytesAsync(Stream body, CancellationToken ct)
    {
        var limit = TextLimit;
        await using var bounded = new BoundedStream(body, limit, () => Refuse(HttpEndpointNode.TooLarge, HttpFailures.TooLarge("request", limit)));
        using var held = new MemoryStream();
        await bounded.CopyToAsync(held, ct);
        _left -= held.Length;
        return held.ToArray();
    }

    private static Result<Content> Json(byte[] bytes, bool isDeclared)
    {
        if (bytes.Length == 0)
            return new Content(null);
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return new Content(document.RootElement.Clone());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return isDeclared ? RuntimeFailures.NotJson("request") : new Content(Encoding.UTF8.GetString(bytes));
        }
    }

    private static string TextOf(byte[] bytes, MediaTypeHeaderValue? type)
    {
        Encoding encoding;
        try
        {
            encoding = type?.Encoding ?? Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            encoding = Encoding.UTF8;
        }

        return encoding.GetString(bytes);
    }

    private static string NameOf(string? contentDisposition)
    {
        if (!ContentDispositionHeaderValue.TryParse(contentDisposition, out var header))
            return NoName;
        var given = HeaderUtilities.RemoveQuotes(header.FileNameStar.HasValue ? header.FileNameStar : header.FileName).Value ?? "";
        var name = Storable.Composed(given[(given.LastIndexOfAny(['/', '\\']) + 1)..]);
        return name.Length > 0 && Storable.Fits(name) ? name : NoName;
    }

    private static object? OneOrMany(string?[] values) => values.Length == 1 ? values[0] : values;

    private static RefusedException Refuse(string outcome, Failure failure) => new(outcome, failure);

    private sealed record Content(object? Value);

    /// <summary>Ends the reading from within the store, which then keeps nothing.</summary>
    private sealed class RefusedException(string outcome, Failure failure) : Exception
    {
        public string Outcome => outcome;

        public Failure Failure => failure;
    }
}
