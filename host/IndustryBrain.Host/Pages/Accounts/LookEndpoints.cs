using IndustryBrain.Identity.SignIn;
using IndustryBrain.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Localization;

namespace IndustryBrain.Host.Pages.Accounts;

/// <summary>Language and theme for pages without a script: a link that sets the cookie and comes back.</summary>
internal static class LookEndpoints
{
    private const string Path = "/look";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    internal static string Address(NavigationManager navigation, string name, string value) =>
        $"{Path}{QueryString.Create(name, value).Add("returnUrl", "/" + navigation.ToBaseRelativePath(navigation.Uri))}";

    internal static void Map(IEndpointRouteBuilder app) => app.MapGet(Path, (HttpContext context, TimeProvider time, string? culture, string? theme, string? returnUrl) =>
    {
        var options = new CookieOptions { Path = "/", SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Expires = time.GetUtcNow() + Kept, IsEssential = true };
        if (culture is not null && WebSetup.Languages.Contains(culture)) context.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)), options);
        if (theme is "dark" or "light") context.Response.Cookies.Append("ib-theme", theme, options);
        return Results.LocalRedirect(PageRequest.LocalOr(returnUrl));
    }).AllowAnonymous().ExcludeFromDescription();
}
