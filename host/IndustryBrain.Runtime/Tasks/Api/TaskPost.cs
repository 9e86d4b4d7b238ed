using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IndustryBrain.Runtime.Tasks.Api;

/// <summary>What the requests that change a task have in common.</summary>
internal static class TaskPost
{
    public static RouteHandlerBuilder ChangesTask<TBody>(this RouteHandlerBuilder endpoint, string name, string summary)
        where TBody : notnull => endpoint
        .WithName(name)
        .WithTags("Tasks")
        .WithSummary(summary)
        .Accepts<TBody>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequirePermission(Permission.DecideTasks);

    public static async Task<Results<Ok<TaskView>, FailureProblem>> AnswerAsync<TBody>(HttpRequest request, TaskOptions options, Func<TBody, Task<Result<TaskView>>> change, CancellationToken ct)
        where TBody : notnull
    {
        if (!(await RequestBody.ReadAsync<TBody>(request, options.BodyBytes, ct)).TryGet(out var body, out var failure))
            return failure.ToProblem();
        return (await change(body)).TryGet(out var task, out failure) ? TypedResults.Ok(task) : failure.ToProblem();
    }
}
