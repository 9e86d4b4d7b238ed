using System.Net;
using IndustryBrain.Identity.Http;
using Microsoft.AspNetCore.HttpOverrides;

namespace IndustryBrain.Host.Startup;

/// <summary>Takes client, scheme and host from the proxies that are trusted, and from nobody else; plain http that comes from another machine and from none of them is refused.</summary>
internal static class TrustedProxies
{
    internal static void AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        // The program has refused what cannot be read.
        _ = ProxyOptions.Read(configuration).TryGet(out var proxies, out _);
        services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.KnownProxies.Clear();
            o.KnownIPNetworks.Clear();
            o.ForwardedHeaders = proxies.Networks is { Count: > 0 } ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost : ForwardedHeaders.None;
            o.ForwardLimit = proxies.Hops;
            foreach (var network in proxies.Networks ?? [])
            {
                o.KnownIPNetworks.Add(network);
            }
        });
    }

    /// <summary>Comes before everything that looks at client, scheme or host.</summary>
    internal static void UseTrustedProxies(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            var hop = context.Connection.RemoteIpAddress;
            context.Items[typeof(TrustedProxies)] = hop is null || IPAddress.IsLoopback(hop);
            await next(context);
        });
        app.UseForwardedHeaders();
    }

    /// <summary>Comes before everything that answers.</summary>
    internal static void RefusePlainHttp(this WebApplication app) =>
        app.Use((context, next) => context.Request.IsHttps || context.Items[typeof(TrustedProxies)] is true || context.Request.Path.StartsWithSegments("/health")
            ? next(context)
            : HostFailures.PlainHttp().ToProblem(StatusCodes.Status403Forbidden).ExecuteAsync(context));
}
