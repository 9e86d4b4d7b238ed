using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
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
        .ChangesTask<TaskDelegation>("DelegateTask", "Hands the caller's decision to another person. The answer is the task as it stands.");

    private static Task<Results<Ok<TaskView>, FailureProblem>> HandleAsync(string id, HttpContext http, HumanTasks tasks, IOptions<TaskOptions> options, CancellationToken ct) =>
        TaskPost.AnswerAsync<TaskDelegation>(http.Request, options.Value, body => tasks.DelegateAsync(http.GetCaller(), id, body, ct), ct);
}
