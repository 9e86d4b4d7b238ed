using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Reads <c>customProperties.industryBrain</c>, and derives what it does not say.</summary>
internal static class ProfileReader
{
    public static ScenarioProfile Read(JsonElement root, string name, string? description, IReadOnlyList<ScenarioPort> inputs, IReadOnlyList<ScenarioPort> outputs)
    {
        var ours = ReadingContext.TryMember(root, "customProperties", out var custom) && ReadingContext.TryMember(custom, "industryBrain", out var found) ? found : default;
        return new ScenarioProfile(Member(ours, "name") ?? LocalizedText.Same(name), Member(ours, "summary") ?? LocalizedText.Same(description ?? ""))
        {
            Level = ReadingContext.Text(ours, "level"),
            Mode = ReadingContext.Text(ours, "mode"),
            Clusters = ReadingContext.TryMember(ours, "clusters", out var clusters) && clusters.ValueKind == JsonValueKind.Array
                ? [.. clusters.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!)]
                : [],
            Method = Member(ours, "method"),
            InputSchema = Schema(ours, "inputSchema") ?? PortSchema.Derive(inputs),
            DeclaresInput = Schema(ours, "inputSchema") is not null,
            OutputSchema = Schema(ours, "outputSchema") ?? PortSchema.Derive(outputs),
            Samples = ReadSamples(ours),
        };
    }

    /// <summary>A text in both languages, or one text for both.</summary>
    public static LocalizedText? Localized(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return LocalizedText.Same(Storable.Composed(value.GetString()!));
        var (zh, en) = (ReadingContext.Text(value, "zh"), ReadingContext.Text(value, "en"));
        return zh is null && en is null ? null : new LocalizedText(Storable.Composed(zh ?? en!), Storable.Composed(en ?? zh!));
    }

    private static LocalizedText? Member(JsonElement ours, string name) => ReadingContext.TryMember(ours, name, out var value) ? Localized(value) : null;

    private static JsonElement? Schema(JsonElement ours, string name) => ReadingContext.TryMember(ours, name, out var schema) && schema.ValueKind == JsonValueKind.Object ? schema : null;

    private static ScenarioSample[] ReadSamples(JsonElement ours)
    {
        if (!ReadingContext.TryMember(ours, "samples", out var samples) || samples.ValueKind != JsonValueKind.Array)
            return [];
        return [.. samples.EnumerateArray()
            .Where(s => ReadingContext.TryMember(s, "input", out var input) && input.ValueKind == JsonValueKind.Object)
            .Select(s => new ScenarioSample(Member(s, "name") ?? new LocalizedText("示例", "Sample"), ReadingContext.TryMember(s, "input", out var input) ? input : default))];
    }
}
