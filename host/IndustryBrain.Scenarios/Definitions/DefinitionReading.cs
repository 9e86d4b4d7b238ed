namespace IndustryBrain.Scenarios.Definitions;

/// <summary>What reading a document gave.</summary>
/// <param name="Definition">The definition; null when the document cannot be read as one.</param>
/// <param name="Findings">What was found while reading. An error means that it must not run.</param>
public sealed record DefinitionReading(ScenarioDefinition? Definition, IReadOnlyList<Finding> Findings)
{
    /// <summary>True when the definition was read and no finding is an error.</summary>
    public bool IsAccepted => Definition is not null && !Findings.Any(f => f.Severity == FindingSeverity.Error);
}
