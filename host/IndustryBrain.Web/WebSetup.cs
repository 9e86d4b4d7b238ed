using IndustryBrain.Web.Browser;
using IndustryBrain.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using static Microsoft.AspNetCore.Components.Web.RenderMode;

namespace IndustryBrain.Web;

/// <summary>Adds the shell, its components and its languages to a host.</summary>
public static class WebSetup
{
    /// <summary>The languages of the product; the first is the default.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["zh-CN", "en"];

    /// <summary>Registers Interactive Server components, MudBlazor and the shell.</summary>
    public static IServiceCollection AddIndustryBrainWeb(this IServiceCollection services, Action<ShellOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRazorComponents().AddInteractiveServerComponents().RegisterPersistentService<ShellPreferences>(InteractiveServer);
        services.AddMudServices();
        services.AddHttpContextAccessor();
        services.AddScoped<ShellPreferences>();
        services.AddScoped<BrowserScript>();
        services.AddOptions<ShellOptions>();
        if (configure is not null) services.Configure(configure);
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Languages[0]).AddSupportedCultures([.. Languages]).AddSupportedUICultures([.. Languages]);
            // The person's choice, else Chinese: a browser in another language must not decide.
            options.RequestCultureProviders = [new QueryStringRequestCultureProvider(), new CookieRequestCultureProvider()];
        });
        return services;
    }

    /// <summary>Takes the language of each request from the person's cookie (or <c>?culture=en</c>).</summary>
    public static IApplicationBuilder UseIndustryBrainLocalization(this IApplicationBuilder app) => app.UseRequestLocalization();
}
