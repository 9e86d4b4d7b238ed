using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Library;

/// <summary><c>POST /scenarios/{definitionId}/publish</c>.</summary>
internal static class PublishScenario
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/scenarios/{definitionId}/publish", HandleAsync)
        .WithName("PublishScenario")
        .WithTags("Scenarios")
        .WithSummary("Publishes the draft as the version that runs take; errors in the definition refuse it, with the findings.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequirePermission(Permission.PublishScenarios);

    private static async Task<Results<Ok<ScenarioSummary>, FailureProblem>> HandleAsync(string definitionId, HttpContext http, ScenarioLibrary library, CancellationToken ct)
    {
        if ((await library.PublishAsync(http.GetCaller(), definitionId, ct)).TryGet(out var scenario, out var failure))
            return TypedResults.Ok(scenario);
        return failure.Code == "IB3003"
            ? failure.ToProblem().With("findings", await library.JudgeDraftAsync(http.GetCaller(), definitionId, ct))
            : failure.ToProblem();
    }
}
