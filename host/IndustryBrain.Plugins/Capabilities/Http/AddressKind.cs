using System.Net;
using System.Net.Sockets;

namespace IndustryBrain.Plugins.Capabilities.Http;

/// <summary>Where an address leads.</summary>
internal enum AddressKind
{
    /// <summary>To anybody on the internet.</summary>
    Public,

    /// <summary>Into the enterprise.</summary>
    Private,

    /// <summary>To this machine.</summary>
    Loopback,

    /// <summary>To what is next to this machine, such as the metadata of a cloud.</summary>
    LinkLocal,

    /// <summary>Nowhere, to many, or through a translation that hides where.</summary>
    Unusable,
}

/// <summary>Sorts addresses by the special-purpose registries of IANA.</summary>
internal static class AddressKinds
{
    private static readonly (IPNetwork Network, AddressKind Kind)[] V4 =
    [
        (IPNetwork.Parse("10.0.0.0/8"), AddressKind.Private),
        (IPNetwork.Parse("100.64.0.0/10"), AddressKind.Private),
        (IPNetwork.Parse("172.16.0.0/12"), AddressKind.Private),
        (IPNetwork.Parse("192.168.0.0/16"), AddressKind.Private),
        (IPNetwork.Parse("127.0.0.0/8"), AddressKind.Loopback),
        (IPNetwork.Parse("169.254.0.0/16"), AddressKind.LinkLocal),

        // Metadata services outside link-local: Alibaba Cloud's, Oracle's, Azure's.
        (IPNetwork.Parse("100.100.100.200/32"), AddressKind.LinkLocal),
        (IPNetwork.Parse("192.0.0.192/32"), AddressKind.LinkLocal),
        (IPNetwork.Parse("168.63.129.16/32"), AddressKind.LinkLocal),
        (IPNetwork.Parse("0.0.0.0/8"), AddressKind.Unusable),
        (IPNetwork.Parse("192.0.0.0/24"), AddressKind.Unusable),
        (IPNetwork.Parse("192.0.2.0/24"), AddressKind.Unusable),
        (IPNetwork.Parse("192.88.99.0/24"), AddressKind.Unusable),
        (IPNetwork.Parse("198.18.0.0/15"), AddressKind.Unusable),
        (IPNetwork.Parse("198.51.100.0/24"), AddressKind.Unusable),
        (IPNetwork.Parse("203.0.113.0/24"), AddressKind.Unusable),
        (IPNetwork.Parse("224.0.0.0/4"), AddressKind.Unusable),
        (IPNetwork.Parse("240.0.0.0/4"), AddressKind.Unusable),
    ];

    private static readonly (IPNetwork Network, AddressKind Kind)[] V6 =
    [
        (IPNetwork.Parse("::1/128"), AddressKind.Loopback),
        (IPNetwork.Parse("fe80::/10"), AddressKind.LinkLocal),
        (IPNetwork.Parse("fd00:ec2::254/128"), AddressKind.LinkLocal),
        (IPNetwork.Parse("fd20:ce::254/128"), AddressKind.LinkLocal),
        (IPNetwork.Parse("fc00::/7"), AddressKind.Private),

        // Teredo and other protocol assignments, examples, 6to4.
        (IPNetwork.Parse("2001::/23"), AddressKind.Unusable),
        (IPNetwork.Parse("2001:db8::/32"), AddressKind.Unusable),
        (IPNetwork.Parse("2002::/16"), AddressKind.Unusable),
        (IPNetwork.Parse("3fff::/20"), AddressKind.Unusable),
        (IPNetwork.Parse("2000::/3"), AddressKind.Public),
    ];

    /// <summary>Where an address leads. One that is mapped from IPv4 leads where that does; one of IPv6 that nobody has assigned leads nowhere.</summary>
    public static AddressKind Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return Longest(V4, address) ?? AddressKind.Public;
        }

        // ISATAP hides an IPv4 address behind any prefix.
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out _) && bytes[8..12] is [0 or 2, 0, 0x5e, 0xfe] ? AddressKind.Unusable : Longest(V6, address) ?? AddressKind.Unusable;
    }

    private static AddressKind? Longest((IPNetwork Network, AddressKind Kind)[] networks, IPAddress address)
    {
        var found = networks.Where(n => n.Network.Contains(address)).OrderByDescending(n => n.Network.PrefixLength).ToList();
        return found.Count == 0 ? null : found[0].Kind;
    }
}
