using IndustryBrain.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Library;

/// <summary><c>GET /scenarios</c>.</summary>
internal static class ListScenarios
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/scenarios", HandleAsync)
        .WithName("ListScenarios")
        .WithTags("Scenarios")
        .WithSummary("Lists the organization's scenarios.")
        .RequirePermission(Permission.ReadScenarios);

    private static async Task<Ok<IReadOnlyList<ScenarioSummary>>> HandleAsync(HttpContext http, ScenarioLibrary library, CancellationToken ct) =>
        TypedResults.Ok(await library.ListAsync(http.GetCaller(), ct));
}
