using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Library;

/// <summary><c>POST /scenarios/{definitionId}/promote</c>.</summary>
internal static class PromoteScenario
{
    private const int MostBytes = 4096;

    /// <summary>What is meant.</summary>
    /// <param name="Version">The version that was tested; null for whichever is in test.</param>
    /// <param name="Digest">SHA-256 of its document, in hexadecimal; null likewise.</param>
    internal sealed record Request(int? Version, string? Digest);

    public static void Map(RouteGroupBuilder api) => api.MapPost("/scenarios/{definitionId}/promote", HandleAsync)
        .WithName("PromoteScenario")
        .WithTags("Scenarios")
        .WithSummary("Lets the version that is in test be the one of production: the same document, components in the same versions.")
        .Accepts<Request>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequirePermission(Permission.PublishScenarios);

    private static async Task<Results<Ok<ScenarioSummary>, FailureProblem>> HandleAsync(string definitionId, HttpContext http, ScenarioLibrary library, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<Request>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return (await library.PromoteAsync(http.GetCaller(), definitionId, request.Version, request.Digest, ct)).TryGet(out var scenario, out failure) ? TypedResults.Ok(scenario) : failure.ToProblem();
    }
}
