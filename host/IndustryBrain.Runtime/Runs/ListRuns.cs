using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Runs;

/// <summary><c>GET /runs</c>.</summary>
internal static class ListRuns
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/runs", HandleAsync)
        .WithName("ListRuns")
        .WithTags("Runs")
        .WithSummary("Lists runs, newest first, a page at a time.")
        .TakesQuery(RunQuery.Names)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .RequirePermission(Permission.ReadRuns);

    private static async Task<Results<Ok<RunPage>, FailureProblem>> HandleAsync([AsParameters] RunQuery query, HttpContext http, RunCoordinator runs, CancellationToken ct) =>
        query.ToFilter().TryGet(out var filter, out var failure) ? TypedResults.Ok(await runs.ListAsync(http.GetCaller(), filter, ct)) : failure.ToProblem();
}
