using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Library;

/// <summary><c>GET /scenarios/{definitionId}/export</c>.</summary>
internal static class ExportScenario
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/scenarios/{definitionId}/export", HandleAsync)
        .WithName("ExportScenario")
        .WithTags("Scenarios")
        .WithSummary("The latest version as Elsa 3 workflow JSON, exactly as it was imported.")
        .Produces<JsonElement>(StatusCodes.Status200OK, "application/json")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequirePermission(Permission.ReadScenarios);

    private static async Task<Results<FileContentHttpResult, FailureProblem>> HandleAsync(string definitionId, HttpContext http, ScenarioLibrary library, CancellationToken ct) =>
        (await library.ExportAsync(http.GetCaller(), definitionId, ct)).TryGet(out var document, out var failure)
            ? TypedResults.File(document, "application/json")
            : failure.ToProblem();
}
