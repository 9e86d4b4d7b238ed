using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IndustryBrain.Runtime.Api;

/// <summary>Reads request bodies: bounded, JSON only, no member twice, no member that nobody knows.</summary>
internal static partial class RequestBody
{
    /// <summary>Named beside the expected type where routing would otherwise answer another one itself, without our code.</summary>
    public const string AnyType = "*/*";

    // As deep as a judgement looks.
    private const int MostDepth = 1000;

    /// <summary>Bytes that are read at once.</summary>
    private const int Piece = 16 * 1024;

    private static ReadOnlySpan<byte> Bom => "\uFEFF"u8;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 64,
    };

    /// <summary>The body as it came, at most <paramref name="limit"/> bytes (IB3008), of a JSON content type or none (IB3019).</summary>
    public static async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(HttpRequest request, int limit, string where, CancellationToken ct)
    {
        if (!string.IsNullOrEmpty(request.ContentType) && (!request.HasJsonContentType() || !IsUtf8(request.ContentType)))
            return RuntimeFailures.ContentType("application/json; charset=utf-8");
        if (request.ContentLength > limit)
            return RuntimeFailures.TooLarge(where, limit);
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        int read;
        try
        {
            while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
            {
                if (body.Length + read > limit)
                    return RuntimeFailures.TooLarge(where, limit);
                body.Write(buffer, 0, read);
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return RuntimeFailures.TooLarge(where, limit);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var bytes = body.ToArray();
        return new ReadOnlyMemory<byte>(bytes, bytes.AsSpan().StartsWith(Bom) ? Bom.Length : 0, bytes.Length - (bytes.AsSpan().StartsWith(Bom) ? Bom.Length : 0));
    }

    private static bool IsUtf8(string contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);

    /// <summary>The body as a request record; no body counts as an empty object.</summary>
    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request, int limit, CancellationToken ct)
        where T : notnull
    {
        if (!(await ReadAsync(request, limit, "request", ct)).TryGet(out var bytes, out var failure))
            return failure;
        try
        {
            return JsonSerializer.Deserialize<T>(bytes.IsEmpty ? "{}"u8 : bytes.Span, Strict) is { } value
                ? value
                : RuntimeFailures.NotAnObject();
        }
        catch (JsonException e) when (Duplicate().Match(e.Message) is { Success: true } twice)
        {
            return RuntimeFailures.Twice(twice.Groups[1].Value);
        }
        catch (JsonException e)
        {
            return Judge(bytes, typeof(T), e);
        }
        catch (InvalidOperationException)
        {
            // A name or text that is no text: half of a surrogate pair, or bytes that are not UTF-8.
            return RuntimeFailures.NotJson("request");
        }
    }

    // What cannot be read into the record may be sound JSON all the same.
    private static Failure Judge(ReadOnlyMemory<byte> bytes, Type type, JsonException reason)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.IsEmpty ? "{}"u8.ToArray() : bytes, new JsonDocumentOptions { MaxDepth = MostDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return RuntimeFailures.NotAnObject();
            if (Storable.IsTooDeep(document.RootElement, Strict.MaxDepth))
                return RuntimeFailures.TooDeep(Strict.MaxDepth);
            return BodyShape.Judge(document.RootElement, Strict.GetTypeInfo(type), "") ?? RuntimeFailures.NotJson(Position(reason));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return RuntimeFailures.NotJson(Position(reason));
        }
    }

    [GeneratedRegex("^Duplicate property '(.+?)' encountered")]
    private static partial Regex Duplicate();

    private static string Position(JsonException e) => FormattableString.Invariant($"line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}");
}
