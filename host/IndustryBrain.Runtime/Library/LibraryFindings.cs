using System.Text.Json;
using IndustryBrain.Runtime.Http;
using IndustryBrain.Scenarios;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Library;

/// <summary>What keeps a readable definition out of the library: IBS0061 and on.</summary>
internal static class LibraryFindings
{
    // An id twice in one container, an activity that nobody knows: an engine can pass over them until it meets them; what is published may not hold them.
    private static readonly string[] RefusedAtPublish = ["IBS0022", "IBS0023"];

    /// <summary>What the validator says, judged for a definition that is to be published.</summary>
    public static IReadOnlyList<Finding> Validate(ScenarioDefinition definition, IComponentCatalog components) =>
    [
        .. ScenarioValidator.Validate(definition, components).Select(f => RefusedAtPublish.Contains(f.Rule, StringComparer.Ordinal) ? f with { Severity = FindingSeverity.Error } : f),
        .. TriggerNode.Judge(definition),
        .. HttpFindings.Judge(definition),
    ];

    /// <summary>Everything that refuses an import.</summary>
    public static IReadOnlyList<Finding> Judge(ReadOnlyMemory<byte> json, DefinitionLimits limits, LibraryOptions options, out ScenarioDefinition? definition)
    {
        definition = null;
        var reading = DefinitionIntake.Read(json, limits);
        if (reading.Definition is not { } read)
            return reading.Findings;
        definition = read;
        return [.. Judge(read, options)];
    }

    private static IEnumerable<Finding> Judge(ScenarioDefinition definition, LibraryOptions options)
    {
        var id = definition.DefinitionId;
        if (definition.Source.EnumerateObject().Any(m => IsId(m) && m.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)))
            yield return IdNoText();
        if (id.Length > options.MaxIdLength)
            yield return TooLong("definitionId", id.Length, options.MaxIdLength);
        else if (id.Length > 0 && (!char.IsLetterOrDigit(id[0]) || id[^1] == ' ' || id.Any(c => !char.IsLetterOrDigit(c) && !options.IdCharacters.Contains(c, StringComparison.Ordinal))))
            yield return BadId(options.IdCharacters);
        foreach (var (where, text, limit) in new (string, string?, int)[]
        {
            ("name", definition.Name, options.MaxNameLength),
            ("description", definition.Description, options.MaxDescriptionLength),
            ("industryBrain.name", Longer(definition.Profile.Name), options.MaxNameLength),
            ("industryBrain.summary", Longer(definition.Profile.Summary), options.MaxDescriptionLength),
            ("industryBrain.level", definition.Profile.Level, options.MaxNameLength),
            ("industryBrain.mode", definition.Profile.Mode, options.MaxNameLength),
            ("industryBrain.clusters", string.Join(',', definition.Profile.Clusters), options.MaxDescriptionLength),
        })
        {
            if (text?.Length > limit)
                yield return TooLong(where, text.Length, limit);
        }
    }

    /// <summary>True when the document says which scenario it is; without an id, or with a blank one, it is a new scenario.</summary>
    public static bool HasId(ScenarioDefinition definition) => HasText(definition.Source, "definitionId") || HasText(definition.Source, "id");

    private static bool IsId(JsonProperty member) => member.Name.Equals("definitionId", StringComparison.OrdinalIgnoreCase);

    private static bool HasText(JsonElement document, string member) =>
        document.EnumerateObject().Any(m => m.Name.Equals(member, StringComparison.OrdinalIgnoreCase) && m.Value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(m.Value.GetString()));

    private static string Longer(LocalizedText text) => text.Zh.Length > text.En.Length ? text.Zh : text.En;

    private static Finding TooLong(string where, int length, int limit) =>
        new("IBS0061", FindingSeverity.Error, new($"「{where}」有 {length} 个字符，上限为 {limit}。", $"“{where}” has {length} characters; the limit is {limit}.")) { Where = where, Action = new("请缩短。", "Shorten it.") };

    private static Finding BadId(string others) =>
        new("IBS0062", FindingSeverity.Error, new(
            $"definitionId 应以字母或数字开头，只含字母、数字和「{others}」。",
            $"A definitionId begins with a letter or digit and holds letters, digits and “{others}” only."))
        { Where = "definitionId", Action = new("请换一个 id。", "Choose another id.") };

    private static Finding IdNoText() =>
        new("IBS0064", FindingSeverity.Error, new("definitionId 不是文本。", "The definitionId is not a text."))
        { Where = "definitionId", Action = new("请改为文本；留空或去掉时会取一个新的 id。", "Change it to a text; without it, or with a blank one, a new id is made.") };
}
