using System.ComponentModel;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Triggers;

/// <summary><c>GET /triggers</c>.</summary>
internal static class ListTriggers
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/triggers", HandleAsync)
        .WithName("ListTriggers")
        .WithTags("Triggers")
        .WithSummary("What starts runs of published scenarios by time or event, what fires next first.")
        .TakesQuery("definitionId")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .RequirePermission(Permission.ReadScenarios);

    private static async Task<Results<Ok<IReadOnlyList<TriggerView>>, FailureProblem>> HandleAsync(
        [FromQuery(Name = "definitionId"), Description("Only those of this scenario.")] string? definitionId, HttpContext http, ScenarioTriggers triggers, CancellationToken ct) =>
        QueryCheck.Text("definitionId", definitionId, out var id) is { } failure ? failure.ToProblem() : TypedResults.Ok(await triggers.ListAsync(http.GetCaller(), id, ct));
}
