using System.Net;
using System.Text.Encodings.Web;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.SignIn;

/// <summary>The person at this machine: whoever connects over the loopback interface, where <see cref="SignInOptions.Local"/> lets them in without an account. The pages are theirs always, the API and what scenarios serve to known callers only while no key exists.</summary>
internal sealed class LocalHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyStore keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    // What proxies add, and what is left of it where a trusted one was believed. A forwarded request comes from somewhere else, whatever the last hop.
    private static readonly string[] ForwardedHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via", "X-Original-For", "X-Original-Proto", "X-Original-Host"];

    /// <summary>True for a request that comes from this machine itself.</summary>
    internal static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !ForwardedHeaders.Any(context.Request.Headers.ContainsKey);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsLocal(Context))
        {
            return AuthenticateResult.NoResult();
        }

        if (ProgramAddress.Is(Request.Path) && await keys.AnyAsync(Context.RequestAborted))
        {
            return AuthenticateResult.NoResult();
        }

        var person = new Actor(ActorKind.Person, "local", Environment.UserName is { Length: > 0 } name ? name : "local");
        var principal = CallerClaims.Write(new Caller(DemoOrganization.Id, person, Context.Connection.RemoteIpAddress!.ToString()), Permission.All, Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }
}
