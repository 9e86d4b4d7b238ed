using System.Text;
using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Runs;

/// <summary><c>POST /runs/{id}/events/{name}</c>.</summary>
internal static class RaiseRunEvent
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static void Map(RouteGroupBuilder api) => api.MapPost("/runs/{id}/events/{name}", HandleAsync)
        .WithName("RaiseRunEvent")
        .WithTags("Runs")
        .WithSummary("Gives a run the event it waits for; the body, any JSON or nothing, is what the event carries. The answer is the run as it stands.")
        .Accepts<JsonElement>(isOptional: true, "application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .RequirePermission(Permission.StartRuns);

    private static async Task<Results<Ok<RunView>, FailureProblem>> HandleAsync(
        string id, string name, HttpContext http, RunCoordinator runs, IOptions<RunOptions> options, CancellationToken ct)
    {
        if (name.Contains('%', StringComparison.Ordinal))
            name = LastSegment(http);
        if (!Guid.TryParse(id, out var runId))
            return RuntimeFailures.RunUnknown(id).ToProblem();
        if (!(await RequestBody.ReadAsync(http.Request, options.Value.InlineBytes, "payload", ct)).TryGet(out var body, out var failure)
            || !Read(body).TryGet(out var payload, out failure))
            return failure.ToProblem();
        return (await runs.RaiseEventAsync(http.GetCaller(), runId, name, payload.Value, ct)).TryGet(out var run, out failure) ? TypedResults.Ok(run) : failure.ToProblem();
    }

    // Routing leaves an escaped slash as it stands, because a slash parts a path; in the name of an event it is a letter like others.
    private static string LastSegment(HttpContext http)
    {
        var path = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].TrimEnd('/');
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }

    private static Result<Payload> Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return new Payload(null);
        // PostgreSQL keeps no NUL in text, and nothing that people send holds one.
        if (body.Span.IndexOf("\\u0000"u8) >= 0)
            return RuntimeFailures.BadRequest("payload", new("内容中含有 NUL 字符。", "The payload contains a NUL character."));
        try
        {
            // Text that is not UTF-8, or half a character, is found here and not when it is kept.
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(body.Span);
            using var document = JsonDocument.Parse(body, Strict);
            return new Payload(document.RootElement.Clone());
        }
        // A name that is half of a surrogate pair is no JSON exception.
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            return RuntimeFailures.NotJson("payload");
        }
    }

    private sealed record Payload(JsonElement? Value);
}
