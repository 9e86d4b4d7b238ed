using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Library.Environments;

/// <summary><c>GET /scenarios/{definitionId}/environments</c> and <c>PUT /scenarios/{definitionId}/environments/{environment}</c>.</summary>
internal static class EnvironmentApi
{
    private const int Envelope = 1024;

    /// <summary>What is set.</summary>
    /// <param name="Parameters">All parameters, an object; null to leave them.</param>
    /// <param name="StartsByItself">Whether triggers start runs in test; null to leave it.</param>
    /// <param name="Revision">The revision of the parameters that was seen; null changes whatever is there.</param>
    internal sealed record Request(JsonElement? Parameters, bool? StartsByItself, int? Revision);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/scenarios/{definitionId}/environments", ListAsync)
            .WithName("ListEnvironments")
            .WithTags("Scenarios")
            .WithSummary("How a scenario stands in test and in production: version, parameters, whether triggers start runs.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ReadScenarios);
        api.MapPut("/scenarios/{definitionId}/environments/{environment}", ChangeAsync)
            .WithName("ChangeEnvironment")
            .WithTags("Scenarios")
            .WithSummary("Sets the parameters of a scenario in an environment, and whether its triggers start runs in test.")
            .Accepts<Request>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequirePermission(Permission.PublishScenarios);
    }

    private static async Task<Results<Ok<IReadOnlyList<EnvironmentView>>, FailureProblem>> ListAsync(string definitionId, HttpContext http, ScenarioLibrary library, CancellationToken ct) =>
        (await library.EnvironmentsAsync(http.GetCaller(), definitionId, ct)).TryGet(out var views, out var failure) ? TypedResults.Ok(views) : failure.ToProblem();

    private static async Task<Results<Ok<EnvironmentView>, FailureProblem>> ChangeAsync(string definitionId, string environment, HttpContext http, ScenarioLibrary library, IOptions<RunOptions> options, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<Request>(http.Request, options.Value.InlineBytes + Envelope, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return (await library.ChangeEnvironmentAsync(http.GetCaller(), definitionId, environment, request.Parameters, request.StartsByItself, request.Revision, ct)).TryGet(out var view, out failure) ? TypedResults.Ok(view) : failure.ToProblem();
    }
}
