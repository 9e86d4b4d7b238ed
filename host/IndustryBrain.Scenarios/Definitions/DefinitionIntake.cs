using System.Text.Json;
using System.Text.Unicode;
using IndustryBrain.Scenarios.Definitions.Reading;
using IndustryBrain.Scenarios.Inputs;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>
/// Reads a document that somebody hands in, to keep or to run it: stricter than <see cref="ScenarioDefinition.Read"/>, which also reads what was kept before.
/// Refused besides: text that is not UTF-8 (IBS0001) or that cannot be kept (IBS0063), a member twice (IBS0065), a root that is no object (IBS0004), and a document that says neither what it runs nor which definition it is (IBS0013).
/// </summary>
public static class DefinitionIntake
{
    private const int LongestName = 80;

    /// <summary>Reads the document. Whatever the bytes are, this returns and never throws; what is refused has no definition.</summary>
    /// <param name="utf8Json">The document.</param>
    /// <param name="limits">Limits; null for the defaults.</param>
    /// <param name="library">Definitions that it may use as activities; null for none.</param>
    public static DefinitionReading Read(ReadOnlyMemory<byte> utf8Json, DefinitionLimits? limits = null, IReadOnlyList<ScenarioDefinition>? library = null)
    {
        limits ??= DefinitionLimits.Default;
        if (utf8Json.Length <= limits.MaxBytes)
        {
            if (!Utf8.IsValid(utf8Json.Span))
                return new(null, [DefinitionFindings.NotUtf8()]);
            if (!Storable.Fits(utf8Json.Span))
                return new(null, [DefinitionFindings.UnfitText()]);
        }

        var reading = ScenarioDefinition.Read(utf8Json, limits, library);
        return reading.Definition is { } definition && Refusal(definition.Source) is { } refused ? new(null, [refused]) : reading;
    }

    private static Finding? Refusal(JsonElement document)
    {
        if (FindTwice(document) is { } twice)
            return DefinitionFindings.NamedTwice(twice);
        if (ReadingContext.TryMember(document, "root", out var root) && root.ValueKind is not JsonValueKind.Null)
            return root.ValueKind == JsonValueKind.Object ? null : DefinitionFindings.RootNoActivity();

        // Elsa takes a definition without a root as an empty sequence; any other JSON object has none either.
        return ReadingContext.TryMember(document, "definitionId", out _) ? null : DefinitionFindings.NoDefinition();
    }

    private static string? FindTwice(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray().Select(FindTwice).FirstOrDefault(found => found is not null);
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!names.Add(member.Name))
                return member.Name.Length <= LongestName ? member.Name : member.Name[..LongestName] + "…";
            if (FindTwice(member.Value) is { } found)
                return found;
        }

        return null;
    }
}
