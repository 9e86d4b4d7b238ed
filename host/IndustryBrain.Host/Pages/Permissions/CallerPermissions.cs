using IndustryBrain.Identity;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Pages.Permissions;

/// <summary>Asks for the permission of one action: a circuit outlives the check of the page's address.</summary>
internal static class CallerPermissions
{
    /// <summary>Why the action is refused, or null when it is allowed.</summary>
    internal static async ValueTask<Failure?> RefusalAsync(this ICallerAccessor callers, string permission, CancellationToken ct = default) =>
        await callers.HasAsync(permission, ct) ? null : IdentityFailures.NoPermission(permission);
}
