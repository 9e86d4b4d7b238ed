using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Runtime.Tests.Http;

/// <summary>A request as the server saw it.</summary>
internal sealed record SeenRequest(string Method, string Path, string Body, string Key, string Authorization);

/// <summary>A real server on loopback that counts what it is asked.</summary>
internal sealed class CountingServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CountingServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public static async Task<CountingServer> StartAsync(Func<HttpContext, Task> answer, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new CountingServer(builder.Build());
        server._app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            server.Seen.Enqueue(new(http.Request.Method, http.Request.Path, await reader.ReadToEndAsync(http.RequestAborted), http.Request.Headers["Idempotency-Key"].ToString(), http.Request.Headers.Authorization.ToString()));
            await answer(http);
        });
        await server._app.StartAsync(ct);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
