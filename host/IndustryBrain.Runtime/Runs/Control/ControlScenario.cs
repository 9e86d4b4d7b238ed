using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Runs.Control;

/// <summary><c>POST /scenarios/{definitionId}/pause</c> and <c>/resume</c>, and <c>GET /scenarios/paused</c>.</summary>
internal static class ControlScenario
{
    private const int MostBytes = 65_536;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/scenarios/{definitionId}/pause", PauseAsync)
            .WithName("PauseScenario")
            .WithTags("Scenarios")
            .WithSummary("Holds the runs that start from now on: they are accepted and begin when the scenario is resumed. Those that other runs start are among them. Runs under way go on.")
            .Accepts<PauseRequest>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.PauseRuns);
        api.MapPost("/scenarios/{definitionId}/resume", ResumeAsync)
            .WithName("ResumeScenario")
            .WithTags("Scenarios")
            .WithSummary("Lets runs of the scenario begin again, those first that were held. The answer is the scenarios that are still held.")
            .Accepts<ReasonRequest>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.PauseRuns);
        api.MapGet("/scenarios/paused", ListAsync)
            .WithName("ListPausedScenarios")
            .WithTags("Scenarios")
            .WithSummary("The scenarios whose new runs are held, with who holds them.")
            .RequirePermission(Permission.ReadRuns);
    }

    private static async Task<Results<Ok<PausedScenario>, FailureProblem>> PauseAsync(string definitionId, HttpContext http, RunControls controls, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<PauseRequest>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return (await controls.PauseScenarioAsync(http.GetCaller(), definitionId, request, ct)).TryGet(out var paused, out failure) ? TypedResults.Ok(paused) : failure.ToProblem();
    }

    private static async Task<Results<Ok<IReadOnlyList<PausedScenario>>, FailureProblem>> ResumeAsync(string definitionId, HttpContext http, RunControls controls, ScenarioPauses pauses, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<ReasonRequest>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return await controls.ResumeScenarioAsync(http.GetCaller(), definitionId, request.Reason, ct) is { } refused ? refused.ToProblem() : TypedResults.Ok(await pauses.ListAsync(http.GetCaller(), ct));
    }

    private static async Task<Ok<IReadOnlyList<PausedScenario>>> ListAsync(HttpContext http, ScenarioPauses pauses, CancellationToken ct) => TypedResults.Ok(await pauses.ListAsync(http.GetCaller(), ct));
}
