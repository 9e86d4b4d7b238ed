using IndustryBrain.Identity;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Access;

/// <summary><c>/members</c>: the people of an organization.</summary>
internal static class MemberApi
{
    private const int MostBytes = 16_384;

    /// <summary>Body of other roles.</summary>
    /// <param name="Roles">All roles that the member has from now on.</param>
    internal sealed record NewRoles(IReadOnlyList<string>? Roles);

    public static void Map(RouteGroupBuilder api)
    {
        var members = api.MapGroup("/members").WithTags("People");
        members.MapGet("/", async (HttpContext http, MembershipStore store, CancellationToken ct) => TypedResults.Ok(await store.ListAsync(http.GetCaller(), ct)))
            .WithName("ListMembers")
            .WithSummary("Lists the people of the organization with their roles, oldest first.")
            .RequirePermission(Permission.ReadPeople);
        members.MapPut("/{person}/roles", SetRolesAsync)
            .WithName("SetMemberRoles")
            .WithSummary("Gives a member other roles, none of which may do more than whoever gives them. The last owner stays one.")
            .Accepts<NewRoles>("application/json", RequestBody.AnyType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.ManagePeople);
        Change(members.MapPost("/{person}/suspend", (string person, HttpContext http, MembershipStore store, CancellationToken ct) => AnswerAsync(store.SuspendAsync(http.GetCaller(), http.GetPermissions(), person, isSuspended: true, ct))), "SuspendMember", "Keeps a member out until they are resumed; their keys are refused meanwhile.");
        Change(members.MapPost("/{person}/resume", (string person, HttpContext http, MembershipStore store, CancellationToken ct) => AnswerAsync(store.SuspendAsync(http.GetCaller(), http.GetPermissions(), person, isSuspended: false, ct))), "ResumeMember", "Lets a suspended member in again.");
        Change(members.MapDelete("/{person}", (string person, HttpContext http, MembershipStore store, CancellationToken ct) => AnswerAsync(store.RemoveAsync(http.GetCaller(), http.GetPermissions(), person, ct))), "RemoveMember", "Takes a member out and revokes the keys that act for them.");
        Change(members.MapPost("/{person}/password-link", (string person, HttpContext http, AccountDesk desk, CancellationToken ct) => AccountApi.AnswerAsync(desk.MakePasswordLinkAsync(http.GetCaller(), http.GetPermissions(), person, ct))), "MakeMemberPasswordLink", "Makes a link by which a member of this organization alone sets a new password, answered this once; their second factor stays.");
        members.MapPost("/leave", (HttpContext http, MembershipStore store, CancellationToken ct) => AnswerAsync(store.LeaveAsync(http.GetCaller(), ct)))
            .WithName("LeaveOrganization")
            .WithSummary("Lets the person who asks leave the organization; the last owner cannot.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequirePermission(Permission.UsePages);
    }

    private static void Change(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .RequirePermission(Permission.ManagePeople);

    private static async Task<Results<Ok<MemberView>, FailureProblem>> SetRolesAsync(string person, HttpContext http, MembershipStore store, CancellationToken ct) =>
        (await RequestBody.ReadAsync<NewRoles>(http.Request, MostBytes, ct)).TryGet(out var request, out var failure)
            ? await AnswerAsync(store.SetRolesAsync(http.GetCaller(), http.GetPermissions(), person, request.Roles, ct))
            : failure.ToProblem();

    private static async Task<Results<Ok<MemberView>, FailureProblem>> AnswerAsync(Task<Result<MemberView>> asked) =>
        (await asked).TryGet(out var member, out var failure) ? TypedResults.Ok(member) : failure.ToProblem();
}
