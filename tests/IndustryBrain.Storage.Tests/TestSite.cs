using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Sdk;
using IndustryBrain.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Storage.Tests;

/// <summary>A small program on loopback with the identity in front of a few endpoints.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Database _database;

    private readonly string _folder;

    private TestSite(WebApplication app, Database database, string folder)
    {
        (_app, _database, _folder) = (app, database, folder);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    internal HttpClient Client { get; }

    internal Database Database => _database;

    internal EndpointDataSource Endpoints => _app.Services.GetRequiredService<EndpointDataSource>();

    internal T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    internal static async Task<TestSite> StartAsync(string connectionString, CancellationToken ct, string? bootstrapKey = null, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("ib-site-").FullName;
        var database = await PostgresFixture.OpenAsync(connectionString, ct);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddLogging();
        builder.Configuration.AddInMemoryCollection([new("IB_BOOTSTRAP_API_KEY", bootstrapKey), new("Audit:Folder", folder), new("SignIn:Local", "true"), new("Audit:SealMilliseconds", "50")])
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddIndustryBrainStorage(builder.Configuration, database);
        builder.Services.AddIndustryBrainIdentity(builder.Configuration);
        var app = builder.Build();
        app.UseRouting();
        app.UseIndustryBrainIdentity();
        app.MapGet("/", () => "page").RequirePermission(Permission.UsePages);
        app.MapPost("/_blazor", () => "circuit").RequirePermission(Permission.UsePages);
        app.MapGet("/health/live", () => "ok").AllowAnonymous();
        app.MapGet("/forgotten", () => "never");
        var api = app.MapGroup("/api/v1").RequirePermission(Permission.ReadRuns);
        api.MapGet("/caller", (HttpContext context) => context.GetCaller());
        api.MapPost("/caller", (HttpContext context) => context.GetCaller()).RequirePermission(Permission.StartRuns);
        api.MapGet("/missing", () => new Failure("IB0020", new("没有文件。", "There is no file.")) { Where = "x", Action = new("请检查。", "Check it.") }.ToProblem());
        api.MapGet("/fault", IResult () => throw new InvalidOperationException("secret detail"));
        try
        {
            await app.StartAsync(ct);
            return new(app, database, folder);
        }
        catch
        {
            await app.DisposeAsync();
            await database.DisposeAsync();
            throw;
        }
    }

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken ct, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            if (name == "Host")
            {
                request.Headers.Host = value;
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Client.SendAsync(request, ct);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
