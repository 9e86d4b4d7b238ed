using System.Text.Json;

namespace IndustryBrain.Cli.Running;

/// <summary>Elements that need no document.</summary>
internal static class InputJsonElements
{
    /// <summary>An object without members.</summary>
    public static JsonElement Empty { get; } = Parse();

    private static JsonElement Parse()
    {
        using var document = JsonDocument.Parse("{}");
        return document.RootElement.Clone();
    }
}
