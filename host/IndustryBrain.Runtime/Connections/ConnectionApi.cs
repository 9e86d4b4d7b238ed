using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Connections;

/// <summary><c>/connections</c>: the named ways of an organization to other systems.</summary>
internal static class ConnectionApi
{
    private const int MostBytes = 256 * 1024;

    /// <summary>Body of a change.</summary>
    /// <param name="Settings">An object that fits the schema of the kind; null takes those of the environment away.</param>
    /// <param name="Environment">The environment; null for all that have none of their own.</param>
    /// <param name="Revision">The revision that was seen; null changes whatever is there.</param>
    internal sealed record Change(JsonElement? Settings, string? Environment, int? Revision);

    /// <summary>Body of a test.</summary>
    /// <param name="Environment">The environment; production when left out.</param>
    internal sealed record Try(string? Environment);

    public static void Map(RouteGroupBuilder api)
    {
        var connections = api.MapGroup("/connections").WithTags("Connections");
        connections.MapGet("/", async (HttpContext http, OrganizationConnections store, CancellationToken ct) => TypedResults.Ok(await store.ListAsync(http.GetCaller(), ct)))
            .WithName("ListConnections")
            .WithSummary("Lists the connections of the organization by name, with what names them; secrets stand in their settings by name.")
            .RequirePermission(Permission.ReadConnections);
        connections.MapGet("/kinds", (OrganizationConnections store) => TypedResults.Ok(store.Kinds))
            .WithName("ListConnectionKinds")
            .WithSummary("The kinds of connections with the schema of their settings.")
            .RequirePermission(Permission.ReadConnections);
        connections.MapGet("/{name}", GetAsync)
            .WithName("GetConnection")
            .WithSummary("One connection.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ReadConnections);
        connections.MapPost("/", CreateAsync)
            .WithName("CreateConnection")
            .WithSummary("Makes a connection of a kind, with settings for all environments or for one.")
            .Accepts<NewConnection>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequirePermission(Permission.ManageConnections);
        connections.MapPut("/{name}", SetAsync)
            .WithName("ChangeConnection")
            .WithSummary("Sets the settings for all environments or for one.")
            .Accepts<Change>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequirePermission(Permission.ManageConnections);
        connections.MapPost("/{name}/test", TestAsync)
            .WithName("TestConnection")
            .WithSummary("Connects as the connection will be used, and says how it went; a robot gets one line.")
            .Accepts<Try>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequirePermission(Permission.ManageConnections);
        connections.MapDelete("/{name}", DeleteAsync)
            .WithName("DeleteConnection")
            .WithSummary("Deletes a connection that no published scenario names.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.ManageConnections);
    }

    private static async Task<Results<Ok<ConnectionView>, FailureProblem>> GetAsync(string name, HttpContext http, OrganizationConnections store, CancellationToken ct) =>
        (await store.GetAsync(http.GetCaller(), name, ct)).TryGet(out var view, out var failure) ? TypedResults.Ok(view) : failure.ToProblem();

    private static async Task<Results<Created<ConnectionView>, FailureProblem>> CreateAsync(HttpContext http, OrganizationConnections store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<NewConnection>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure) && (await store.CreateAsync(http.GetCaller(), request, ct)).TryGet(out var made, out failure)
            ? TypedResults.Created($"/api/v1/connections/{made.Name}", made)
            : failure.ToProblem();

    private static async Task<Results<Ok<ConnectionView>, FailureProblem>> SetAsync(string name, HttpContext http, OrganizationConnections store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<Change>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure) && (await store.SetAsync(http.GetCaller(), name, request.Settings, request.Environment, request.Revision, ct)).TryGet(out var view, out failure)
            ? TypedResults.Ok(view)
            : failure.ToProblem();

    private static async Task<Results<Ok<ConnectionTest>, FailureProblem>> TestAsync(string name, HttpContext http, OrganizationConnections store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<Try>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure) && (await store.TestAsync(http.GetCaller(), name, request.Environment, ct)).TryGet(out var test, out failure)
            ? TypedResults.Ok(test)
            : failure.ToProblem();

    private static async Task<Results<NoContent, FailureProblem>> DeleteAsync(string name, HttpContext http, OrganizationConnections store, CancellationToken ct) =>
        await store.DeleteAsync(http.GetCaller(), name, ct) is { } failure ? failure.ToProblem() : TypedResults.NoContent();
}
