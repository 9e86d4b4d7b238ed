using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Runs;

/// <summary><c>POST /runs/{id}/cancel</c>.</summary>
internal static class CancelRun
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/runs/{id}/cancel", HandleAsync)
        .WithName("CancelRun")
        .WithTags("Runs")
        .WithSummary("Ends a run, and the runs that it waits for; the answer is the run as it stands.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .RequirePermission(Permission.CancelRuns);

    private static async Task<Results<Ok<RunView>, FailureProblem>> HandleAsync(string id, HttpContext http, RunCoordinator runs, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var runId))
            return RuntimeFailures.RunUnknown(id).ToProblem();
        return (await runs.CancelAsync(http.GetCaller(), runId, ct)).TryGet(out var run, out var failure) ? TypedResults.Ok(run) : failure.ToProblem();
    }
}
