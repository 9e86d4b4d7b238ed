using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Tasks.Api;

/// <summary><c>GET /tasks/{id}</c>.</summary>
internal static class GetTask
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/tasks/{id}", HandleAsync)
        .WithName("GetTask")
        .WithTags("Tasks")
        .WithSummary("A task with what is asked and what happened to it.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequirePermission(Permission.ReadTasks);

    private static async Task<Results<Ok<TaskView>, FailureProblem>> HandleAsync(string id, HttpContext http, HumanTasks tasks, CancellationToken ct) =>
        (await tasks.GetAsync(http.GetCaller(), id, ct)).TryGet(out var task, out var failure) ? TypedResults.Ok(task) : failure.ToProblem();
}
