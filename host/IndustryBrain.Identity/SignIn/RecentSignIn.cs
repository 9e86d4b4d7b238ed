using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.SignIn;

/// <summary>Stands on pages and endpoints of dangerous actions: whoever signed in must have given their password within <see cref="SignInOptions.ConfirmedMinutes"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireRecentSignInAttribute : Attribute;

/// <summary>Asks for the password again where it was given too long ago.</summary>
public static class RecentSignIn
{
    internal const string Page = "/account/confirm";

    /// <summary>Requires that whoever signed in gave their password within <see cref="SignInOptions.ConfirmedMinutes"/>; else a page asks for it, and a program gets IB4042.</summary>
    public static TBuilder RequireRecentSignIn<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new RequireRecentSignInAttribute()));
        return builder;
    }

    internal static async Task CheckAsync(HttpContext context, RequestDelegate next, IOptions<SignInOptions> options, TimeProvider time)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequireRecentSignInAttribute>() is null || context.Features.Get<LiveSession>() is not { } live
            || time.GetUtcNow() - live.Session.ConfirmedAt <= TimeSpan.FromMinutes(options.Value.ConfirmedMinutes))
        {
            await next(context);
        }
        else if (PageRequest.Is(context))
        {
            context.Response.Redirect(PageRequest.WithReturn(context, Page));
        }
        else
        {
            await SignInFailures.ConfirmationNeeded.ToProblem().ExecuteAsync(context);
        }
    }
}
