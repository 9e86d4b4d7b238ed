using System.Text.Encodings.Web;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.SignIn;

/// <summary>A key in <c>X-Api-Key</c> or as a bearer token; never in an address, which logs and histories keep.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyStore keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Header = "X-Api-Key";
    private const string Bearer = "Bearer ";
    private const int Longest = 256;

    internal static bool IsPresent(HttpRequest request) => request.Headers.ContainsKey(Header)
        || request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    /// <summary>Why a request that nobody could be found for is refused.</summary>
    internal static Failure RefusalOf(HttpRequest request) =>
        !IsPresent(request) ? IdentityFailures.Unknown : ApiKeyText.IsDamaged(TextOf(request)) ? KeyFailures.Damaged : IdentityFailures.KeyRefused;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var text = TextOf(Request);
        if (text.Length is 0 or > Longest || await keys.FindAsync(text, Context.RequestAborted) is not { } key)
        {
            return AuthenticateResult.Fail("unknown key");
        }

        var source = Context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        var caller = new Caller(key.Organization, new Actor(ActorKind.Key, key.ShortId, key.Name), source);
        return AuthenticateResult.Success(new AuthenticationTicket(CallerClaims.Write(caller, key.Permissions, Scheme.Name), Scheme.Name));
    }

    private static string TextOf(HttpRequest request) => request.Headers.TryGetValue(Header, out var header) ? header.ToString()
        : request.Headers.Authorization.ToString() is var value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? value[Bearer.Length..].Trim()
        : "";
}
