using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Identity.Providers;

/// <summary>Sends a browser to a provider.</summary>
internal sealed partial class ProviderChallenge(ProviderRegistry providers, IDataProtectionProvider protection, ILogger<ProviderChallenge> logger)
{
    private static readonly TimeSpan LinkTime = TimeSpan.FromMinutes(5);
    private readonly ITimeLimitedDataProtector _links = protection.CreateProtector("IndustryBrain.SignIn.Link").ToTimeLimitedDataProtector();

    /// <summary>What an address that links has to carry: it comes from a page of this very session, so that no other site links anybody.</summary>
    internal string LinkTicketOf(LiveSession live) => _links.Protect(live.Session.Id, LinkTime);

    /// <summary>True when the ticket was made for the session.</summary>
    internal bool IsLinkTicketOf(LiveSession live, string? ticket)
    {
        try
        {
            return ticket is not null && _links.Unprotect(ticket) == live.Session.Id;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Redirects to the provider, or back to the page with IB4100 when it does not answer, or IB4108.</summary>
    internal async Task<IResult> GoAsync(HttpContext context, string provider, ProviderPurpose purpose, string? back)
    {
        if (!providers.All.ContainsKey(provider)) return ProviderFailures.ProviderUnknown(provider).ToProblem();
        var properties = new OpenIdConnectChallengeProperties { Items = { [ProviderReturn.PurposeItem] = purpose.ToString(), [ProviderReturn.ReturnItem] = back } };
        if (purpose != ProviderPurpose.SignIn)
        {
            if (context.Features.Get<LiveSession>() is not { } live) return Results.LocalRedirect(PageRequest.SignInPage);
            properties.Items[ProviderReturn.SessionItem] = live.Session.Id;
            // Whoever sits at the machine must not link or confirm with what somebody left open at the provider.
            (properties.Prompt, properties.MaxAge) = ("login", TimeSpan.Zero);
        }

        try
        {
            await context.ChallengeAsync(ProviderRegistry.SchemeOf(provider), properties);
            return Results.Empty;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or TaskCanceledException && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // The handler says so when the provider's description cannot be read.
            LogUnreachable(logger, provider, e.Message);
            return Results.LocalRedirect(ProviderReturn.PageOf(purpose, ProviderFailures.Unreachable, back));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in provider {Provider}: an answer was refused: {Reason}")]
    internal static partial void LogRefused(ILogger logger, string provider, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in provider {Provider} does not answer: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string provider, string reason);
}
