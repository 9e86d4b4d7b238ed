using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Limits;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Scenarios.Inputs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Triggers;

/// <summary><c>POST /events/{name}</c>.</summary>
internal static class PublishEventRequest
{
    private const int Envelope = 1024;
    private const int LongestName = 200;

    public static void Map(RouteGroupBuilder api) => api.MapPost("/events/{name}", HandleAsync)
        .WithName("PublishEvent")
        .WithTags("Events")
        .WithSummary("Publishes an event: the runs that wait for it go on, the scenarios whose trigger it is start. 202 once that is on record; with an Idempotency-Key the second request changes nothing.")
        .Accepts<EventBody>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .RequireRateLimiting(RateLimits.Starts)
        .RequirePermission(Permission.StartRuns);

    private static async Task<Results<Accepted, FailureProblem>> HandleAsync(string name, HttpContext http, ScenarioTriggers triggers, IOptions<RunOptions> options, CancellationToken ct)
    {
        if (name.Length > LongestName || !Storable.Fits(name))
            return RuntimeFailures.BadRequest("name", new($"事件名最多 {LongestName} 个字符，不含 U+0000。", $"The name of an event has at most {LongestName} characters, none of them U+0000.")).ToProblem();
        if (!(await RequestBody.ReadAsync<EventBody>(http.Request, options.Value.InlineBytes + Envelope, ct)).TryGet(out var body, out var failure))
            return failure.ToProblem();
        if (!Storable.Fits(body.CorrelationId) || (body.Payload is { } payload && !Storable.Fits(payload)))
            return RuntimeFailures.NotStorable("payload").ToProblem();
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > LongestName)
            return RuntimeFailures.BadRequest("Idempotency-Key", new($"最多 {LongestName} 个字符。", $"At most {LongestName} characters.")).ToProblem();
        await triggers.PublishAsync(http.GetCaller(), name, body.CorrelationId, body.Payload, key.Length > 0 ? key : null, ct);
        return TypedResults.Accepted((string?)null);
    }
}

/// <summary>An event that somebody publishes.</summary>
/// <param name="CorrelationId">Only runs with this correlation id are meant; null for all. A run that the event starts gets it.</param>
/// <param name="Payload">What it carries: any JSON, or null.</param>
internal sealed record EventBody(string? CorrelationId = null, JsonElement? Payload = null);
