using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Scenarios.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Library;

/// <summary><c>POST /scenarios/import</c>.</summary>
internal static class ImportScenario
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/scenarios/import", HandleAsync)
        .WithName("ImportScenario")
        .WithTags("Scenarios")
        .WithSummary("Imports an Elsa 3 workflow definition as a draft; the answer carries the findings.")
        .Accepts<object>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequirePermission(Permission.EditScenarios);

    private static async Task<Results<Ok<ScenarioSummary>, FailureProblem>> HandleAsync(HttpContext http, ScenarioLibrary library, DefinitionLimits limits, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync(http.Request, limits.MaxBytes, "definition", ct)).TryGet(out var json, out var failure))
            return failure.ToProblem();
        if ((await library.ImportAsync(http.GetCaller(), json, ct)).TryGet(out var scenario, out failure))
            return TypedResults.Ok(scenario);
        return failure.ToProblem().With("findings", library.JudgeImport(json));
    }
}
