namespace IndustryBrain.Plugins.Calls;

/// <summary>The places for the calls of one plugin.</summary>
/// <param name="limit">How many there are.</param>
internal sealed class CallGate(int limit)
{
    private readonly SemaphoreSlim? _places = limit > 0 ? new(limit, limit) : null;

    /// <summary>One that has always a place.</summary>
    public static CallGate Open { get; } = new(0);

    public int Limit => limit;

    public bool TryEnter() => _places?.Wait(0, CancellationToken.None) ?? true;

    public Task WaitAsync(CancellationToken ct) => _places!.WaitAsync(ct);

    public void Leave() => _places?.Release();
}
