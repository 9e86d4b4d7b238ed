using System.Text.Json;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Reads <c>plugin</c> in <c>customProperties.industryBrain</c> of a component activity.</summary>
internal static class PinReader
{
    public static ComponentPin? Read(JsonElement ours) =>
        !ReadingContext.TryMember(ours, "plugin", out var plugin) || plugin.ValueKind == JsonValueKind.Null ? null
        : new(ReadingContext.Text(plugin, "id"), ReadingContext.Text(plugin, "version"), ReadingContext.Text(plugin, "sha256")?.ToLowerInvariant());
}
