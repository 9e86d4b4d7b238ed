namespace IndustryBrain.Plugins.Trust;

/// <summary>Says that another key of the same owner may be trusted like the one that signs this.</summary>
/// <param name="Successor">The new key: SubjectPublicKeyInfo in Base64.</param>
/// <param name="At">When it was said.</param>
internal sealed record Succession(string Successor, DateTimeOffset At);
