using System.Globalization;
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
        if (!HasPort(request.Host))
        {
            return IdentityFailures.ForeignHost(request.Host.Value ?? "");
        }

        var loopback = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
        if (loopback && !ApiKeyHandler.IsPresent(request) && !IsLoopbackName(request.Host.Host))
        {
            return IdentityFailures.ForeignHost(request.Host.Host);
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsOwn(origin, request))
        {
            return IdentityFailures.ForeignOrigin(origin);
        }

        return IsForeignSite(request) ? IdentityFailures.CrossSite : null;
    }

    // Another port of this machine is "same-site" to a browser, and somebody else's page all the same. A link on it may open a page; nothing else may start there.
    private static bool IsForeignSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
        && !(HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document");

    private static bool HasPort(HostString host) => host.Value is not { } text || !text.AsSpan(text.LastIndexOf(']') + 1).Contains(':') || host.Port is > 0 and <= IPEndPoint.MaxPort;

    private static bool IsLoopbackName(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address) && !host.Contains('%', StringComparison.Ordinal));

    // A browser writes an origin in one way only: scheme, host, and the port unless it is the scheme's own.
    private static bool IsOwn(string origin, HttpRequest request)
    {
        var usual = request.IsHttps ? 443 : 80;
        var port = request.Host.Port is { } given && given != usual ? ":" + given.ToString(CultureInfo.InvariantCulture) : "";
        return origin.Equals($"{request.Scheme}://{request.Host.Host}{port}", StringComparison.OrdinalIgnoreCase);
    }
}
