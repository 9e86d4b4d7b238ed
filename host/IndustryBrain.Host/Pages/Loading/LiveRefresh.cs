using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Loading;

/// <summary>Calls back every few seconds while the page is open, so that a list stays true without a reload.</summary>
public sealed class LiveRefresh : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Loads again.</summary>
    [Parameter, EditorRequired] public EventCallback OnTick { get; set; }

    /// <summary>Seconds between two calls; default 3.</summary>
    [Parameter] public int Seconds { get; set; } = 3;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = TickAsync(_stop.Token);
    }

    private async Task TickAsync(CancellationToken ct)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(Seconds), Time);
            while (await timer.WaitForNextTickAsync(ct)) await InvokeAsync(OnTick.InvokeAsync);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }
}
