using IndustryBrain.Host.Pages;
using IndustryBrain.Host.Pages.Errors;
using IndustryBrain.Host.Pages.Loading;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Plugins;
using IndustryBrain.Runtime;
using IndustryBrain.Storage;
using IndustryBrain.Web;
using IndustryBrain.Web.Security;
using IndustryBrain.Web.Shell;
using Microsoft.AspNetCore.SignalR;
using Scalar.AspNetCore;

namespace IndustryBrain.Host.Startup;

/// <summary>Puts the rooms together.</summary>
internal static class Composition
{
    // A pasted column of 100 000 prices is one message of a page.
    private const long PageMessageBytes = 16 * 1024 * 1024;
    private const int HeaderSeconds = 15;
    private const string ScalarPolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'self'; frame-ancestors 'none'";

    internal static void AddIndustryBrain(this WebApplicationBuilder builder, IReadOnlyList<string> addresses, Database database)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        var folder = DataFolder.Of(configuration);
        builder.WebHost.UseUrls([.. addresses]).UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(HeaderSeconds);
        });
        services.AddKeys(folder);
        services.AddIndustryBrainStorage(configuration, database, RuntimeSetup.Integrate);
        services.AddExceptionHandler<PageExceptionHandler>();
        services.AddIndustryBrainIdentity(configuration);
        services.AddIndustryBrainRuntime(configuration);
        services.PostConfigure<PluginOptions>(o => o.Folder = Path.GetFullPath(Path.Combine(folder, o.Folder)));
        services.AddIndustryBrainWeb();
        services.Configure<HubOptions>(o => o.MaximumReceiveMessageSize = PageMessageBytes);
        services.AddCascadingAuthenticationState();
        services.AddMemoryCache();
        services.AddSingleton<Handover>();
        services.AddSingleton<Readiness>();
        services.AddScoped<ISearchProvider, PageSearch>();
        services.AddOpenApi("v1", o => o.AddDocumentTransformer((document, _, _) =>
        {
            (document.Info.Title, document.Info.Version) = ("IndustryBrain API", "v1");
            return Task.CompletedTask;
        }));
    }

    internal static void UseIndustryBrain(this WebApplication app)
    {
        app.UseIndustryBrainSecurityHeaders();
        app.UseIndustryBrainLocalization();
        // An empty 404 of the pages becomes the page that says so.
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.Use(NoStoreForApiAsync);
        app.UseRouting();
        app.UseIndustryBrainIdentity();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequirePermission(Permission.UsePages);
        app.MapIndustryBrainApi();
        app.Map("/api/{**path}", (HttpContext context) => HostFailures.NotFound(context.Request.Path).ToProblem(StatusCodes.Status404NotFound)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/live", () => Results.Ok(new { status = "live" })).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", async (Readiness readiness, CancellationToken ct) =>
            await readiness.IsReadyAsync(ct) ? Results.Ok(new { status = "ready" }) : Results.Json(new { status = "starting" }, statusCode: StatusCodes.Status503ServiceUnavailable)).AllowAnonymous().ExcludeFromDescription();
        app.MapOpenApi().AllowAnonymous();
        if (app.Environment.IsDevelopment())
            app.MapScalarApiReference(o => o.WithTitle("IndustryBrain API").DisableDefaultFonts()).AllowAnonymous();
    }

    private static Task NoStoreForApiAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) context.Response.Headers.CacheControl = "no-store";
        // Its page starts with an inline script; all it loads comes from here as well.
        else if (context.Request.Path.StartsWithSegments("/scalar", StringComparison.OrdinalIgnoreCase)) context.Response.Headers.ContentSecurityPolicy = ScalarPolicy;
        return next(context);
    }
}
