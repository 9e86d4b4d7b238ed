using System.Net;
using IndustryBrain.Plugins.Capabilities.Http;

namespace IndustryBrain.Plugins.Tests.Capabilities;

public sealed class AddressKindsTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:0:7f00:1::")]
    [InlineData("2a00:1450::5efe:a00:1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("fec0::1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("::")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("ff02::1")]
    [InlineData("198.18.0.1")]
    [InlineData("2001:db8::1")]
    public void Of_SpecialAddress_IsNotPublic(string address)
    {
        Assert.NotEqual(AddressKind.Public, AddressKinds.Of(IPAddress.Parse(address)));
        Assert.False(OutboundConnections.MayReach("acme.example.com", IPAddress.Parse(address), isPrivate: false));
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2a00:1450:4001::1")]
    [InlineData("::ffff:8.8.8.8")]
    public void Of_OrdinaryAddress_IsPublic(string address) => Assert.Equal(AddressKind.Public, AddressKinds.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("mes.plant", "10.0.0.1", true)]
    [InlineData("mes.plant", "127.0.0.1", false)]
    [InlineData("mes.plant", "169.254.169.254", false)]
    [InlineData("localhost", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("mes.plant", "224.0.0.1", false)]
    [InlineData("mes.plant", "64:ff9b::a00:1", false)]
    public void MayReach_PrivateHostByName_OnlyWhatTheNameMayMean(string host, string address, bool may) =>
        Assert.Equal(may, OutboundConnections.MayReach(host, IPAddress.Parse(address), isPrivate: true));

    [Theory]
    [InlineData("GET https://*.acme.com", "GET https://api.acme.com", true)]
    [InlineData("GET https://*.acme.com", "GET https://acme.com", false)]
    [InlineData("GET https://*.acme.com", "GET https://evilacme.com", false)]
    [InlineData("GET https://api.acme.com", "POST https://api.acme.com", false)]
    [InlineData("GET https://api.acme.com", "GET http://api.acme.com", false)]
    [InlineData("GET https://api.acme.com", "GET https://api.acme.com:8443", false)]
    [InlineData("GET https://api.acme.com:*", "GET https://api.acme.com:8443", true)]
    [InlineData("https://api.acme.com", "HEAD https://api.acme.com", true)]
    [InlineData("GET https://*", "GET https://api.acme.com", true)]
    [InlineData("GET https://API.acme.com.", "GET https://api.acme.com", true)]
    public void Covers_Target_ComparesMethodSchemeHostAndPort(string allowed, string wanted, bool covers) =>
        Assert.Equal(covers, HttpTarget.Parse(allowed)!.Covers(HttpTarget.Parse(wanted)!));

    [Theory]
    [InlineData("GET ftp://a")]
    [InlineData("GET https://u@a.com")]
    [InlineData("GET https://a.com/path")]
    [InlineData("TRACE https://a.com")]
    [InlineData("GET https://a.*.com")]
    [InlineData("GET https://")]
    [InlineData("*")]
    [InlineData("")]
    public void Parse_NoTarget_IsNull(string text) => Assert.Null(HttpTarget.Parse(text));
}
