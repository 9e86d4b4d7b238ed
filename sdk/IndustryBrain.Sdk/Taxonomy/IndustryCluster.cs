using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Taxonomy;

/// <summary>One node of a taxonomy of industry clusters.</summary>
/// <param name="Code">Its code; never reused for another.</param>
/// <param name="Parent">Code of the node above, or null.</param>
/// <param name="Zh">Chinese name.</param>
/// <param name="En">English name.</param>
/// <param name="Tier"><c>leading</c>, <c>pillar</c>, <c>characteristic</c> or <c>newStar</c>.</param>
/// <param name="Scale">Scale or group within the tier, in Chinese, as published.</param>
/// <param name="Status">Whether it is published, unconfirmed, or superseded in this version.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="ReplacedBy">Codes that stand in its place in this version; several after a split.</param>
/// <param name="Note">What a reader should know, or null.</param>
public sealed record IndustryCluster(
    string Code,
    string? Parent,
    string Zh,
    string En,
    string Tier,
    string Scale,
    IndustryClusterStatus Status,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> ReplacedBy,
    string? Note = null)
{
    /// <summary>Both names.</summary>
    [JsonIgnore]
    public LocalizedText Name => new(Zh, En);
}
