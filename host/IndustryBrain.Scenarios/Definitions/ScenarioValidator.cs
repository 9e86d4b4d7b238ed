namespace IndustryBrain.Scenarios.Definitions;

/// <summary>Judges a definition against what is installed.</summary>
public static class ScenarioValidator
{
    /// <summary>All findings, those of reading included. An error refuses publishing and running.</summary>
    public static IReadOnlyList<Finding> Validate(ScenarioDefinition definition, IComponentCatalog components) => throw new NotSupportedException();
}
