using IndustryBrain.Identity;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Http;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime.Access;

/// <summary><c>/accounts</c>: what the security administrator does for people who cannot get in, or must not.</summary>
internal static class AccountApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("People");
        Care(accounts.MapGet("/{userName}", (string userName, AccountDesk desk, CancellationToken ct) => AnswerAsync(desk.FindAsync(userName, ct))), "GetAccount", "Shows the account of a user name: its state, what lets its person in, where they belong.");
        Care(accounts.MapPost("/{userName}/password-link", (string userName, HttpContext http, AccountDesk desk, CancellationToken ct) => AnswerAsync(desk.MakePasswordLinkAsync(http.GetCaller(), userName, ct))),
            "MakePasswordLink", "Makes a link by which a person sets a new password, answered this once. Where two people are needed it holds when a second one has approved it; the second factor stays.");
        Care(accounts.MapPost("/{userName}/factor-reset", (string userName, HttpContext http, AccountDesk desk, CancellationToken ct) => AnswerAsync(desk.ResetFactorAsync(http.GetCaller(), userName, ct))),
            "ResetFactor", "Takes the second factors of an account away, authenticator, recovery codes and passkeys, or proposes that to a second person.");
        Care(accounts.MapPost("/{userName}/disable", (string userName, HttpContext http, AccountDesk desk, CancellationToken ct) => AnswerAsync(desk.DisableAsync(http.GetCaller(), userName, ct))),
            "DisableAccount", "Ends the sessions of an account at once; nobody gets in by it, and its keys are refused.");
        Care(accounts.MapPost("/{userName}/enable", (string userName, HttpContext http, AccountDesk desk, CancellationToken ct) => AnswerAsync(desk.EnableAsync(http.GetCaller(), userName, ct))),
            "EnableAccount", "Lets an account be used again, or proposes that to a second person.");
    }

    private static void Care(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .RequirePermission(Permission.AdministerRoles);

    internal static async Task<Results<Ok<T>, FailureProblem>> AnswerAsync<T>(Task<Result<T>> asked)
        where T : class => (await asked).TryGet(out var answer, out var failure) ? TypedResults.Ok(answer) : failure.ToProblem();
}
