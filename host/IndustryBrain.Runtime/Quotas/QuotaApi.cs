using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Quotas;

/// <summary><c>GET</c> and <c>PUT /organizations/{organization}/quota</c>.</summary>
internal static class QuotaApi
{
    private const int MostBytes = 65_536;

    /// <summary>What is set.</summary>
    /// <param name="Quota">What differs for the organization; a member that is null or missing is what the configuration says.</param>
    /// <param name="Revision">The revision that was seen; null changes whatever is there.</param>
    internal sealed record Request(OrganizationQuota? Quota, int? Revision);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/organizations/{organization}/quota", GetAsync)
            .WithName("GetQuota")
            .WithTags("Usage")
            .WithSummary("What was set for an organization, and what it may use because of it. A limit of 0 is none.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ManageQuotas);
        api.MapPut("/organizations/{organization}/quota", SetAsync)
            .WithName("SetQuota")
            .WithTags("Usage")
            .WithSummary("Sets what an organization may use; it holds at once and goes before the configuration.")
            .Accepts<Request>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .RequirePermission(Permission.ManageQuotas);
    }

    private static async Task<Results<Ok<QuotaView>, FailureProblem>> GetAsync(string organization, OrganizationQuotas quotas, CancellationToken ct) =>
        (await quotas.GetAsync(organization, ct)).TryGet(out var view, out var failure) ? TypedResults.Ok(view) : failure.ToProblem();

    private static async Task<Results<Ok<QuotaView>, FailureProblem>> SetAsync(string organization, HttpContext http, OrganizationQuotas quotas, CancellationToken ct)
    {
        if (!(await RequestBody.ReadAsync<Request>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure))
            return failure.ToProblem();
        return (await quotas.SetAsync(http.GetCaller(), organization, request.Quota ?? new(), request.Revision, ct)).TryGet(out var view, out failure) ? TypedResults.Ok(view) : failure.ToProblem();
    }
}
