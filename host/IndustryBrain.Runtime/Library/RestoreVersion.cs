using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Library;

/// <summary><c>POST /scenarios/{definitionId}/restore</c>.</summary>
internal static class RestoreVersion
{
    private const int MostBytes = 4096;

    /// <summary>What is restored.</summary>
    internal sealed record Request
    {
        /// <summary>The version.</summary>
        public required int Version { get; init; }

        /// <summary>True to give up a draft that is there.</summary>
        public bool ReplaceDraft { get; init; }
    }

    public static void Map(RouteGroupBuilder api) => api.MapPost("/scenarios/{definitionId}/restore", HandleAsync)
        .WithName("RestoreVersion")
        .WithTags("Scenarios")
        .WithSummary("Makes an earlier version the draft; a draft with other content is given up only with replaceDraft.")
        .Accepts<Request>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequirePermission(Permission.EditScenarios);

    private static async Task<Results<Ok<ScenarioSummary>, FailureProblem>> HandleAsync(string definitionId, HttpContext http, ScenarioLibrary library, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<Request>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return (await library.RestoreAsync(http.GetCaller(), definitionId, request.Version, request.ReplaceDraft, ct)).TryGet(out var scenario, out failure) ? TypedResults.Ok(scenario) : failure.ToProblem();
    }
}
