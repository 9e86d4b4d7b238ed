using IndustryBrain.Host.Pages.Permissions;
using IndustryBrain.Identity;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Loading;

/// <summary>A page that shows something loaded: it loads once for prerendering and circuit together, again when its address changes, and keeps the old data meanwhile.</summary>
/// <typeparam name="T">What it shows.</typeparam>
public abstract class LoadedPage<T> : ComponentBase, IDisposable
    where T : class
{
    private const string NotAllowed = "IB4007";
    private readonly CancellationTokenSource _left = new();
    private object? _key;
    private bool _loadedOnce;

    /// <summary>Carries the data from prerendering into the circuit.</summary>
    [PersistentState]
    public string? Ticket { get; set; }

    [Inject] internal Handover Handover { get; set; } = null!;

    [CascadingParameter] private HttpContext? Http { get; set; }

    [Inject] private ICallerAccessor Callers { get; set; } = null!;

    /// <summary>Why an action is refused, or null when it is allowed; each handler asks before it acts.</summary>
    protected ValueTask<Failure?> RefusalAsync(string permission) => Callers.RefusalAsync(permission, Left);

    /// <summary>Who looks at the page; known once it loads.</summary>
    protected Caller Caller { get; private set; } = null!;

    /// <summary>What was loaded; null until then and after a failure.</summary>
    protected T? Data { get; set; }

    /// <summary>Why it could not be loaded.</summary>
    protected Failure? Failure { get; private set; }

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Left => _left.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What the data depends on: another key loads again.</summary>
    protected virtual object Key => "";

    /// <summary>The permission to see what the page shows.</summary>
    protected abstract string Reads { get; }

    /// <summary>Loads what the page shows.</summary>
    protected abstract Task<Result<T>> LoadAsync(CancellationToken ct);

    /// <summary>Called after each load, with <see cref="Data"/> or <see cref="Failure"/> set.</summary>
    protected virtual void OnLoaded()
    {
    }

    /// <summary>Stops what belongs to the page.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _left.Cancel();
        _left.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_loadedOnce && Equals(Key, _key)) return;
        if (_loadedOnce && KeepsNothing(_key)) Data = null;
        var first = !_loadedOnce;
        (_key, _loadedOnce) = (Key, true);
        Caller = await Callers.GetAsync(Left);
        if (first && RendererInfo.IsInteractive && Handover.TryTake<T>(Ticket, out var carried))
        {
            Data = carried;
            OnLoaded();
            return;
        }

        await ReloadAsync();
        if (first && !RendererInfo.IsInteractive && Data is not null) Ticket = Handover.Put(Data);
    }

    /// <summary>True when old data would be wrong under the new key (another thing, not another filter).</summary>
    protected virtual bool KeepsNothing(object? oldKey) => false;

    /// <summary>Loads again; the old data stays until the new is there.</summary>
    protected async Task ReloadAsync()
    {
        var key = _key;
        try
        {
            var result = await Callers.RefusalAsync(Reads, Left) is { } refusal ? refusal : await LoadAsync(Left);
            if (!Equals(key, _key)) return;
            Data = result.TryGet(out var value, out var failure) ? value : null;
            Failure = failure;
            // Prerendering says it to whoever reads no pages: a program, a cache, a crawler.
            if (failure?.Code == NotAllowed && Http is { Response.HasStarted: false } http) http.Response.StatusCode = StatusCodes.Status403Forbidden;
            OnLoaded();
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
