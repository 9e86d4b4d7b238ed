using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Limits;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Files;

/// <summary><c>POST /files/{id}/arrivals</c>: a stored file arrives in a folder, as if it had been put there.</summary>
internal static class ArriveFile
{
    private const int BodyBytes = 1024;

    public static void Map(RouteGroupBuilder api) => api.MapPost("/files/{id}/arrivals", HandleAsync)
        .WithName("ArriveFile")
        .WithTags("Files")
        .WithSummary("Lets a stored file arrive in a folder that triggers name: the scenarios start that take files of its name there. 202 once that is on record; a file arrives in a folder once.")
        .Accepts<ArrivalBody>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .RequireRateLimiting(RateLimits.Starts)
        .RequirePermission(Permission.StartRuns);

    private static async Task<Results<Accepted, FailureProblem>> HandleAsync(string id, HttpContext http, FileStore files, ScenarioTriggers triggers, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<ArrivalBody>(http.Request, BodyBytes, ct)).TryGet(out var body, out var failure))
            return failure.ToProblem();
        if (string.IsNullOrWhiteSpace(body.Folder) || !Storable.Fits(body.Folder))
            return Refusals.Missing("folder").ToProblem();
        var caller = http.GetCaller();
        if (!(await files.FindAsync(caller, id, ct)).TryGet(out var file, out failure))
            return failure.ToProblem();
        return await triggers.ArriveAsync(caller, body.Folder, file, ct) is { } refused ? refused.ToProblem() : TypedResults.Accepted((string?)null);
    }
}

/// <summary>Where a file arrives.</summary>
/// <param name="Folder">Name of the folder, as triggers say it.</param>
internal sealed record ArrivalBody(string? Folder = null);
