namespace IndustryBrain.Identity.Keys;

/// <summary>When a key was used last.</summary>
/// <param name="Id">Id of the key.</param>
/// <param name="At">When, to within <see cref="ApiKeyOptions.UseSeconds"/>.</param>
public sealed record ApiKeyUse(string Id, DateTimeOffset At);
