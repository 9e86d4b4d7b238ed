using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Quotas;

/// <summary><c>GET /usage</c>.</summary>
internal static class GetUsage
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/usage", HandleAsync)
        .WithName("GetUsage")
        .WithTags("Usage")
        .WithSummary("What the organization uses of its quotas: open runs by state, bytes stored, runs and steps of the last 31 days (UTC). A limit of 0 is none.")
        .RequirePermission(Permission.ReadRuns);

    private static async Task<Ok<UsageView>> HandleAsync(HttpContext http, UsageMeter meter, CancellationToken ct) => TypedResults.Ok(await meter.GetAsync(http.GetCaller(), ct));
}
