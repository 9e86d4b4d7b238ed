using System.Net;
using System.Text.Encodings.Web;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.SignIn;

/// <summary>The person at this machine: whoever connects over the loopback interface. The API is theirs only while no key exists.</summary>
internal sealed class LocalHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyStore keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // A forwarded request comes from somewhere else, whatever the last hop.
        if (Context.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address)
            || Request.Headers.ContainsKey("Forwarded") || Request.Headers.ContainsKey("X-Forwarded-For"))
        {
            return AuthenticateResult.NoResult();
        }

        if (Request.Path.StartsWithSegments("/api") && await keys.AnyAsync(Context.RequestAborted))
        {
            return AuthenticateResult.NoResult();
        }

        var person = new Actor(ActorKind.Person, "local", Environment.UserName is { Length: > 0 } name ? name : "local");
        var principal = CallerClaims.Write(new Caller(DemoOrganization.Id, person, address.ToString()), Permission.All, Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }
}
