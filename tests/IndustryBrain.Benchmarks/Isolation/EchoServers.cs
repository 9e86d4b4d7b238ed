using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Echo;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using IndustryBrain.Sdk.Components;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StreamJsonRpc;

namespace IndustryBrain.Benchmarks.Isolation;

/// <summary>The same component as a worker has, behind the libraries that a worker's frames are compared with.</summary>
internal static class EchoServers
{
    public const string Grpc = "grpc";
    public const string StreamJsonRpc = "streamjsonrpc";

    public static readonly Method<byte[], byte[]> EchoMethod = new(MethodType.Unary, "bench.Echo", "Call", Bytes(), Bytes());

    /// <summary>Serves one client on a Unix socket until it is gone.</summary>
    public static Task RunAsync(string kind, string socket) => kind == Grpc ? ServeGrpcAsync(socket) : ServeStreamJsonRpcAsync(socket);

    /// <summary>Reads JSON, runs the component, writes JSON.</summary>
    public static async Task<byte[]> CallAsync(Component component, byte[] input, CancellationToken ct)
    {
        var answer = await component.InvokeAsync(JsonElement.Parse(input), new BenchContext(), ct);
        return answer.TryGet(out var output, out var failure) ? JsonMarshal.GetRawUtf8Value(output).ToArray() : throw new InvalidOperationException(failure.Message.En);
    }

    private static Marshaller<byte[]> Bytes() => Marshallers.Create<byte[]>(
        (value, context) => context.Complete(value),
        context => context.PayloadAsNewBuffer());

    private static async Task ServeGrpcAsync(string socket)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, o => o.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(o => (o.MaxReceiveMessageSize, o.MaxSendMessageSize) = (null, null));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IServiceMethodProvider<EchoService>, EchoMethods>());
        var app = builder.Build();
        app.MapGrpcService<EchoService>();
        await app.StartAsync();
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static async Task ServeStreamJsonRpcAsync(string socket)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(socket));
        listener.Listen();
        var stream = new NetworkStream(await listener.AcceptAsync(), ownsSocket: true);
        using var rpc = new JsonRpc(new LengthHeaderMessageHandler(stream, stream, new MessagePackFormatter()), new EchoTarget());
        rpc.StartListening();
        await rpc.Completion;
    }

    private sealed class EchoTarget
    {
        private readonly EchoText _component = new();

        public Task<byte[]> Call(byte[] input, CancellationToken ct) => CallAsync(_component, input, ct);
    }

    private sealed class EchoService
    {
        private readonly EchoText _component = new();

        public Task<byte[]> Call(byte[] input, ServerCallContext context) => CallAsync(_component, input, context.CancellationToken);
    }

    private sealed class EchoMethods : IServiceMethodProvider<EchoService>
    {
        public void OnServiceMethodDiscovery(ServiceMethodProviderContext<EchoService> context) =>
            context.AddUnaryMethod(EchoMethod, [], (service, input, call) => service.Call(input, call));
    }
}
