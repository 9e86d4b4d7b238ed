using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace IndustryBrain.Identity;

/// <summary>The permission an endpoint asks for.</summary>
/// <param name="Permission">One of <see cref="Identity.Permission.All"/>.</param>
public sealed record RequiredPermission(string Permission);

/// <summary>Names the permission of an endpoint.</summary>
public static class RequiredPermissionConvention
{
    /// <summary>Requires a permission; an endpoint without one, and without <c>AllowAnonymous</c>, is refused to everybody.</summary>
    /// <exception cref="ArgumentException">There is no such permission.</exception>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        if (!Permission.All.Contains(permission))
        {
            throw new ArgumentException($"There is no permission '{permission}'.", nameof(permission));
        }

        // The innermost convention wins: a group names the usual permission, an operation its own.
        builder.Finally(endpoint =>
        {
            if (!endpoint.Metadata.OfType<RequiredPermission>().Any())
            {
                endpoint.Metadata.Add(new RequiredPermission(permission));
                endpoint.Metadata.Add(new AuthorizeAttribute(permission));
            }
        });
        return builder;
    }
}
