using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Web.Security;

/// <summary>Response headers that keep a page from loading, sending or framing anything that is not ours.</summary>
public static class SecurityHeaders
{
    private const int NonceBytes = 16;
    private static readonly object NonceKey = new();

    /// <summary>Adds the content security policy, <c>nosniff</c>, <c>Referrer-Policy</c> and what keeps other sites from framing, opening and embedding it to every response. Belongs before static files and components.</summary>
    public static IApplicationBuilder UseIndustryBrainSecurityHeaders(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use((context, next) =>
        {
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
            context.Items[NonceKey] = nonce;
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy(nonce);
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Referrer-Policy"] = "same-origin";
            return next(context);
        });
    }

    /// <summary>The nonce that inline scripts of this response must carry; null outside <see cref="UseIndustryBrainSecurityHeaders"/>.</summary>
    public static string? GetScriptNonce(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(NonceKey, out var nonce) ? (string?)nonce : null;
    }

    internal static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
}
