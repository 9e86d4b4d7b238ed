using IndustryBrain.Web.Browser;
using IndustryBrain.Web.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace IndustryBrain.Web.Shell;

/// <summary>The search over pages and whatever the registered <see cref="ISearchProvider"/>s find.</summary>
public sealed partial class CommandPalette : IAsyncDisposable
{
    private ElementReference _layer;
    private IJSObjectReference? _trap;
    private CancellationTokenSource? _search;
    private IReadOnlyList<SearchHit> _hits = [];
    private string _text = "";
    private int _current;
    private bool _asked;

    /// <summary>Raised when the person leaves the search.</summary>
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }

    /// <summary>Tells whether the person is allowed what a page asks for; without it all are found.</summary>
    [Parameter] public Func<string, bool>? IsAllowed { get; set; }

    [Inject] private IEnumerable<ISearchProvider> Providers { get; set; } = [];

    [Inject] private IOptions<ShellOptions> Options { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private BrowserScript Browser { get; set; } = null!;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_search is not null) await _search.CancelAsync();
        _search?.Dispose();
        try
        {
            if (_trap is not null)
            {
                await _trap.InvokeVoidAsync("dispose");
                await _trap.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the layer with it.
        }
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => SearchAsync();

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) _trap = await Browser.AttachLayerAsync(_layer);
    }

    private Task OnInputAsync(ChangeEventArgs e)
    {
        _text = e.Value as string ?? "";
        return SearchAsync();
    }

    private async Task SearchAsync()
    {
        if (_search is not null) await _search.CancelAsync();
        _search?.Dispose();
        _search = new CancellationTokenSource();
        var ct = _search.Token;
        try
        {
            var found = await Task.WhenAll(Providers.Select(p => p.SearchAsync(_text.Trim(), ct)));
            if (ct.IsCancellationRequested) return;
            _hits = [.. Pages(), .. found.SelectMany(hits => hits)];
            (_current, _asked) = (0, true);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // A newer text is being searched.
        }
    }

    private IEnumerable<SearchHit> Pages() =>
        from entry in Options.Value.Navigation.SelectMany(g => g.Entries)
        where entry.IsShown(IsAllowed)
        where entry.Title.Zh.Contains(_text.Trim(), StringComparison.OrdinalIgnoreCase) || entry.Title.En.Contains(_text.Trim(), StringComparison.OrdinalIgnoreCase)
        select new SearchHit(entry.Title.ToString(), entry.Href, WebText.SearchPages.ToString(), entry.Icon);

    private async Task OnKeyAsync(KeyboardEventArgs e)
    {
        switch (e.Key)
        {
            case "Escape":
                await OnClose.InvokeAsync();
                break;
            case "ArrowDown" when _hits.Count > 0:
                _current = (_current + 1) % _hits.Count;
                break;
            case "ArrowUp" when _hits.Count > 0:
                _current = (_current + _hits.Count - 1) % _hits.Count;
                break;
            case "Enter" when _current < _hits.Count:
                await Open(_hits[_current]);
                break;
        }
    }

    private async Task Open(SearchHit hit)
    {
        await OnClose.InvokeAsync();
        Navigation.NavigateTo(hit.Href);
    }
}
