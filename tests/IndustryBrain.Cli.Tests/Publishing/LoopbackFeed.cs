using System.Net;
using System.Text;
using IndustryBrain.Testing;
using NuGet.Packaging;

namespace IndustryBrain.Cli.Tests.Publishing;

/// <summary>A NuGet v3 feed that packages are pushed to, as the protocol says: index, PUT of a multipart body, 201, 403 for another key, 409 for a version that is there.</summary>
internal sealed class LoopbackFeed : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private readonly string _key;

    public LoopbackFeed(string key)
    {
        _key = key;
        var root = $"http://127.0.0.1:{HostProcess.FreePort()}/";
        Index = new Uri(root + "v3/index.json");
        _listener.Prefixes.Add(root);
        _listener.Start();
        _serving = ServeAsync(root);
    }

    public Uri Index { get; }

    /// <summary>Packages that were pushed, by id and version.</summary>
    public Dictionary<string, byte[]> Packages { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync(string root)
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

            var (status, body) = await AnswerAsync(context.Request, root);
            context.Response.StatusCode = status;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }

    private async Task<(int Status, string Body)> AnswerAsync(HttpListenerRequest request, string root)
    {
        if (request.HttpMethod == "GET" && request.Url == Index)
        {
            return (200, $$"""{"version":"3.0.0","resources":[{"@id":"{{root}}api/v2/package","@type":"PackagePublish/2.0.0"}]}""");
        }

        if (request.HttpMethod != "PUT" || request.Url!.AbsolutePath != "/api/v2/package/")
        {
            return (404, "");
        }

        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        if (request.Headers["X-NuGet-ApiKey"] != _key)
        {
            return (403, "");
        }

        // The one part of the body: from the zip's first record to the boundary behind it.
        var bytes = body.ToArray();
        var boundary = Encoding.ASCII.GetBytes("\r\n--" + request.ContentType!.Split("boundary=")[1].Trim('"'));
        var start = bytes.AsSpan().IndexOf("PK\u0003\u0004"u8);
        var package = bytes[start..bytes.AsSpan().LastIndexOf(boundary)];
        using var reader = new PackageArchiveReader(new MemoryStream(package));
        return Packages.TryAdd(reader.GetIdentity().ToString(), package) ? (201, "") : (409, "");
    }
}
