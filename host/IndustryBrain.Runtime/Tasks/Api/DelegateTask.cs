using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Tasks.Api;

/// <summary><c>POST /tasks/{id}/delegation</c>.</summary>
internal static class DelegateTask
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/tasks/{id}/delegation", HandleAsync)
        .WithName("DelegateTask")
        .WithTags("Tasks")
        .WithSummary("Hands the caller's decision to another person. The answer is the task as it stands.")
        .Accepts<TaskDelegation>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequirePermission(Permission.DecideTasks);

    private static async Task<Results<Ok<TaskView>, FailureProblem>> HandleAsync(string id, HttpContext http, HumanTasks tasks, IOptions<TaskOptions> options, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<TaskDelegation>(http.Request, options.Value.BodyBytes, ct)).TryGet(out var body, out var failure))
            return failure.ToProblem();
        return (await tasks.DelegateAsync(http.GetCaller(), id, body, ct)).TryGet(out var task, out failure) ? TypedResults.Ok(task) : failure.ToProblem();
    }
}
