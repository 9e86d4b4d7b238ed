using IndustryBrain.Host.Diagnostics;
using IndustryBrain.Host.Pages;
using IndustryBrain.Host.Pages.Accounts;
using IndustryBrain.Host.Pages.Errors;
using IndustryBrain.Host.Pages.Loading;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Auditing;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Runtime;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Scenarios.Definitions;
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
    private const int HstsDays = 365;

    // A page that computes for half a minute, or a processor with too much to do, is not a page that is gone; the pages wait as long for the server (boot.ts).
    private static readonly TimeSpan PageSilence = TimeSpan.FromMinutes(1);

    internal static void AddIndustryBrain(this WebApplicationBuilder builder, IReadOnlyList<string> addresses, Database database)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        var folder = new StorageOptions { Folder = configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.Folder)}"] }.FolderOrDefault();
        builder.WebHost.UseUrls([.. addresses]).UseStaticWebAssets();
        if (!builder.Environment.IsDevelopment())
        {
            // A plain build serves as a published one does: its scripts and styles have their fingerprint in the address, so that a browser may keep them.
            (configuration["EnableStaticAssetsDevelopmentCaching"], configuration["ReloadStaticAssetsAtRuntime"]) = ("true", "false");
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(HeaderSeconds);
            RawTargets.Accept(kestrel);
        });
        services.AddTrustedProxies(configuration);
        services.AddIndustryBrainStorage(configuration, database, RuntimeSetup.Integrate);
        services.AddSharedKeys();
        services.AddExceptionHandler<PageExceptionHandler>();
        services.AddIndustryBrainIdentity(configuration);
        services.AddIndustryBrainRuntime(configuration);
        services.PostConfigure<AuditOptions>(o => o.Folder = Path.GetFullPath(Path.Combine(folder, o.Folder)));
        services.PostConfigure<SignInOptions>(o => o.Folder = Path.GetFullPath(Path.Combine(folder, o.Folder)));
        services.PostConfigure<CapabilityOptions>(o => o.Folder = Path.GetFullPath(Path.Combine(folder, o.Folder.Length == 0 ? "capabilities" : o.Folder)));
        services.PostConfigure<WorkerOptions>(o => o.Folder = Path.GetFullPath(Path.Combine(folder, o.Folder.Length == 0 ? "workers" : o.Folder)));
        services.PostConfigure<PluginTrustOptions>(o => o.Folder = Path.GetFullPath(Path.Combine(folder, o.Folder)));
        services.PostConfigure<PluginOptions>(o => o.Folder = Path.GetFullPath(Path.Combine(folder, o.Folder)));
        services.AddBackups(folder);
        services.AddIndustryBrainWeb();
        services.Configure<HubOptions>(o => (o.MaximumReceiveMessageSize, o.ClientTimeoutInterval) = (PageMessageBytes, PageSilence));
        // Ours are stricter, and stand on every answer.
        services.AddAntiforgery(o => (o.SuppressXFrameOptionsHeader, o.Cookie.SecurePolicy) = (true, CookieSecurePolicy.SameAsRequest));
        // What is public and never mixed with a secret; package assets come without a compressed twin.
        services.AddResponseCompression(o => (o.EnableForHttps, o.MimeTypes) = (true, ["text/css", "text/javascript", "application/javascript", "image/svg+xml"]));
        services.AddHsts(o => (o.MaxAge, o.IncludeSubDomains) = (TimeSpan.FromDays(HstsDays), true));
        services.AddCascadingAuthenticationState();
        services.AddCircuitSessions();
        services.AddSingleton<OrganizationNames>();
        services.AddMemoryCache();
        services.AddSingleton<Handover>();
        services.AddSingleton<Readiness>();
        services.AddScoped<ISearchProvider, PageSearch>();
        services.AddOpenApi("v1", o => o.AddDocumentTransformer<ApiDocument>());
    }

    internal static void UseIndustryBrain(this WebApplication app)
    {
        app.UseTrustedProxies();
        // Stands on answers over TLS only, and never on loopback's.
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.Use(RawTargets.CloseAsync);
        app.UseIndustryBrainSecurityHeaders();
        app.RefusePlainHttp();
        app.UseResponseCompression();
        app.UseIndustryBrainLocalization();
        // An empty 404 of the pages becomes the page that says so.
        app.UseWhen(
            context => !ProgramAddress.Is(context.Request.Path),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.Use(NoStoreForApiAsync);
        app.Use(AnswerHeadAsync);
        app.UseRouting();
        app.UseIndustryBrainIdentity();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null).RequirePermission(Permission.UsePages);
        AccountEndpoints.Map(app);
        app.MapIndustryBrainApi();
        app.MapDiagnostics();
        app.Map("/api/{**path}", NoSuchEndpoint.Answer).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/live", () => Results.Ok(new { status = "live" })).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", async (Readiness readiness, CancellationToken ct) =>
            await readiness.IsReadyAsync(ct) ? Results.Ok(new { status = "ready" }) : Results.Json(new { status = "starting" }, statusCode: StatusCodes.Status503ServiceUnavailable)).AllowAnonymous().ExcludeFromDescription();
        MapReference(app);
        app.MapGet(ScenarioSchema.Path, () => Results.Bytes(ScenarioSchema.Document, "application/schema+json")).AllowAnonymous().ExcludeFromDescription();
    }

    // Where people develop, everybody at the machine may look at the API. Elsewhere there is no browser for it, and its description is for those who are known.
    private static void MapReference(WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.MapOpenApi().RequirePermission(Permission.UsePages);
            return;
        }

        app.MapOpenApi().AllowAnonymous();
        // Its script comes with the package; fonts, assistant and telemetry would come from elsewhere.
        app.MapScalarApiReference((options, context) => options
            .WithTitle("IndustryBrain API").WithNonce(context.GetScriptNonce() ?? "").DisableDefaultFonts().DisableAgent().DisableTelemetry()).AllowAnonymous();
    }

    // Pages and health know GET alone, and what watches a site asks with HEAD; the server sends no body for it whatever the method says here.
    private static Task AnswerHeadAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsHead(context.Request.Method) && !ProgramAddress.Is(context.Request.Path)) context.Request.Method = HttpMethods.Get;
        return next(context);
    }

    private static Task NoStoreForApiAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) context.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}
