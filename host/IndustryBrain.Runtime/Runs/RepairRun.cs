using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Runs;

/// <summary><c>POST /runs/{id}/repairs</c>.</summary>
internal static class RepairRun
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 200;
    private const int Envelope = 65_536;

    public static void Map(RouteGroupBuilder api) => api.MapPost("/runs/{id}/repairs", HandleAsync)
        .WithName("RepairRun")
        .WithTags("Runs")
        .WithSummary("Lets a run go on that broke: retry what broke, skip a step with given outputs, or move the run to another published version and retry there. The answer is the run as it stands; with an Idempotency-Key the second request changes nothing.")
        .Accepts<RunRepair>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequirePermission(Permission.RepairRuns);

    public static void MapBulk(RouteGroupBuilder api) => api.MapPost("/runs/repairs", HandleBulkAsync)
        .WithName("RepairRuns")
        .WithTags("Runs")
        .WithSummary("Lets many runs go on that broke, named or by a filter; with preview true only says what would happen. The answer says for each run whether it goes on, and how many are left.")
        .Accepts<BulkRepair>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequirePermission(Permission.RepairRuns);

    private static async Task<Results<Ok<BulkRepaired>, FailureProblem>> HandleBulkAsync(HttpContext http, RunRepairs repairs, IOptions<RunOptions> options, CancellationToken ct)
    {
        if (!KeyOf(http.Request).TryGet(out var key, out var failure) || !(await RequestBody.ReadAsync<BulkRepair>(http.Request, options.Value.InlineBytes + Envelope, ct)).TryGet(out var bulk, out failure))
            return failure.ToProblem();
        return (await repairs.RepairAsync(http.GetCaller(), bulk, key.Text, ct)).TryGet(out var repaired, out failure) ? TypedResults.Ok(repaired) : failure.ToProblem();
    }

    private static async Task<Results<Ok<RunView>, FailureProblem>> HandleAsync(string id, HttpContext http, RunRepairs repairs, IOptions<RunOptions> options, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var runId))
            return RuntimeFailures.RunUnknown(id).ToProblem();
        if (!KeyOf(http.Request).TryGet(out var key, out var failure) || !(await RequestBody.ReadAsync<RunRepair>(http.Request, options.Value.InlineBytes + Envelope, ct)).TryGet(out var repair, out failure))
            return failure.ToProblem();
        return (await repairs.RepairAsync(http.GetCaller(), runId, repair, key.Text, ct)).TryGet(out var run, out failure) ? TypedResults.Ok(run) : failure.ToProblem();
    }

    /// <summary>The key by which a request that comes again is the same.</summary>
    public static Result<RequestKey> KeyOf(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(KeyHeader, out var header))
            return new RequestKey(null);
        return header.ToString() is { Length: > 0 and <= LongestKey } text && !text.Any(c => c is < ' ' or > '~') ? new RequestKey(text) : Http.HttpFailures.BadKey(LongestKey);
    }
}

/// <summary>The key of a request, or none.</summary>
/// <param name="Text">The key.</param>
internal sealed record RequestKey(string? Text);
