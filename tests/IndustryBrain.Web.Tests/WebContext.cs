using System.Globalization;
using System.Text.Json;
using Bunit;
using IndustryBrain.Web.Browser;
using IndustryBrain.Web.Shell;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace IndustryBrain.Web.Tests;

/// <summary>Renders components in one language with a browser that answers nothing.</summary>
internal sealed class WebContext : BunitContext
{
    // A busy machine is slow, not wrong.
    static WebContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    public WebContext(string culture = "zh-CN")
    {
        CultureInfo.CurrentUICulture = new CultureInfo(culture);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddScoped<BrowserScript>();
        Services.AddScoped<ShellPreferences>();
    }

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
