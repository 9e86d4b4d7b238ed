using System.Text.Encodings.Web;
using IndustryBrain.Identity.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Sessions;

/// <summary>A person who signed in. The API takes the cookie for what pages link to, which is read; whoever changes something there shows a key.</summary>
internal sealed class SessionHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionReader sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SessionCookies.Read(Request) is not { Length: > 0 } token || (ProgramAddress.Is(Request.Path) && !HttpMethods.IsGet(Request.Method) && !HttpMethods.IsHead(Request.Method)))
        {
            return AuthenticateResult.NoResult();
        }

        if (await sessions.ReadAsync(token, Context.RequestAborted) is not { } live)
        {
            return AuthenticateResult.NoResult();
        }

        await sessions.TouchAsync(live, Context.RequestAborted);
        Context.Features.Set(live);
        return AuthenticateResult.Success(new AuthenticationTicket(live.ToPrincipal(Scheme.Name), Scheme.Name));
    }
}
