using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;

namespace IndustryBrain.Host.Pages.Loading;

/// <summary>Carries what a page loaded while it was prerendered into its circuit, so that nothing is read twice and nothing flickers.</summary>
internal sealed class Handover(IMemoryCache cache)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>Keeps a value for a short time.</summary>
    internal string Put(object value)
    {
        var ticket = Guid.NewGuid().ToString("N");
        cache.Set((typeof(Handover), ticket), value, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Lifetime });
        return ticket;
    }

    /// <summary>Takes the value; each ticket serves once.</summary>
    internal bool TryTake<T>(string? ticket, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        if (ticket is null || !cache.TryGetValue((typeof(Handover), ticket), out object? found))
            return false;
        cache.Remove((typeof(Handover), ticket));
        value = found as T;
        return value is not null;
    }
}
