using System.ComponentModel;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Tasks.Api;

/// <summary><c>GET /tasks</c>.</summary>
internal static class ListTasks
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/tasks", HandleAsync)
        .WithName("ListTasks")
        .WithTags("Tasks")
        .WithSummary("Lists tasks of people: open ones first, what is due before what is not, then the newest; a page at a time.")
        .TakesQuery(TaskQuery.Names)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .RequirePermission(Permission.ReadTasks);

    private static async Task<Results<Ok<TaskPage>, FailureProblem>> HandleAsync([AsParameters] TaskQuery query, HttpContext http, HumanTasks tasks, CancellationToken ct) =>
        query.ToFilter().TryGet(out var filter, out var failure) ? TypedResults.Ok(await tasks.ListAsync(http.GetCaller(), filter, ct)) : failure.ToProblem();
}

/// <summary>The query parameters of <c>GET /tasks</c> as they came.</summary>
internal sealed class TaskQuery
{
    public static readonly string[] Names = ["state", "mine", "runId", "definitionId", "text", "page", "pageSize"];

    private const int MostPerPage = 200;
    private static readonly string[] States = ["open", "decided", "expired", "withdrawn"];
    private static readonly string[] Choices = ["true", "false"];

    [FromQuery(Name = "state"), Description("open, decided, expired or withdrawn.")]
    public string? State { get; init; }

    [FromQuery(Name = "mine"), Description("true for only those that ask the caller and that the caller has not decided.")]
    public string? Mine { get; init; }

    [FromQuery(Name = "runId"), Description("Only tasks of this run (UUID).")]
    public string? RunId { get; init; }

    [FromQuery(Name = "definitionId"), Description("Only tasks of this scenario.")]
    public string? DefinitionId { get; init; }

    [FromQuery(Name = "text"), Description("Only tasks whose title has this text in it, whatever the case; up to 200 characters.")]
    public string? Text { get; init; }

    [FromQuery(Name = "page"), Description("Page, from 1; 1 when left out.")]
    public string? Page { get; init; }

    [FromQuery(Name = "pageSize"), Description("Tasks a page, 1 to 200; 25 when left out.")]
    public string? PageSize { get; init; }

    /// <summary>The filter, or what is wrong with the first parameter that does not fit (IB3009).</summary>
    public Result<TaskFilter> ToFilter()
    {
        var defaults = new TaskFilter();
        Failure?[] checks =
        [
            QueryCheck.OneOf("state", State, States),
            QueryCheck.OneOf("mine", Mine, Choices),
            QueryCheck.Id("runId", RunId, out var run),
            QueryCheck.Text("definitionId", DefinitionId, out var definitionId),
            QueryCheck.Text("text", Text, out var text),
            QueryCheck.Number("page", Page, 1, int.MaxValue, defaults.Page, out var page),
            QueryCheck.Number("pageSize", PageSize, 1, MostPerPage, defaults.PageSize, out var pageSize),
        ];
        if (checks.FirstOrDefault(c => c is not null) is { } failure)
            return failure;
        return new TaskFilter
        {
            State = string.IsNullOrEmpty(State) ? null : Enum.Parse<TaskState>(State, ignoreCase: true),
            Mine = Mine == "true",
            RunId = run,
            DefinitionId = definitionId,
            Text = text,
            Page = page,
            PageSize = pageSize,
        };
    }
}
