using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Runtime.Library.Environments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Library;

/// <summary><c>POST /scenarios/{definitionId}/publish</c>.</summary>
internal static class PublishScenario
{
    private const int MostBytes = 4096;

    /// <summary>What is published where.</summary>
    /// <param name="Version">The version; null for the latest.</param>
    /// <param name="Environment">test or production; null for production.</param>
    internal sealed record Request(int? Version, string? Environment);

    public static void Map(RouteGroupBuilder api) => api.MapPost("/scenarios/{definitionId}/publish", HandleAsync)
        .WithName("PublishScenario")
        .WithTags("Scenarios")
        .WithSummary("Publishes the latest version, or the one that is named, as the one that new runs take, in production or in test; errors in the definition refuse it, with the findings.")
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
        var environment = request.Environment ?? ScenarioEnvironments.Production;
        if ((await library.PublishAsync(http.GetCaller(), definitionId, request.Version, environment, ct)).TryGet(out var scenario, out failure))
            return TypedResults.Ok(scenario);
        return failure.Code == RuntimeFailures.DefinitionRefusedCode
            ? failure.ToProblem().With("findings", await library.JudgeAsync(http.GetCaller(), definitionId, request.Version, environment, ct))
            : failure.ToProblem();
    }
}
