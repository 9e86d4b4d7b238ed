using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Runs;

/// <summary><c>GET /runs/{id}</c>.</summary>
internal static class GetRun
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/runs/{id}", HandleAsync)
        .WithName("GetRun")
        .WithTags("Runs")
        .WithSummary("One run as it stands, with its steps.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequirePermission(Permission.ReadRuns);

    private static async Task<Results<Ok<RunView>, FailureProblem>> HandleAsync(string id, HttpContext http, RunCoordinator runs, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var runId))
            return RuntimeFailures.RunUnknown(id).ToProblem();
        return (await runs.GetAsync(http.GetCaller(), runId, ct)).TryGet(out var run, out var failure) ? TypedResults.Ok(run) : failure.ToProblem();
    }
}
