using System.Globalization;
using IndustryBrain.Web.Browser;
using IndustryBrain.Web.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace IndustryBrain.Web.Shell;

/// <summary>The layout of every page: top bar, navigation, content, the bar of a phone, search, theme and language.</summary>
public sealed partial class ShellLayout : IAsyncDisposable
{
    private ErrorBoundary? _boundary;
    private DotNetObjectReference<ShellLayout>? _self;
    private IJSObjectReference? _hotkeys;
    private bool _menuOpen;
    private bool _searchOpen;

    /// <summary>What a host adds at the right of the top bar.</summary>
    [Parameter] public RenderFragment? TopBar { get; set; }

    /// <summary>Name of the organization that the person acts for; default that of <see cref="ShellOptions"/>.</summary>
    [Parameter] public string? Organization { get; set; }

    /// <summary>Tells whether the person is allowed what an entry of the navigation asks for; without it all are shown.</summary>
    [Parameter] public Func<string, bool>? IsAllowed { get; set; }

    [Inject] private ShellPreferences Preferences { get; set; } = null!;

    [Inject] private IOptions<ShellOptions> Options { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private BrowserScript Browser { get; set; } = null!;

    private IEnumerable<NavGroup> Shown =>
        from @group in Options.Value.Navigation
        let entries = @group.Entries.Where(e => e.IsShown(IsAllowed)).ToList()
        where entries.Count > 0
        select @group with { Entries = entries };

    private string Path => "/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0];

    // A bare "#main" would lead to the base address, not to this page.
    private string SkipHref => new Uri(Navigation.Uri).PathAndQuery + "#main";

    private string OrganizationName => Organization ?? Options.Value.Organization.ToString();

    private string OrganizationMark => OrganizationName is { Length: > 0 } name ? StringInfo.GetNextTextElement(name) : "";

    private string ThemeLabel => (Preferences.IsDark ? WebText.ToLight : WebText.ToDark).ToString();

    private string RailLabel => (Preferences.IsRail ? WebText.Expand : WebText.Collapse).ToString();

    private static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    private static string OtherLanguage => IsEnglish ? "zh-CN" : "en";

    /// <summary>Called by the browser on Ctrl K.</summary>
    [JSInvokable]
    public void OpenSearch()
    {
        _searchOpen = true;
        StateHasChanged();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        try
        {
            if (_hotkeys is not null)
            {
                await _hotkeys.InvokeVoidAsync("dispose");
                await _hotkeys.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its listener with it.
        }

        _self?.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _hotkeys = await Browser.AttachAsync("attachHotkeys", _self);
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(() =>
    {
        _menuOpen = _searchOpen = false;
        _boundary?.Recover();
        StateHasChanged();
    });

    private void ToggleMenu() => _menuOpen = !_menuOpen;

    private void CloseSearch() => _searchOpen = false;

    private void Recover() => _boundary?.Recover();

    private async Task SwitchThemeAsync()
    {
        Preferences.Set(!Preferences.IsDark, Preferences.IsRail);
        await Browser.SetThemeAsync(Preferences.IsDark);
    }

    private async Task SwitchRailAsync()
    {
        Preferences.Set(Preferences.IsDark, !Preferences.IsRail);
        await Browser.SetRailAsync(Preferences.IsRail);
    }

    private async Task SwitchLanguageAsync() => await Browser.SetLanguageAsync(OtherLanguage);
}
