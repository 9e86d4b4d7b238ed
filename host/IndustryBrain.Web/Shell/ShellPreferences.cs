using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Web.Shell;

/// <summary>How this person wants the shell: read from cookies while the page is made, carried into the circuit, written back by the browser.</summary>
public sealed class ShellPreferences
{
    internal const string ThemeCookie = "ib-theme";
    internal const string NavigationCookie = "ib-nav";

    /// <summary>Dark theme.</summary>
    [PersistentState]
    public bool IsDark { get; set; }

    /// <summary>Navigation folded to a rail of icons.</summary>
    [PersistentState]
    public bool IsRail { get; set; }

    /// <summary>Raised after a change in this circuit.</summary>
    public event Action? Changed;

    internal void Read(HttpContext context)
    {
        IsDark = context.Request.Cookies[ThemeCookie] == "dark";
        IsRail = context.Request.Cookies[NavigationCookie] == "rail";
    }

    internal void Set(bool isDark, bool isRail)
    {
        (IsDark, IsRail) = (isDark, isRail);
        Changed?.Invoke();
    }
}
