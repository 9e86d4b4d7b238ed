using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Secrets;

/// <summary><c>/secrets</c>: the secrets of an organization. Their values go in and never come out.</summary>
internal static class SecretApi
{
    // A byte may be written as \u0000.
    private const int BytesOfAByte = 6;
    private const int Envelope = 16_384;

    /// <summary>Body of a description.</summary>
    /// <param name="Description">What the secret is for.</param>
    internal sealed record Described(string? Description);

    /// <summary>Body of a rotation.</summary>
    /// <param name="Value">The new value.</param>
    /// <param name="Environment">The environment that it is for; null for all that have none of their own.</param>
    internal sealed record Rotation(string? Value, string? Environment);

    public static void Map(RouteGroupBuilder api)
    {
        var secrets = api.MapGroup("/secrets").WithTags("Secrets");
        secrets.MapGet("/", async (HttpContext http, OrganizationSecrets store, CancellationToken ct) => TypedResults.Ok(await store.ListAsync(http.GetCaller(), ct)))
            .WithName("ListSecrets")
            .WithSummary("Lists the secrets of the organization by name, with when they were set and used last and what uses them; never their values.")
            .RequirePermission(Permission.ReadSecrets);
        secrets.MapGet("/{name}", GetAsync)
            .WithName("GetSecret")
            .WithSummary("One secret: when it was set and used last and what uses it; never its value.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ReadSecrets);
        secrets.MapPost("/", CreateAsync)
            .WithName("CreateSecret")
            .WithSummary("Stores a secret, encrypted, for all environments or for one.")
            .Accepts<NewSecret>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequirePermission(Permission.ManageSecrets);
        secrets.MapPut("/{name}", DescribeAsync)
            .WithName("DescribeSecret")
            .WithSummary("Says what a secret is for.")
            .Accepts<Described>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequirePermission(Permission.ManageSecrets);
        secrets.MapPut("/{name}/value", RotateAsync)
            .WithName("RotateSecret")
            .WithSummary("Sets a new value, for all environments or for one; from the answer on the one before is used nowhere.")
            .Accepts<Rotation>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequirePermission(Permission.ManageSecrets);
        secrets.MapDelete("/{name}", DeleteAsync)
            .WithName("DeleteSecret")
            .WithSummary("Deletes a secret that no scenario and no connection refers to.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.ManageSecrets);
    }

    private static async Task<Results<Ok<SecretView>, FailureProblem>> GetAsync(string name, HttpContext http, OrganizationSecrets store, CancellationToken ct) =>
        (await store.GetAsync(http.GetCaller(), name, ct)).TryGet(out var view, out var failure) ? TypedResults.Ok(view) : failure.ToProblem();

    private static async Task<Results<Created<SecretView>, FailureProblem>> CreateAsync(HttpContext http, OrganizationSecrets store, IOptions<SecretOptions> options, CancellationToken ct) =>
        (await RequestBody.ReadAsync<NewSecret>(http.Request, Most(options), ct)).TryGet(out var request, out var failure) && (await store.CreateAsync(http.GetCaller(), request, ct)).TryGet(out var made, out failure)
            ? TypedResults.Created($"/api/v1/secrets/{made.Name}", made)
            : failure.ToProblem();

    private static async Task<Results<Ok<SecretView>, FailureProblem>> DescribeAsync(string name, HttpContext http, OrganizationSecrets store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<Described>(http.Request, Envelope, ct)).TryGet(out var request, out var failure) && (await store.DescribeAsync(http.GetCaller(), name, request.Description, ct)).TryGet(out var view, out failure)
            ? TypedResults.Ok(view)
            : failure.ToProblem();

    private static async Task<Results<Ok<SecretView>, FailureProblem>> RotateAsync(string name, HttpContext http, OrganizationSecrets store, IOptions<SecretOptions> options, CancellationToken ct) =>
        (await RequestBody.ReadAsync<Rotation>(http.Request, Most(options), ct)).TryGet(out var request, out var failure) && (await store.RotateAsync(http.GetCaller(), name, request.Value, request.Environment, ct)).TryGet(out var view, out failure)
            ? TypedResults.Ok(view)
            : failure.ToProblem();

    private static async Task<Results<NoContent, FailureProblem>> DeleteAsync(string name, HttpContext http, OrganizationSecrets store, CancellationToken ct) =>
        await store.DeleteAsync(http.GetCaller(), name, ct) is { } failure ? failure.ToProblem() : TypedResults.NoContent();

    private static int Most(IOptions<SecretOptions> options) => (options.Value.MaxBytes * BytesOfAByte) + Envelope;
}
