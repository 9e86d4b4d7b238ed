namespace IndustryBrain.Runtime.Library;

/// <summary>One version of a scenario, by its content: what a published scenario that uses it as an activity holds on to.</summary>
/// <param name="DefinitionId">Logical id of the definition.</param>
/// <param name="Version">The version.</param>
/// <param name="Sha256">Digest of its document, 64 lower-case hexadecimal digits.</param>
public sealed record ScenarioPin(string DefinitionId, int Version, string Sha256);
