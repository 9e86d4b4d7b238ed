using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Tasks.Api;

/// <summary><c>POST /tasks/{id}/comments</c>.</summary>
internal static class CommentTask
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/tasks/{id}/comments", HandleAsync)
        .ChangesTask<TaskComment>("CommentTask", "Adds what the caller says to a task. The answer is the task as it stands.");

    private static Task<Results<Ok<TaskView>, FailureProblem>> HandleAsync(string id, HttpContext http, HumanTasks tasks, IOptions<TaskOptions> options, CancellationToken ct) =>
        TaskPost.AnswerAsync<TaskComment>(http.Request, options.Value, body => tasks.CommentAsync(http.GetCaller(), id, body, ct), ct);
}
