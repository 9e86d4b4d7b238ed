using IndustryBrain.Identity;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Loading;

/// <summary>A page whose buttons change what it shows: one at a time, each asks for its permission, and what was changed is loaded again.</summary>
/// <typeparam name="T">What it shows.</typeparam>
public abstract class ActingPage<T> : LoadedPage<T>
    where T : class
{
    /// <summary>True while something is being done.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Why the last action was not done; null when it was.</summary>
    protected Failure? Refused { get; private set; }

    [Inject] internal ICallerAccessor Accessor { get; set; } = null!;

    /// <summary>Does something, when the caller may, and loads again.</summary>
    /// <returns>True when it was done.</returns>
    protected async Task<bool> ActAsync(string permission, Func<Task<Failure?>> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (IsBusy) return false;
        IsBusy = true;
        try
        {
            Refused = await RefusalAsync(permission) ?? await action();
            await ReloadAsync();
            return Refused is null;
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            IsBusy = false;
        }
    }
}
