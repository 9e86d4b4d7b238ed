using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>A real server on this machine.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private const int Tries = 20;
    private readonly HttpListener _listener;
    private readonly Task _serving;

    public LoopbackServer(Action<HttpListenerContext> answer)
    {
        (_listener, Port) = Start();
        _serving = ServeAsync(answer);
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    public ConcurrentQueue<string> Seen { get; } = new();

    public static void Write(HttpListenerContext context, string text) => context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(text));

    public async ValueTask DisposeAsync()
    {
        // Closed once and not stopped before: the listener would bind its port again to take its names back, and somebody else may have it by then.
        _listener.Close();
        await _serving;
    }

    // Between the moment that a port is found free and its use, somebody else may take it.
    private static (HttpListener Listener, int Port) Start()
    {
        for (var i = 1; ; i++)
        {
            int port;
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                port = ((IPEndPoint)probe.LocalEndpoint).Port;
            }

            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/", $"http://localhost:{port}/" } };
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException) when (i < Tries)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync(Action<HttpListenerContext> answer)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Seen.Enqueue($"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath} {context.Request.Headers["Authorization"]}".TrimEnd());
            try
            {
                answer(context);
                context.Response.Close();
            }
            catch (HttpListenerException)
            {
                // The other side went away.
            }
        }
    }
}
