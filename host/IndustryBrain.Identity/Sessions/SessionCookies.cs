using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Identity.Sessions;

/// <summary>The cookies of a session. Over TLS they carry <c>__Host-</c> and Secure; on loopback without TLS a browser would not keep those.</summary>
internal static class SessionCookies
{
    private const string Session = "ib-session";
    private const string SignedOut = "ib-signed-out";
    private const string Ticket = "ib-ticket";
    private const string Host = "__Host-";
    private const int LongestToken = 100;

    /// <summary>What the request's cookie holds; empty when it cannot be that of a session.</summary>
    internal static string? Read(HttpRequest request) => request.Cookies[Name(request, Session)] is { } token ? token.Length <= LongestToken ? token : "" : null;

    /// <summary>True for a request of somebody who has signed in or out: they are not the person at this machine without an account.</summary>
    internal static bool IsPresent(HttpRequest request) =>
        new[] { Session, SignedOut }.Any(name => request.Cookies.ContainsKey(name) || request.Cookies.ContainsKey(Host + name));

    internal static void Begin(HttpContext context, string token)
    {
        Write(context, Session, token);
        Delete(context, SignedOut);
    }

    /// <summary>Keeps what a provider's return left to do for the sign-in page: it must not stand in an address.</summary>
    internal static void KeepTicket(HttpContext context, string ticket) => Write(context, Ticket, ticket);

    /// <summary>What <see cref="KeepTicket"/> kept, once.</summary>
    internal static string? TakeTicket(HttpContext context)
    {
        var ticket = context.Request.Cookies[Name(context.Request, Ticket)];
        if (ticket is not null) Delete(context, Ticket);
        return ticket;
    }

    internal static void End(HttpContext context)
    {
        Delete(context, Session);
        Write(context, SignedOut, "1");
    }

    /// <summary>Lets the person at this machine be who they were before they signed in.</summary>
    internal static void Forget(HttpContext context)
    {
        Delete(context, Session);
        Delete(context, SignedOut);
    }

    private static string Name(HttpRequest request, string name) => request.IsHttps ? Host + name : name;

    private static void Write(HttpContext context, string name, string value) => context.Response.Cookies.Append(Name(context.Request, name), value, Options(context));

    private static void Delete(HttpContext context, string name) => context.Response.Cookies.Delete(Name(context.Request, name), Options(context));

    private static CookieOptions Options(HttpContext context) => new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
