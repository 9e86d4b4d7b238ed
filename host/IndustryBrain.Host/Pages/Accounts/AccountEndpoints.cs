using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Providers;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SetUp;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace IndustryBrain.Host.Pages.Accounts;

/// <summary>What the forms of the person menu and the account page are sent to: each with the token of its form, each about the session that sends it.</summary>
internal static class AccountEndpoints
{
    internal static void Map(IEndpointRouteBuilder app)
    {
        LookEndpoints.Map(app);
        Post(app, "/sign-out", async (context, _) =>
        {
            await Sessions(context).SignOutAsync(context, context.RequestAborted);
            return Results.LocalRedirect(PageRequest.SignInPage);
        });
        Post(app, "/sign-in/local", (context, _) =>
        {
            if (context.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<SignInOptions>>().Value.Local == true) SessionCookies.Forget(context);
            return Task.FromResult(Results.LocalRedirect("/"));
        });
        Post(app, "/account/organization", (context, form) => OfSessionAsync(context, form, live => Sessions(context).SwitchAsync(live, form["organization"].ToString(), context.RequestAborted), "/"));
        Post(app, "/account/sessions/end", (context, form) => OfSessionAsync(context, form, live => Sessions(context).EndAsync(live, form["id"].ToString(), context.RequestAborted), "/account"));
        Post(app, "/account/sessions/end-others", (context, form) => OfSessionAsync(context, form, async live =>
        {
            await Sessions(context).EndOthersAsync(live, context.RequestAborted);
            return null;
        }, "/account"));
        app.MapGet(ProviderSetup.SignInPath + "{provider}", (string provider, string? returnUrl, HttpContext context, ProviderChallenge challenge) =>
            challenge.GoAsync(context, provider, ProviderPurpose.SignIn, returnUrl)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/account/confirm/{provider}", (string provider, string? returnUrl, HttpContext context, ProviderChallenge challenge) =>
            challenge.GoAsync(context, provider, ProviderPurpose.Confirm, returnUrl)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/account/link/{provider}", (string provider, string? ticket, HttpContext context, ProviderChallenge challenge) =>
            context.Features.Get<LiveSession>() is { } live && challenge.IsLinkTicketOf(live, ticket)
                ? challenge.GoAsync(context, provider, ProviderPurpose.Link, PageRequest.WaysPage)
                : Task.FromResult(Results.LocalRedirect(PageRequest.WaysPage))).AllowAnonymous().RequireRecentSignIn().ExcludeFromDescription();
        app.MapGet(DemoPeople.Path + "/{person}/{link}", SignInAsDemoAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static PersonSessions Sessions(HttpContext context) => context.RequestServices.GetRequiredService<PersonSessions>();

    private static void Post(IEndpointRouteBuilder app, string path, Func<HttpContext, IFormCollection, Task<IResult>> handle) =>
        app.MapPost(path, async (HttpContext context, [FromServices] IAntiforgery antiforgery) =>
            context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context)
                ? await handle(context, await context.Request.ReadFormAsync(context.RequestAborted))
                : SignInFailures.FormExpired.ToProblem()).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> OfSessionAsync(HttpContext context, IFormCollection form, Func<LiveSession, Task<Failure?>> act, string next)
    {
        if (context.Features.Get<LiveSession>() is not { } live) return Results.LocalRedirect(PageRequest.SignInPage);
        return await act(live) is { } failure ? failure.ToProblem() : Results.LocalRedirect(PageRequest.LocalOr(form["returnUrl"], next));
    }

    private static async Task<IResult> SignInAsDemoAsync(HttpContext context, string person, string link, DemoPeople people, PersonSignIn signIn, MembershipStore memberships)
    {
        if (!people.IsOffered(context) || await people.FindAsync(person, link, context.RequestAborted) is not { } demo) return SignInFailures.LinkInvalid.ToProblem();
        await signIn.LetInAsync(context, demo.Account, await memberships.OfPersonAsync(demo.Account.Id, context.RequestAborted), hasFactor: true, Session.LinkMethod, context.RequestAborted);
        return Results.LocalRedirect("/");
    }
}
