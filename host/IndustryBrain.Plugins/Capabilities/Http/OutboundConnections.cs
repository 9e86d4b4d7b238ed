using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace IndustryBrain.Plugins.Capabilities.Http;

/// <summary>Connections to other systems. A name is resolved once, all its addresses are judged, and one of these is connected to: nothing that a name server says later counts.</summary>
/// <param name="options">Limits.</param>
/// <param name="resolve">Asks for the addresses of a name; the system by default.</param>
internal sealed class OutboundConnections(CapabilityOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) : IDisposable
{
    private const int MaxConnectionsPerHost = 16;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;
    private readonly ConcurrentDictionary<(string Plugin, string Organization, bool IsPrivate), Lazy<HttpMessageInvoker>> _invokers = new();

    /// <summary>Who sends requests for a plugin. Its connections serve nobody else, and those to private hosts no request that may reach public ones only.</summary>
    public HttpMessageInvoker For(string plugin, string organization, bool isPrivate) =>
        _invokers.GetOrAdd((plugin, organization, isPrivate), key => new(() => Create(key.IsPrivate))).Value;

    /// <summary>The addresses of a host, all of which may be reached.</summary>
    /// <exception cref="AddressRefusedException">One of them may not.</exception>
    /// <exception cref="SocketException">There are none.</exception>
    public async Task<IPAddress[]> ResolveAsync(string name, bool isPrivate, CancellationToken ct)
    {
        var host = name.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, ct).ConfigureAwait(false);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        return addresses.All(a => MayReach(host, a, isPrivate)) ? addresses : throw new AddressRefusedException();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var invoker in _invokers.Values.Where(i => i.IsValueCreated))
        {
            invoker.Value.Dispose();
        }
    }

    /// <summary>True when a host that was granted by name may have this address. A name leads to this machine only when it says so, and to what is next to it only as a literal address: a name server must not choose these.</summary>
    internal static bool MayReach(string host, IPAddress address, bool isPrivate) => AddressKinds.Of(address) switch
    {
        AddressKind.Public => true,
        AddressKind.Private => isPrivate,
        AddressKind.Loopback => isPrivate && (IPAddress.TryParse(host, out _) || host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)),
        AddressKind.LinkLocal => isPrivate && IPAddress.TryParse(host, out _),
        _ => false,
    };

    private HttpMessageInvoker Create(bool isPrivate) => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, isPrivate, ct),
        ConnectTimeout = options.HttpConnectTimeout,
        MaxConnectionsPerServer = MaxConnectionsPerHost,
        PooledConnectionIdleTimeout = IdleTime,
        PooledConnectionLifetime = Lifetime,
        UseCookies = false,
        UseProxy = false,
    });

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint wanted, bool isPrivate, CancellationToken ct)
    {
        var addresses = await ResolveAsync(wanted.Host, isPrivate, ct).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, wanted.Port, ct).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host has an address that the plugin may not reach.</summary>
internal sealed class AddressRefusedException : Exception;
