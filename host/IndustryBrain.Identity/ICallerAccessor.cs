using IndustryBrain.Storage;

namespace IndustryBrain.Identity;

/// <summary>Who asks, for code that runs in a request or in the circuit of a page.</summary>
public interface ICallerAccessor
{
    /// <summary>The caller.</summary>
    /// <exception cref="InvalidOperationException">Nobody has been identified: the code runs outside a request and a circuit.</exception>
    ValueTask<Caller> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>True when the caller has the permission; every handler of a page asks, since a circuit outlives the check of the page's address.</summary>
    ValueTask<bool> HasAsync(string permission, CancellationToken cancellationToken = default);
}
