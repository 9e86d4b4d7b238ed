using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Access;

/// <summary><c>/service-accounts</c>: the programs that hold keys of an organization.</summary>
internal static class ServiceAccountApi
{
    private const int MostBytes = 16_384;

    /// <summary>Body of a new service account.</summary>
    /// <param name="Name">Name for people.</param>
    /// <param name="Roles">What it is in the organization.</param>
    internal sealed record New(string? Name, IReadOnlyList<string>? Roles);

    public static void Map(RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/service-accounts").WithTags("Keys");
        accounts.MapGet("/", async (HttpContext http, ServiceAccountStore store, CancellationToken ct) => TypedResults.Ok(await store.ListAsync(http.GetCaller(), ct)))
            .WithName("ListServiceAccounts")
            .WithSummary("Lists the service accounts of the organization, oldest first; closed ones are among them.")
            .RequirePermission(Permission.ManageKeys);
        accounts.MapPost("/", CreateAsync)
            .WithName("CreateServiceAccount")
            .WithSummary("Makes a service account with roles that may do no more than its maker; it gets keys by POST /keys.")
            .Accepts<New>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.ManageKeys);
        accounts.MapDelete("/{id}", CloseAsync)
            .WithName("CloseServiceAccount")
            .WithSummary("Closes a service account and revokes its keys.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ManageKeys);
    }

    private static async Task<Results<Created<ServiceAccount>, FailureProblem>> CreateAsync(HttpContext http, ServiceAccountStore store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<New>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure)
        && (await store.CreateAsync(http.GetCaller(), http.GetPermissions(), request.Name, request.Roles, ct)).TryGet(out var made, out failure)
            ? TypedResults.Created($"/api/v1/service-accounts/{made.Id}", made)
            : failure.ToProblem();

    private static async Task<Results<Ok<ServiceAccount>, FailureProblem>> CloseAsync(string id, HttpContext http, ServiceAccountStore store, CancellationToken ct) =>
        (await store.CloseAsync(http.GetCaller(), id, ct)).TryGet(out var closed, out var failure) ? TypedResults.Ok(closed) : failure.ToProblem();
}
