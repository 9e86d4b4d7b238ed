using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Runtime.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Access;

/// <summary><c>/invitations</c>: who may join an organization.</summary>
internal static class InvitationApi
{
    private const int MostBytes = 16_384;

    /// <summary>Body of an invitation.</summary>
    /// <param name="Roles">The roles that it gives; none may do more than whoever invites.</param>
    /// <param name="UserName">The user name that alone can accept it; left out for whoever has the code.</param>
    /// <param name="Hours">Hours that it holds, 1 to 720; the default of the host when left out.</param>
    internal sealed record New(IReadOnlyList<string>? Roles, string? UserName = null, int? Hours = null);

    /// <summary>Body of an acceptance.</summary>
    /// <param name="Code">The code.</param>
    internal sealed record Acceptance(string? Code);

    public static void Map(RouteGroupBuilder api)
    {
        var invitations = api.MapGroup("/invitations").WithTags("People");
        invitations.MapGet("/", async (HttpContext http, InvitationStore store, CancellationToken ct) => TypedResults.Ok(await store.ListAsync(http.GetCaller(), ct)))
            .WithName("ListInvitations")
            .WithSummary("Lists the open invitations of the organization, newest first; their codes are not kept.")
            .RequirePermission(Permission.ReadPeople);
        invitations.MapPost("/", CreateAsync)
            .WithName("Invite")
            .WithSummary("Invites somebody into the organization: the code is answered this once and can be used once.")
            .Accepts<New>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.ManagePeople);
        invitations.MapDelete("/{id}", WithdrawAsync)
            .WithName("WithdrawInvitation")
            .WithSummary("Takes an open invitation back.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequirePermission(Permission.ManagePeople);
        invitations.MapPost("/accept", AcceptAsync)
            .WithName("AcceptInvitation")
            .WithSummary("Lets the person who asks join the organization that a code invites into.")
            .Accepts<Acceptance>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.UsePages);
    }

    private static async Task<Results<Created<NewInvitation>, FailureProblem>> CreateAsync(HttpContext http, InvitationStore store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<New>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure)
        && (await store.CreateAsync(http.GetCaller(), http.GetPermissions(), request.Roles, request.UserName, request.Hours, ct)).TryGet(out var made, out failure)
            ? TypedResults.Created($"/api/v1/invitations/{made.Invitation.Id}", made)
            : failure.ToProblem();

    private static async Task<Results<Ok<InvitationView>, FailureProblem>> WithdrawAsync(string id, HttpContext http, InvitationStore store, CancellationToken ct) =>
        (await store.WithdrawAsync(http.GetCaller(), id, ct)).TryGet(out var withdrawn, out var failure) ? TypedResults.Ok(withdrawn) : failure.ToProblem();

    private static async Task<Results<Ok<Membership>, FailureProblem>> AcceptAsync(HttpContext http, InvitationStore store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<Acceptance>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure)
        && (await store.AcceptAsync(http.GetCaller(), request.Code, ct)).TryGet(out var joined, out failure)
            ? TypedResults.Ok(joined)
            : failure.ToProblem();
}
