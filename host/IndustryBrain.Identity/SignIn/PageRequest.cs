using IndustryBrain.Identity.Http;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Identity.SignIn;

/// <summary>Requests of a browser for a page, and the addresses that it may be sent to.</summary>
public static class PageRequest
{
    /// <summary>Where people sign in.</summary>
    public const string SignInPage = "/sign-in";

    /// <summary>Where the first administrators are made.</summary>
    public const string SetUpPage = "/set-up";

    internal const string FactorPage = "/account/second-factor";
    internal const string PasswordPage = "/account#password";
    internal const string WaysPage = "/account/ways";
    internal const string ReturnParameter = "returnUrl";

    /// <summary>True when the address is one of this host: nothing that a browser could take for another.</summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] && !url.AsSpan(1).StartsWith('/') && !url.Contains('\\', StringComparison.Ordinal) && !url.Any(char.IsControl) && Uri.TryCreate(url, UriKind.Relative, out _);

    /// <summary>The address when it is one of this host, else the first page.</summary>
    public static string LocalOr(string? url, string otherwise = "/") => IsLocal(url) ? url! : otherwise;

    internal static bool Is(HttpContext context) => HttpMethods.IsGet(context.Request.Method) && !ProgramAddress.Is(context.Request.Path)
        && !(context.Request.Path.Value ?? "").StartsWith("/_", StringComparison.Ordinal);

    internal static string WithReturn(HttpContext context, string page)
    {
        var here = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        return here == "/" || !IsLocal(here) ? page : page + QueryString.Create(ReturnParameter, here).ToUriComponent();
    }
}
