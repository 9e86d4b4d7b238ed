using IndustryBrain.Identity.SignIn;
using Microsoft.AspNetCore.Authorization;

namespace IndustryBrain.Identity.Permissions;

/// <summary>Asks for one permission; null is the fallback for endpoints that name none, which nobody passes.</summary>
internal sealed record PermissionRequirement(string? Permission) : IAuthorizationRequirement;

internal sealed class PermissionCheck : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (requirement.Permission is { } permission && CallerClaims.Has(context.User, permission))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
