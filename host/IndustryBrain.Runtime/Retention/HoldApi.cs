using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Runtime.Runs.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Retention;

/// <summary><c>GET</c> and <c>POST /holds</c>, <c>POST /holds/{id}/lift</c>.</summary>
internal static class HoldApi
{
    private const int MostBytes = 65_536;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/holds", ListAsync)
            .WithName("ListHolds")
            .WithTags("Retention")
            .WithSummary("The legal holds of the organization, those placed last before others; lifted ones are among them.")
            .RequirePermission(Permission.ReadRuns);
        api.MapPost("/holds", PlaceAsync)
            .WithName("PlaceHold")
            .WithTags("Retention")
            .WithSummary("Keeps a run, the runs of a scenario, or all runs of the organization from being archived and deleted until the hold is lifted.")
            .Accepts<HoldRequest>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.HoldRuns);
        api.MapPost("/holds/{id}/lift", LiftAsync)
            .WithName("LiftHold")
            .WithTags("Retention")
            .WithSummary("Lifts a legal hold; it stays on record with who lifted it and why.")
            .Accepts<ReasonRequest>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.HoldRuns);
    }

    private static async Task<Ok<IReadOnlyList<LegalHold>>> ListAsync(HttpContext http, LegalHolds holds, CancellationToken ct) => TypedResults.Ok(await holds.ListAsync(http.GetCaller(), ct));

    private static async Task<Results<Created<LegalHold>, FailureProblem>> PlaceAsync(HttpContext http, LegalHolds holds, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<HoldRequest>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return (await holds.PlaceAsync(http.GetCaller(), request, ct)).TryGet(out var hold, out failure) ? TypedResults.Created("/api/v1/holds", hold) : failure.ToProblem();
    }

    private static async Task<Results<Ok<LegalHold>, FailureProblem>> LiftAsync(string id, HttpContext http, LegalHolds holds, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var holdId))
            return RetentionFailures.NoHold(id).ToProblem();
        if (!(await RequestBody.ReadAsync<ReasonRequest>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return (await holds.LiftAsync(http.GetCaller(), holdId, request.Reason, ct)).TryGet(out var hold, out failure) ? TypedResults.Ok(hold) : failure.ToProblem();
    }
}
