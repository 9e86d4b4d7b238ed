using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Library;

/// <summary><c>GET /scenarios/{definitionId}/versions</c>.</summary>
internal static class ListVersions
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/scenarios/{definitionId}/versions", HandleAsync)
        .WithName("ListVersions")
        .WithTags("Scenarios")
        .WithSummary("The versions of a scenario, the latest first: which is the draft, which are published, where they are live.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequirePermission(Permission.ReadScenarios);

    private static async Task<Results<Ok<IReadOnlyList<VersionView>>, FailureProblem>> HandleAsync(string definitionId, HttpContext http, ScenarioLibrary library, CancellationToken ct) =>
        (await library.VersionsAsync(http.GetCaller(), definitionId, ct)).TryGet(out var versions, out var failure) ? TypedResults.Ok(versions) : failure.ToProblem();
}
