using System.ComponentModel;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Library;

/// <summary><c>GET /scenarios/{definitionId}/compare</c>.</summary>
internal static class CompareVersions
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/scenarios/{definitionId}/compare", HandleAsync)
        .WithName("CompareVersions")
        .WithTags("Scenarios")
        .WithSummary("What differs between two versions of a scenario: activities by their ids, connections, inputs, outputs, variables, settings.")
        .TakesQuery("from", "to")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .RequirePermission(Permission.ReadScenarios);

    private static async Task<Results<Ok<VersionComparison>, FailureProblem>> HandleAsync(
        string definitionId,
        [Description("The earlier one: a number, draft, test or production; the version of production when left out, or the one before where none is live.")] string? from,
        [Description("The later one, likewise; the latest when left out.")] string? to,
        HttpContext http,
        ScenarioLibrary library,
        CancellationToken ct) =>
        (await library.CompareAsync(http.GetCaller(), definitionId, string.IsNullOrEmpty(from) ? null : from, string.IsNullOrEmpty(to) ? null : to, ct)).TryGet(out var comparison, out var failure)
            ? TypedResults.Ok(comparison)
            : failure.ToProblem();
}
