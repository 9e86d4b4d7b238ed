using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Scenarios.Inputs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Components;

/// <summary><c>POST /components/{id}/calls</c>.</summary>
internal static class CallComponent
{
    internal sealed record Answer(JsonElement Output);

    public static void Map(RouteGroupBuilder api) => api.MapPost("/components/{id}/calls", HandleAsync)
        .WithName("CallComponent")
        .WithTags("Components")
        .WithSummary("Calls a component once, outside of any run: {\"input\":{…}} gives {\"output\":…} or the failure with its code.")
        .Accepts<InputRequest>("application/json", RequestBody.AnyType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequirePermission(Permission.CallComponents);

    private static async Task<Results<Ok<Answer>, FailureProblem>> HandleAsync(
        string id, HttpContext http, ComponentDirectory components, IOptions<RunOptions> options, CancellationToken ct)
    {
        if (components.Find(id) is null)
            return components.WhyNot(id).ToProblem();
        if (!(await RequestBody.ReadAsync<InputRequest>(http.Request, options.Value.InlineBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        if (!(await components.CallAsync(http.GetCaller(), id, request.InputOrEmpty(), ct)).TryGet(out var output, out failure))
            return failure.ToProblem();
        return Storable.Fits(output) ? TypedResults.Ok(new Answer(output)) : RuntimeFailures.NotStorable("output").ToProblem();
    }
}
