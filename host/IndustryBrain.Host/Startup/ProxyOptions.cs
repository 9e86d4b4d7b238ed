using System.Net;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Startup;

/// <summary>Reverse proxies in front of the host; section <c>Proxy</c> of the configuration.</summary>
public sealed class ProxyOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Proxy";

    /// <summary>Addresses, or networks such as <c>10.0.0.0/24</c>, of the proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed. Default none.</summary>
    public IList<string> Trusted { get; } = [];

    /// <summary>Proxies that stand one behind another. Default 1.</summary>
    public int Hops { get; set; } = 1;

    /// <summary>Reads the section, or IB6041.</summary>
    internal static Result<(IReadOnlyList<IPNetwork> Networks, int Hops)> Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<ProxyOptions>() ?? new ProxyOptions();
        List<IPNetwork> networks = [];
        foreach (var text in options.Trusted)
        {
            if (Parse(text) is not { } network)
            {
                return HostFailures.ProxyInvalid(text);
            }

            networks.Add(network);
        }

        return options.Hops is < 1 or > 10 ? HostFailures.OptionInvalid("Proxy:Hops must be 1 to 10.") : ((IReadOnlyList<IPNetwork>)networks, options.Hops);
    }

    // A network of no bits would be everybody.
    private static IPNetwork? Parse(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 ? network
        : null;
}
