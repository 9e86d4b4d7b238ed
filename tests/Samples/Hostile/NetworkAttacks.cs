using System.Net;
using System.Net.Sockets;
using IndustryBrain.Sdk.Components;

namespace Hostile;

/// <summary>Connects over TCP.</summary>
[Component("hostile.net-tcp", Zh = "TCP", En = "TCP")]
public sealed class NetTcp : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, aim.Number);
        return "connected";
    }
}

/// <summary>Asks over HTTP.</summary>
[Component("hostile.net-http", Zh = "HTTP", En = "HTTP")]
public sealed class NetHttp : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri($"http://127.0.0.1:{aim.Number}/"));
    }
}

/// <summary>Sends a datagram.</summary>
[Component("hostile.net-udp", Zh = "UDP", En = "UDP")]
public sealed class NetUdp : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        using var client = new UdpClient(AddressFamily.InterNetwork);
        await client.SendAsync(new byte[1], new IPEndPoint(IPAddress.Loopback, aim.Number));
        return "sent";
    }
}

/// <summary>Connects to a Unix socket.</summary>
[Component("hostile.net-unix", Zh = "Unix 套接字", En = "Unix socket")]
public sealed class NetUnix : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(aim.Path + ".sock"));
        return "connected";
    }
}

/// <summary>Waits for others to connect.</summary>
[Component("hostile.net-listen", Zh = "监听", En = "Listens")]
public sealed class NetListen : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return Task.FromResult("listening");
    }
}

/// <summary>Opens a socket to the kernel, past .NET.</summary>
[Component("hostile.net-netlink", Zh = "内核套接字", En = "Netlink")]
public sealed class NetNetlink : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Libc.Close((int)Check(Libc.Socket(family: 16, type: 3, protocol: 0))));
        return Task.FromResult("opened");
    }
}

/// <summary>Asks for the address of a name, which carries out whatever is written into the name.</summary>
[Component("hostile.net-names", Zh = "域名查询", En = "Names")]
public sealed class NetNames : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context) => (await Dns.GetHostAddressesAsync("localhost"))[0].ToString();
}
