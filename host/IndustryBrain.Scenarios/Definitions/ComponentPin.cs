namespace IndustryBrain.Scenarios.Definitions;

/// <summary>The plugin version that an activity names for its component: <c>plugin</c> in <c>customProperties.industryBrain</c>. Without one the version of the moment of publishing is taken.</summary>
/// <param name="Plugin">Package id.</param>
/// <param name="Version">Version.</param>
/// <param name="Sha256">Digest of the package, 64 lower-case hexadecimal digits.</param>
public sealed record ComponentPin(string? Plugin, string? Version, string? Sha256)
{
    /// <summary>False when a part is missing, so that it names no single version.</summary>
    public bool IsWhole => Plugin is { Length: > 0 } && Version is { Length: > 0 } && Sha256 is { Length: 64 } digest && digest.All(char.IsAsciiHexDigit);
}
