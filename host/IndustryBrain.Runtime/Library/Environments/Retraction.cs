using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Library.Environments;

/// <summary>A version was taken out of production.</summary>
/// <param name="Version">The version.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
public sealed record Retraction(int Version, DateTimeOffset At, Actor By);
