using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Tasks.Api;

/// <summary><c>POST /tasks/{id}/decision</c>.</summary>
internal static class DecideTask
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/tasks/{id}/decision", HandleAsync)
        .ChangesTask<TaskDecision>("DecideTask", "Decides a task that asks the caller; the run goes on as soon as enough have decided alike. The answer is the task as it stands.");

    private static Task<Results<Ok<TaskView>, FailureProblem>> HandleAsync(string id, HttpContext http, HumanTasks tasks, IOptions<TaskOptions> options, CancellationToken ct) =>
        TaskPost.AnswerAsync<TaskDecision>(http.Request, options.Value, body => tasks.DecideAsync(http.GetCaller(), id, body, ct), ct);
}
