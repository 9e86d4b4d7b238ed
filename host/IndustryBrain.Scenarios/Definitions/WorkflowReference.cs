using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>An activity whose type is another definition, as the document names it.</summary>
/// <param name="Type">Its activity type: the definition's name in Pascal case.</param>
/// <param name="Version">Version of the definition; -1 when it names none.</param>
/// <param name="DefinitionId">Logical id of the definition, or null.</param>
/// <param name="VersionId">Id of the version, or null.</param>
public sealed record WorkflowReference(string Type, int Version, string? DefinitionId, string? VersionId)
{
    /// <summary>The activity type that a definition of this name is.</summary>
    public static string TypeOf(string name) => WorkflowActivity.TypeOf(name);

    internal static WorkflowReference Of(string type, JsonElement node) => new(
        type,
        node.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) ? number : -1,
        ReadingContext.ExactText(node, "workflowDefinitionId"),
        ReadingContext.ExactText(node, "workflowDefinitionVersionId"));

    // Elsa keeps the name of a type that it does not know within an activity of its own.
    internal static WorkflowReference Of(ActivityNode node) => Of(ReadingContext.Text(node.Json, "missingTypeName") ?? node.Type, node.Json);
}
