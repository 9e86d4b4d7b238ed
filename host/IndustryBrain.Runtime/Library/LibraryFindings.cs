using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Library;

/// <summary>What keeps a readable definition out of the library: IBS0061 and on.</summary>
internal static class LibraryFindings
{
    /// <summary>Everything that refuses an import.</summary>
    public static IReadOnlyList<Finding> Judge(ReadOnlyMemory<byte> json, DefinitionLimits limits, LibraryOptions options, out ScenarioDefinition? definition)
    {
        definition = null;
        if (!Storable.Fits(json.Span))
            return [UnfitText()];
        var reading = ScenarioDefinition.Read(json, limits);
        if (reading.Definition is not { } read)
            return reading.Findings;
        definition = read;
        return [.. Judge(read, options)];
    }

    private static IEnumerable<Finding> Judge(ScenarioDefinition definition, LibraryOptions options)
    {
        var id = definition.DefinitionId;
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

    private static string Longer(LocalizedText text) => text.Zh.Length > text.En.Length ? text.Zh : text.En;

    private static Finding TooLong(string where, int length, int limit) =>
        new("IBS0061", FindingSeverity.Error, new($"「{where}」有 {length} 个字符，上限为 {limit}。", $"“{where}” has {length} characters; the limit is {limit}.")) { Where = where, Action = new("请缩短。", "Shorten it.") };

    private static Finding BadId(string others) =>
        new("IBS0062", FindingSeverity.Error, new(
            $"definitionId 应以字母或数字开头，只含字母、数字和「{others}」。",
            $"A definitionId begins with a letter or digit and holds letters, digits and “{others}” only."))
        { Where = "definitionId", Action = new("请换一个 id。", "Choose another id.") };

    private static Finding UnfitText() =>
        new("IBS0063", FindingSeverity.Error, new(
            "定义中的文本含有 U+0000、不成对的代理字符或无效的 UTF-8，无法保存。",
            "Text of the definition holds U+0000, half of a surrogate pair or invalid UTF-8, and cannot be stored."))
        { Where = "definition", Action = new("请去掉这些字符。", "Remove such characters.") };
}
