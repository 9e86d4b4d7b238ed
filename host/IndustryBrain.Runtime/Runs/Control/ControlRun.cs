using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Runs.Control;

/// <summary><c>POST /runs/{id}/pause</c>, <c>/resume</c>, <c>/terminate</c>, and the same to many.</summary>
internal static class ControlRun
{
    private const int MostBytes = 65_536;

    public static void Map(RouteGroupBuilder api)
    {
        Describe(api.MapPost("/runs/{id}/pause", PauseAsync), "PauseRun", "Holds a run at its next commit; what comes for it meanwhile is kept. The answer is the run as it stands.").Accepts<PauseRequest>("application/json", RequestBody.AnyType).RequirePermission(Permission.PauseRuns);
        Describe(api.MapPost("/runs/{id}/resume", ResumeAsync), "ResumeRun", "Lets a paused run go on. The answer is the run as it stands.").Accepts<ReasonRequest>("application/json", RequestBody.AnyType).RequirePermission(Permission.PauseRuns);
        Describe(api.MapPost("/runs/{id}/terminate", TerminateAsync), "TerminateRun", "Ends a run at once, and the runs that it waits for, without letting them clean up; calls under way are called off. The answer is the run as it stands.").Accepts<ReasonRequest>("application/json", RequestBody.AnyType).RequirePermission(Permission.TerminateRuns);
        Describe(api.MapPost("/runs/pauses", PauseManyAsync), "PauseRuns", "Pauses or resumes many runs, named or by a filter; with preview true only says which are meant.").Accepts<BulkIntervention>("application/json", RequestBody.AnyType).RequirePermission(Permission.PauseRuns);
        Describe(api.MapPost("/runs/terminations", TerminateManyAsync), "TerminateRuns", "Terminates many runs, named or by a filter; with preview true only says which are meant.").Accepts<BulkIntervention>("application/json", RequestBody.AnyType).RequirePermission(Permission.TerminateRuns);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .WithName(name)
        .WithTags("Runs")
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    private static async Task<Results<Ok<RunView>, FailureProblem>> PauseAsync(string id, HttpContext http, RunControls controls, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var runId))
            return RuntimeFailures.RunUnknown(id).ToProblem();
        if (!(await RequestBody.ReadAsync<PauseRequest>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return (await controls.PauseAsync(http.GetCaller(), runId, request, ct)).TryGet(out var run, out failure) ? TypedResults.Ok(run) : failure.ToProblem();
    }

    private static async Task<Results<Ok<RunView>, FailureProblem>> ResumeAsync(string id, HttpContext http, RunControls controls, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var runId))
            return RuntimeFailures.RunUnknown(id).ToProblem();
        if (!(await RequestBody.ReadAsync<ReasonRequest>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return (await controls.ResumeAsync(http.GetCaller(), runId, request.Reason, ct)).TryGet(out var run, out failure) ? TypedResults.Ok(run) : failure.ToProblem();
    }

    private static async Task<Results<Ok<RunView>, FailureProblem>> TerminateAsync(string id, HttpContext http, RunControls controls, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var runId))
            return RuntimeFailures.RunUnknown(id).ToProblem();
        if (!(await RequestBody.ReadAsync<ReasonRequest>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return (await controls.TerminateAsync(http.GetCaller(), runId, request.Reason, ct)).TryGet(out var run, out failure) ? TypedResults.Ok(run) : failure.ToProblem();
    }

    private static Task<Results<Ok<BulkIntervened>, FailureProblem>> PauseManyAsync(HttpContext http, RunControls controls, CancellationToken ct) => ApplyAsync(http, controls, ["pause", "resume"], ct);

    private static Task<Results<Ok<BulkIntervened>, FailureProblem>> TerminateManyAsync(HttpContext http, RunControls controls, CancellationToken ct) => ApplyAsync(http, controls, ["terminate"], ct);

    private static async Task<Results<Ok<BulkIntervened>, FailureProblem>> ApplyAsync(HttpContext http, RunControls controls, string[] actions, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<BulkIntervention>(http.Request, MostBytes, ct)).TryGet(out var bulk, out var failure))
            return failure.ToProblem();
        if (!actions.Contains(bulk.Action, StringComparer.Ordinal))
            return RuntimeFailures.BadRequest("action", new($"action 应为：{string.Join("、", actions)}。", $"action is one of: {string.Join(", ", actions)}.")).ToProblem();
        return (await controls.ApplyAsync(http.GetCaller(), bulk, ct)).TryGet(out var applied, out failure) ? TypedResults.Ok(applied) : failure.ToProblem();
    }
}
