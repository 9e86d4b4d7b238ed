using IndustryBrain.Identity.SignIn;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Identity;

/// <summary>What a caller may do, for those who give some of it to others.</summary>
public static class CallerPermissions
{
    /// <summary>The permissions of a request's caller.</summary>
    public static IReadOnlyCollection<string> GetPermissions(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return [.. Permission.All.Where(permission => CallerClaims.Has(context.User, permission))];
    }

    /// <summary>The permissions of whoever looks at a page.</summary>
    public static async ValueTask<IReadOnlyCollection<string>> ListAsync(this ICallerAccessor callers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(callers);
        var held = new List<string>();
        foreach (var permission in Permission.All)
        {
            if (await callers.HasAsync(permission, cancellationToken))
            {
                held.Add(permission);
            }
        }

        return held;
    }
}
