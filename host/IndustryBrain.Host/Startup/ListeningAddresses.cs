using System.Net;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Startup;

/// <summary>Decides on which addresses the host may listen.</summary>
internal static class ListeningAddresses
{
    internal const string Default = "http://localhost:5080";

    /// <summary>The addresses to listen on, or IB0901, IB0902 or IB6041.</summary>
    internal static Result<IReadOnlyList<string>> Read(IConfiguration configuration)
    {
        if (!ProxyOptions.Read(configuration).TryGet(out var proxies, out var unreadable))
            return unreadable;
        var hasCertificate = configuration.GetSection("Kestrel:Certificates:Default").GetChildren().Any();
        var urls = (configuration["urls"] is { Length: > 0 } given ? given : Default)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>();
        foreach (var url in urls.Concat(endpoints))
        {
            if (Refusal(url, hasCertificate, proxies.Networks.Count > 0) is { } failure)
                return failure;
        }

        return urls.Length == 0 ? HostFailures.AddressInvalid("") : new Result<IReadOnlyList<string>>([.. urls.Select(WithDynamicPort)]);
    }

    private static Failure? Refusal(string url, bool hasCertificate, bool hasProxy)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return HostFailures.AddressInvalid(url);
        }

        // What cannot be read as a port stays a part of the name.
        if (address.Scheme is not ("http" or "https") || address.PathBase.Length > 0 || address.Port is < 0 or > IPEndPoint.MaxPort
            || (!address.IsUnixPipe && !address.Host.StartsWith('[') && address.Host.Contains(':', StringComparison.Ordinal)))
            return HostFailures.AddressInvalid(url);
        // Plain http is then refused to everybody but the proxy.
        var isSecure = address.Scheme == "https" ? hasCertificate : hasProxy;
        return address.IsUnixPipe || IsLoopback(address.Host) || isSecure ? null : HostFailures.AddressNotLoopback(url);
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    // Kestrel finds a free port only for an address, not for the name localhost.
    private static string WithDynamicPort(string url) =>
        url.EndsWith("//localhost:0", StringComparison.OrdinalIgnoreCase) ? url.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase) : url;
}
