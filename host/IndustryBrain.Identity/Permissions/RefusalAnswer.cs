using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Identity.Permissions;

/// <summary>Answers a refusal with its code and records it in the audit trail when it is known who asked.</summary>
internal sealed class RefusalAnswer(AuditTrail trail) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        if (authorizeResult.Challenged)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await (ApiKeyHandler.IsPresent(context.Request) ? IdentityFailures.KeyRefused : IdentityFailures.Unknown).ToProblem().ExecuteAsync(context);
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
}
