using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using IndustryBrain.Plugins;
using StreamJsonRpc;

namespace IndustryBrain.Benchmarks.Isolation;

/// <summary>One way to call the component.</summary>
internal interface ICaller : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Sends JSON, and takes JSON back.</summary>
    Task CallAsync(byte[] json, JsonElement element);
}

/// <summary>Through a plugin host: in process, or in a worker.</summary>
internal sealed class HostCaller(string name, PluginHost host) : ICaller
{
    private readonly BenchContext _context = new();

    public string Name => name;

    public async Task CallAsync(byte[] json, JsonElement element)
    {
        if ((await host.CallAsync("echo.text", element, _context, CancellationToken.None)).Failure is { } failure)
        {
            throw new InvalidOperationException(failure.Code + " " + failure.Message.En);
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}

/// <summary>A server in a process of its own, on a Unix socket.</summary>
internal abstract class ServerCaller(string kind) : ICaller
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-bench-");
    private Process? _server;

    public abstract string Name { get; }

    protected string Socket => Path.Combine(_folder.FullName, "s");

    public abstract Task CallAsync(byte[] json, JsonElement element);

    public async Task<ICaller> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(ServerCaller).Assembly.Location, "serve", kind, Socket]) { RedirectStandardInput = true };
        _server = Process.Start(start)!;
        while (!File.Exists(Socket))
        {
            await Task.Delay(20);
        }

        await ConnectAsync();
        return this;
    }

    public virtual async ValueTask DisposeAsync()
    {
        _server!.StandardInput.Close();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    protected abstract Task ConnectAsync();

    // The file is there a moment before somebody listens.
    protected async Task<Stream> ConnectStreamAsync(CancellationToken ct)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException)
            {
                socket.Dispose();
                await Task.Delay(20, ct);
            }
        }
    }
}

/// <summary>gRPC.</summary>
internal sealed class GrpcCaller() : ServerCaller(EchoServers.Grpc)
{
    private GrpcChannel? _channel;
    private CallInvoker? _invoker;

    public override string Name => "gRPC 2.85.0";

    public override async Task CallAsync(byte[] json, JsonElement element)
    {
        using var call = _invoker!.AsyncUnaryCall(EchoServers.EchoMethod, host: null, default, json);
        JsonElement.Parse(await call.ResponseAsync);
    }

    public override ValueTask DisposeAsync()
    {
        _channel!.Dispose();
        return base.DisposeAsync();
    }

    protected override Task ConnectAsync()
    {
        _channel = GrpcChannel.ForAddress("http://localhost", new()
        {
            HttpHandler = new SocketsHttpHandler { ConnectCallback = async (_, ct) => await ConnectStreamAsync(ct), EnableMultipleHttp2Connections = false },
            MaxReceiveMessageSize = null,
        });
        _invoker = _channel.CreateCallInvoker();
        return Task.CompletedTask;
    }
}

/// <summary>StreamJsonRpc with its fastest formatter.</summary>
internal sealed class StreamJsonRpcCaller() : ServerCaller(EchoServers.StreamJsonRpc)
{
    private JsonRpc? _rpc;

    public override string Name => "StreamJsonRpc 2.26.150 (MessagePack)";

    public override async Task CallAsync(byte[] json, JsonElement element) => JsonElement.Parse(await _rpc!.InvokeAsync<byte[]>("Call", json));

    public override ValueTask DisposeAsync()
    {
        _rpc!.Dispose();
        return base.DisposeAsync();
    }

    protected override async Task ConnectAsync()
    {
        var stream = await ConnectStreamAsync(CancellationToken.None);
        _rpc = new(new LengthHeaderMessageHandler(stream, stream, new MessagePackFormatter()));
        _rpc.StartListening();
    }
}
