using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SetUp;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Identity.Permissions;

/// <summary>Answers a refusal with its code and records it in the audit trail when it is known who asked.</summary>
internal sealed class RefusalAnswer(AuditTrail trail, SetUpState setUp) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        if (PageRequest.Is(context) && await ToPageAsync(context, authorizeResult.Challenged) is { } page)
        {
            context.Response.Redirect(page);
            return;
        }

        if (authorizeResult.Challenged)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await (ApiKeyHandler.RefusalOf(context.Request)).ToProblem().ExecuteAsync(context);
            return;
        }

        if (context.GetEndpoint() is null)
        {
            await IdentityFailures.NoSuchAddress.ToProblem().ExecuteAsync(context);
            return;
        }

        var permission = policy.Requirements.OfType<PermissionRequirement>().FirstOrDefault()?.Permission;
        var failure = permission is null ? IdentityFailures.NothingNamed : IdentityFailures.NoPermission(permission);
        if (CallerClaims.Read(context.User) is { } caller)
        {
            var endpoint = context.GetEndpoint()?.DisplayName ?? "";
            await trail.AppendAsync(caller, "access.deny", "endpoint", endpoint, AuditResult.Denied, failure.Code, context.RequestAborted);
        }

        await failure.ToProblem().ExecuteAsync(context);
    }

    /// <summary>The page on which somebody who asked for another can do something about it: sign in, set the platform up, set up their second factor, or change a password that is too old.</summary>
    private async ValueTask<string?> ToPageAsync(HttpContext context, bool isNobody)
    {
        if (!isNobody) return context.Features.Get<LiveSession>()?.Needs switch { SessionNeed.SecondFactor => PageRequest.FactorPage, SessionNeed.Password => PageRequest.PasswordPage, _ => null };
        if (ApiKeyHandler.IsPresent(context.Request)) return null;
        return await setUp.IsOpenAsync(context.RequestAborted) ? PageRequest.SetUpPage : PageRequest.WithReturn(context, PageRequest.SignInPage);
    }
}
