using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Schemas;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>The files among the members of a run's input: <c>{"file": id}</c>.</summary>
public static class InputFiles
{
    /// <summary>The ids of the files, by the member that refers to them.</summary>
    public static IReadOnlyList<(string Member, string Id)> Of(JsonElement input) => input.ValueKind != JsonValueKind.Object
        ? []
        : [.. input.EnumerateObject().Select(m => (m.Name, Id: IdOf(m.Value))).Where(m => m.Id is not null).Select(m => (m.Name, m.Id!))];

    /// <summary>The input without its files; null when nothing else is in it.</summary>
    internal static JsonElement? Rest(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object) return null;
        var rest = input.EnumerateObject().Where(m => IdOf(m.Value) is null).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        return rest.Count == 0 ? null : JsonSerializer.SerializeToElement(rest);
    }

    /// <summary>What the scenario calls the member.</summary>
    internal static LocalizedText Title(JsonElement inputSchema, string member) =>
        inputSchema.ValueKind == JsonValueKind.Object && SchemaNode.Read(inputSchema).Members.FirstOrDefault(m => m.Name == member) is { } field ? field.Title : LocalizedText.Same(member);

    private static string? IdOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("file", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
}
