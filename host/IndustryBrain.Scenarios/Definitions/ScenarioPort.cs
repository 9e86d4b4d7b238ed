namespace IndustryBrain.Scenarios.Definitions;

/// <summary>A declared input or output of a definition.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Elsa's type alias, such as <c>Int32</c>; <c>Object</c> when the document gives none.</param>
/// <param name="DisplayName">Name for people; may be empty.</param>
/// <param name="Description">What it means; may be empty.</param>
/// <param name="Category">Group it is shown in; may be empty.</param>
/// <param name="UiHint">Elsa's editor hint, or null.</param>
/// <param name="StorageDriver">Elsa's storage driver, or null; here every value survives a suspension.</param>
public sealed record ScenarioPort(string Name, string Type, string DisplayName, string Description, string Category, string? UiHint, string? StorageDriver);
