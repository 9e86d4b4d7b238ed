using System.Net;
using IndustryBrain.Identity.Http;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Identity.SignIn;

/// <summary>Refuses what a web page of somebody else could make the local person's browser send: another host name that points here (DNS rebinding),
/// another origin, another site. It stands before everything, the pages' own connection included; a request with a key is no browser's.</summary>
internal sealed class RequestOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => Judge(context) is { } failure ? failure.ToProblem().ExecuteAsync(context) : next(context);

    internal static Failure? Judge(HttpContext context)
    {
        var request = context.Request;
        var loopback = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
        var hasKey = ApiKeyHandler.IsPresent(request);
        if (loopback && !hasKey && !IsLoopbackName(request.Host.Host))
        {
            return IdentityFailures.ForeignHost(request.Host.Host);
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsOwn(origin, request))
        {
            return IdentityFailures.ForeignOrigin(origin.Length > 100 ? origin[..100] : origin);
        }

        // A link on another site may open a page; nothing else may start there.
        if (request.Headers["Sec-Fetch-Site"] == "cross-site" && !(HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document"))
        {
            return IdentityFailures.CrossSite;
        }

        return null;
    }

    private static bool IsLoopbackName(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address) && !host.Contains('%', StringComparison.Ordinal));

    private static bool IsOwn(string origin, HttpRequest request) => Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme.Equals(request.Scheme, StringComparison.OrdinalIgnoreCase)
        && uri.Authority.Equals(new Uri($"{request.Scheme}://{request.Host.ToUriComponent()}").Authority, StringComparison.OrdinalIgnoreCase);
}
