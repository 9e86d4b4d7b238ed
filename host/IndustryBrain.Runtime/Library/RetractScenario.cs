using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Runtime.Library.Environments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Library;

/// <summary><c>POST /scenarios/{definitionId}/retract</c>.</summary>
internal static class RetractScenario
{
    private const int MostBytes = 4096;

    /// <summary>Where.</summary>
    /// <param name="Environment">test or production; null for production.</param>
    internal sealed record Request(string? Environment);

    public static void Map(RouteGroupBuilder api) => api.MapPost("/scenarios/{definitionId}/retract", HandleAsync)
        .WithName("RetractScenario")
        .WithTags("Scenarios")
        .WithSummary("Takes the version of an environment out of it: no new runs begin, those that go on finish. It can be published again.")
        .Accepts<Request>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .RequirePermission(Permission.PublishScenarios);

    private static async Task<Results<Ok<ScenarioSummary>, FailureProblem>> HandleAsync(string definitionId, HttpContext http, ScenarioLibrary library, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<Request>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return (await library.RetractAsync(http.GetCaller(), definitionId, request.Environment ?? ScenarioEnvironments.Production, ct)).TryGet(out var scenario, out failure) ? TypedResults.Ok(scenario) : failure.ToProblem();
    }
}
