using System.ComponentModel;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Limits;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Quotas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Runs;

/// <summary><c>POST /scenarios/{definitionId}/runs</c>.</summary>
internal static class StartRun
{
    /// <summary>Room for what stands around the input in the body.</summary>
    private const int Envelope = 1024;
    private const double LongestWait = 120;
    private const string RetryAfterSeconds = "5";

    public static void Map(RouteGroupBuilder api) => api.MapPost("/scenarios/{definitionId}/runs", HandleAsync)
        .WithName("StartRun")
        .WithTags("Runs")
        .WithSummary("Accepts a run of the published version: 202 with its address; with ?wait=30: 200 with the run as soon as it ended or waits, at the latest after so many seconds (up to 120). With an Idempotency-Key the second request gets the run of the first.")
        .Accepts<InputRequest>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .TakesQuery("wait", "environment")
        .RequireRateLimiting(RateLimits.Starts)
        .RequirePermission(Permission.StartRuns);

    private static async Task<Results<Accepted<RunView>, Ok<RunView>, FailureProblem>> HandleAsync(
        string definitionId, [Description("Seconds, 0 to 120.")] string? wait, [Description("test or production; production when left out.")] string? environment, HttpContext http, RunCoordinator runs, RepeatedStarts repeated, UsageMeter quotas, IOptions<RunOptions> options, CancellationToken ct)
    {
        double seconds = 0;
        if (wait is not null && (!double.TryParse(wait, System.Globalization.CultureInfo.InvariantCulture, out seconds) || seconds is not (>= 0 and <= LongestWait)))
            return QueryCheck.Invalid("wait", new("0 至 120 的秒数", "a number of seconds from 0 to 120")).ToProblem();
        if (!(await RequestBody.ReadAsync<InputRequest>(http.Request, options.Value.InlineBytes + Envelope, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        var caller = http.GetCaller();
        environment = string.IsNullOrEmpty(environment) ? ScenarioEnvironments.Production : environment;
        Guid? id = null;
        if (http.Request.Headers.TryGetValue(RepeatedStarts.Header, out var key))
        {
            if (RepeatedStarts.Refuse(key.ToString()) is { } badKey)
                return badKey.ToProblem();
            id = (await repeated.FindAsync(caller.Organization, $"{definitionId}\n{(environment == ScenarioEnvironments.Production ? "run" : $"run {environment}")}\n{caller.Actor.Kind}/{caller.Actor.Id}\n{key}", ct)).Id;
        }

        if (!(await runs.StartAsync(caller, definitionId, environment, request.InputOrEmpty(), id, ct)).TryGet(out var run, out failure))
        {
            if (failure.Code == RuntimeFailures.Behind)
                http.Response.Headers.RetryAfter = RetryAfterSeconds;
            else if (quotas.RetryAfter(failure) is { Ticks: > 0 } later)
                http.Response.Headers.RetryAfter = Math.Ceiling(later.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return failure.ToProblem();
        }

        if (wait is null)
            return TypedResults.Accepted($"/api/v1/runs/{run.Id}", run);
        return (await runs.WaitAsync(caller, run.Id, TimeSpan.FromSeconds(seconds), ct)).TryGet(out run, out failure) ? TypedResults.Ok(run) : failure.ToProblem();
    }
}
