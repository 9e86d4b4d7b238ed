using System.IO.Compression;
using System.Text;
using System.Text.Json;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IndustryBrain.Runtime.Http;

/// <summary>What a run answered, as an HTTP answer. It comes from whoever may write scenarios, on the address of the platform: a browser gives it no part in the platform's own pages.</summary>
internal sealed class RunAnswer(Caller caller, AnswerGiven answer, FileStore files) : IResult
{
    private const string AnyContent = "application/octet-stream";

    // The connection's own, and what would speak for the platform.
    private static readonly HashSet<string> Withheld = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Content-Security-Policy", "Content-Type", "Date", "Keep-Alive", "Proxy-Authenticate", "Server", "Set-Cookie", "Set-Cookie2", "Strict-Transport-Security", "Service-Worker-Allowed",
        "Clear-Site-Data", "Trailer", "Transfer-Encoding", "Upgrade", "X-Workflow-Instance-ID",
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.StatusCode;
        response.Headers.ContentSecurityPolicy = "sandbox allow-forms allow-popups allow-scripts";
        response.Headers.XContentTypeOptions = "nosniff";
        SetHeaders(response.Headers);
        if (answer.Files.Count > 0)
            await SendFilesAsync(httpContext);
        else if (answer.Content is { } body && !IsBodiless(answer.StatusCode))
            await SendAsync(response, body, httpContext.RequestAborted);
    }

    private void SetHeaders(IHeaderDictionary headers)
    {
        if (answer.Headers is not { ValueKind: JsonValueKind.Object } given)
            return;
        foreach (var header in given.EnumerateObject().Where(h => !Withheld.Contains(h.Name) && h.Name.Length > 0 && h.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            string[] values = header.Value.ValueKind == JsonValueKind.Array ? [.. header.Value.EnumerateArray().Select(TextOf)] : [TextOf(header.Value)];
            headers[header.Name] = values.Select(v => string.Concat(v.Where(c => c is >= ' ' and <= '~'))).ToArray();
        }
    }

    private async Task SendAsync(HttpResponse response, JsonElement body, CancellationToken ct)
    {
        response.ContentType = answer.ContentType;
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(TextOf(body));
        // What a run holds as bytes it hands over in Base64.
        if (answer.ContentType == AnyContent && body.ValueKind == JsonValueKind.String && body.TryGetBytesFromBase64(out var decoded))
            bytes = decoded;
        else if (answer.ContentType is { } type && !type.Contains("charset", StringComparison.OrdinalIgnoreCase) && type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
            response.ContentType = type + "; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, ct);
    }

    private async Task SendFilesAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        List<(string Name, Stream Content)> sent = [];
        try
        {
            foreach (var file in answer.Files)
            {
                if (await OpenAsync(file, sent.Count + 1, ct) is not { } opened)
                {
                    http.Response.Headers.Remove(HeaderNames.ContentType);
                    await HttpFailures.FileGone().ToProblem(StatusCodes.Status500InternalServerError).ExecuteAsync(http);
                    return;
                }

                sent.Add(opened);
            }

            if (sent is [var only])
                await Results.Stream(only.Content, answer.ContentType ?? AnyContent, answer.FileName ?? only.Name, entityTag: Tag(), enableRangeProcessing: answer.AcceptsRanges).ExecuteAsync(http);
            else
                await SendArchiveAsync(http.Response, sent, ct);
        }
        finally
        {
            foreach (var (_, content) in sent)
                await content.DisposeAsync();
        }
    }

    private async Task SendArchiveAsync(HttpResponse response, IReadOnlyList<(string Name, Stream Content)> sent, CancellationToken ct)
    {
        response.ContentType = answer.ContentType ?? "application/zip";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(answer.FileName ?? "download.zip");
        response.Headers.ContentDisposition = disposition.ToString();
        // The archive writes its last bytes synchronously, which the body itself refuses.
        await using var body = response.BodyWriter.AsStream(leaveOpen: true);
        await using var archive = await ZipArchive.CreateAsync(body, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var (name, content) in sent)
        {
            await using var entry = await archive.CreateEntry(name).OpenAsync(ct);
            await content.CopyToAsync(entry, ct);
        }
    }

    private async Task<(string Name, Stream Content)?> OpenAsync(JsonElement file, int number, CancellationToken ct)
    {
        if (file.ValueKind == JsonValueKind.String)
            return ($"file{number}.bin", new MemoryStream(file.TryGetBytesFromBase64(out var bytes) ? bytes : Encoding.UTF8.GetBytes(file.GetString()!)));
        if (file.ValueKind != JsonValueKind.Object || !file.TryGetProperty("file", out var id) || id.ValueKind != JsonValueKind.String)
            return ($"file{number}.json", new MemoryStream(Encoding.UTF8.GetBytes(file.GetRawText())));
        if (!(await files.FindAsync(caller, id.GetString()!, ct)).TryGet(out var stored, out _) || !(await files.OpenAsync(caller.Organization, stored.Id, ct)).TryGet(out var content, out _))
            return null;
        return (stored.Name, content);
    }

    private EntityTagHeaderValue? Tag() => answer.EntityTag is { Length: > 0 } tag && EntityTagHeaderValue.TryParse(tag.Contains('"', StringComparison.Ordinal) ? tag : $"\"{tag}\"", out var parsed) ? parsed : null;

    private static bool IsBodiless(int status) => status is < 200 or StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified;

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
