using System.Net;
using System.Net.Sockets;
using IndustryBrain.Plugins.Capabilities.Http;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Connections;

/// <summary>What one use of a connection may reach: its organization's secrets of an environment, and hosts that are public or listed; each name is resolved once, and all its addresses are judged.</summary>
/// <param name="Organization">Whose connection it is.</param>
/// <param name="Environment">In which environment it is used.</param>
/// <param name="Secrets">Has the organization's secrets.</param>
/// <param name="Outbound">Connects.</param>
/// <param name="Options">Names the hosts inside the enterprise.</param>
/// <param name="Time">Clock.</param>
internal sealed record ConnectionReach(string Organization, string Environment, ISecretStore Secrets, OutboundConnections Outbound, ConnectionOptions Options, TimeProvider Time)
{
    /// <summary>The value of a secret, empty for no name; IB5046 when it is not stored.</summary>
    public async Task<Result<string>> SecretAsync(string? name, CancellationToken ct) =>
        string.IsNullOrEmpty(name) ? ""
        : !(await Secrets.FindAsync(Organization, name, Environment, ct)).TryGet(out var value, out var failure) ? failure
        : value is null ? ConnectionFailures.NoSecret(name) : value;

    /// <summary>The addresses of a host, all of which may be reached; IB5047, IB5048.</summary>
    public async Task<Result<IPAddress[]>> ResolveAsync(string host, int port, CancellationToken ct)
    {
        try
        {
            return await Outbound.ResolveAsync(host, Options.IsPrivate(host, port), ct);
        }
        catch (AddressRefusedException)
        {
            return ConnectionFailures.AddressRefused(host);
        }
        catch (SocketException e)
        {
            return ConnectionFailures.NotReached(host, e.SocketErrorCode.ToString());
        }
    }

    /// <summary>A connected socket; IB5047, IB5048.</summary>
    public async Task<Result<Socket>> ConnectAsync(string host, int port, CancellationToken ct)
    {
        if (!(await ResolveAsync(host, port, ct)).TryGet(out var addresses, out var failure))
            return failure;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            return ConnectionFailures.NotReached(host, e.SocketErrorCode.ToString());
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request without following redirects; IB5047, IB5048.</summary>
    public async Task<Result<HttpResponseMessage>> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var url = request.RequestUri!;
        try
        {
            return await Outbound.For("connection", Organization, Options.IsPrivate(url.IdnHost, url.Port)).SendAsync(request, ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AddressRefusedException)
        {
            for (Exception? inner = e; inner is not null; inner = inner.InnerException)
            {
                if (inner is AddressRefusedException)
                    return ConnectionFailures.AddressRefused(url.Host);
                if (inner is SocketException socket)
                    return ConnectionFailures.NotReached(url.Host, socket.SocketErrorCode.ToString());
                if (inner is System.Security.Authentication.AuthenticationException)
                    return ConnectionFailures.NotReached(url.Host, "TLS");
            }

            return ConnectionFailures.NotReached(url.Host, "IO");
        }
    }
}
