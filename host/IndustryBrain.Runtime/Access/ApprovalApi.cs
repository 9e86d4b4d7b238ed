using IndustryBrain.Identity;
using IndustryBrain.Identity.Approvals;
using IndustryBrain.Identity.Http;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Access;

/// <summary><c>/approvals</c>: what one person proposed and a second decides.</summary>
internal static class ApprovalApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var approvals = api.MapGroup("/approvals").WithTags("Approvals");
        approvals.MapGet("/", async (HttpContext http, ApprovalDesk desk, CancellationToken ct) => TypedResults.Ok(await desk.ListAsync(http.GetCaller(), ct)))
            .WithName("ListApprovals")
            .WithSummary("Lists what was proposed to a second person, newest first, with what became of it.")
            .RequirePermission(Permission.ReadApprovals);
        Decide(approvals.MapPost("/{id}/approve", (string id, HttpContext http, ApprovalDesk desk, CancellationToken ct) => AnswerAsync(desk.ApproveAsync(http.GetCaller(), http.GetPermissions(), id, ct))), "Approve", "Approves what another person proposed and does it; the proposal is void when it is too old or what it is about has changed.");
        Decide(approvals.MapPost("/{id}/reject", (string id, HttpContext http, ApprovalDesk desk, CancellationToken ct) => AnswerAsync(desk.RejectAsync(http.GetCaller(), http.GetPermissions(), id, ct))), "Reject", "Rejects a proposal, or takes one's own back.");
    }

    private static void Decide(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .RequirePermission(Permission.DecideApprovals);

    private static async Task<Results<Ok<Approval>, FailureProblem>> AnswerAsync(Task<Result<Approval>> asked) =>
        (await asked).TryGet(out var approval, out var failure) ? TypedResults.Ok(approval) : failure.ToProblem();
}
