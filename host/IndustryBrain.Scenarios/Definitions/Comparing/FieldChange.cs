using System.Text.Json;

namespace IndustryBrain.Scenarios.Definitions.Comparing;

/// <summary>A field that differs.</summary>
/// <param name="Field">Its path within the part, such as <c>text</c> or <c>customProperties.timeZone</c>. Of an input it is the input: its value is then that of the expression, or the expression where its language changed.</param>
/// <param name="Old">Its value in the earlier one; null where it has none.</param>
/// <param name="New">Its value in the later one; null where it has none.</param>
public sealed record FieldChange(string Field, JsonElement? Old, JsonElement? New);
