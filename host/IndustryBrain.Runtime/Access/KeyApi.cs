using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Access;

/// <summary><c>/keys</c>: the API keys of an organization.</summary>
internal static class KeyApi
{
    private const int MostBytes = 16_384;

    /// <summary>Body of a rotation.</summary>
    /// <param name="OverlapHours">Hours that the rotated key still holds; the default of the host when left out.</param>
    internal sealed record Rotation(int? OverlapHours);

    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys");
        keys.MapGet("/", ListAsync)
            .WithName("ListKeys")
            .WithSummary("Lists the API keys of the organization, newest first, with when they were used last; their text is not kept.")
            .RequirePermission(Permission.ManageKeys);
        keys.MapPost("/", CreateAsync)
            .WithName("CreateKey")
            .WithSummary("Makes an API key that may do no more than its maker, for so many days. Its text is answered this once.")
            .Accepts<ApiKeyRequest>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.ManageKeys);
        keys.MapPost("/{id}/rotate", RotateAsync)
            .WithName("RotateKey")
            .WithSummary("Makes a key that takes the place of another, which holds for some hours still.")
            .Accepts<Rotation>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.ManageKeys);
        keys.MapDelete("/{id}", RevokeAsync)
            .WithName("RevokeKey")
            .WithSummary("Revokes a key: it is refused at once here, and within five seconds on every node.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ManageKeys);
    }

    private static async Task<Ok<IReadOnlyList<ApiKeyView>>> ListAsync(HttpContext http, ApiKeyStore keys, CancellationToken ct) => TypedResults.Ok(await keys.ListAsync(http.GetCaller(), ct));

    private static async Task<Results<Created<NewApiKey>, FailureProblem>> CreateAsync(HttpContext http, ApiKeyStore keys, CancellationToken ct) =>
        (await RequestBody.ReadAsync<ApiKeyRequest>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure)
        && (await keys.CreateAsync(http.GetCaller(), http.GetPermissions(), request, ct)).TryGet(out var made, out failure)
            ? TypedResults.Created($"/api/v1/keys/{made.Key.Id}", made)
            : failure.ToProblem();

    private static async Task<Results<Created<NewApiKey>, FailureProblem>> RotateAsync(string id, HttpContext http, ApiKeyStore keys, CancellationToken ct) =>
        (await RequestBody.ReadAsync<Rotation>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure)
        && (await keys.RotateAsync(http.GetCaller(), http.GetPermissions(), id, request.OverlapHours, ct)).TryGet(out var made, out failure)
            ? TypedResults.Created($"/api/v1/keys/{made.Key.Id}", made)
            : failure.ToProblem();

    private static async Task<Results<Ok<ApiKeyView>, FailureProblem>> RevokeAsync(string id, HttpContext http, ApiKeyStore keys, CancellationToken ct) =>
        (await keys.RevokeAsync(http.GetCaller(), id, ct)).TryGet(out var revoked, out var failure) ? TypedResults.Ok(revoked) : failure.ToProblem();
}
