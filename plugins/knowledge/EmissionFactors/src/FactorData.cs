using System.Text.Json;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Plugins.EmissionFactors;

/// <summary>The data files of this version.</summary>
internal sealed record FactorData(IReadOnlyList<FactorSubject> Subjects, IReadOnlyList<FactorRegion> Regions)
{
    private static readonly Lazy<FactorData> Loaded = new(() => new(
        [.. Read<SubjectFile>("fuels.json").Factors, .. Read<SubjectFile>("grids.json").Factors, .. Read<SubjectFile>("materials.json").Factors],
        Read<RegionFile>("regions.json").Regions));

    public static FactorData Current => Loaded.Value;

    public FactorSubject? Subject(string name) => Subjects.FirstOrDefault(s => Names.Contains([s.Id, s.Zh, s.En, .. s.Aliases], name));

    public FactorRegion? Region(string name) => Regions.FirstOrDefault(r => Names.Contains([r.Code, r.Zh, r.En, .. r.Aliases], name));

    private static T Read<T>(string name)
    {
        using var stream = typeof(FactorData).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<T>(stream, ComponentJson.Options)!;
    }

    private sealed record SubjectFile(IReadOnlyList<FactorSubject> Factors);

    private sealed record RegionFile(IReadOnlyList<FactorRegion> Regions);
}

/// <summary>What a factor is of: a fuel, a grid, a material.</summary>
internal sealed record FactorSubject(string Id, string Category, string Zh, string En, IReadOnlyList<string> Aliases, bool Preferred, string Boundary, string Gas, string PerUnit, IReadOnlyList<FactorEdition> Editions);

/// <summary>One factor: for a region, and for a year or a span of time.</summary>
internal sealed record FactorEdition(double Value, string Version, string Region, int? Year, DateOnly ValidFrom, DateOnly? ValidTo, KnowledgeStatus Status, string Source);

/// <summary>A region with the names it goes by.</summary>
internal sealed record FactorRegion(string Code, string Zh, string En, IReadOnlyList<string> Aliases);

/// <summary>Compares names without case, blanks and the width of brackets.</summary>
internal static class Names
{
    public static bool Contains(IEnumerable<string> names, string name) => names.Any(n => Key(n) == Key(name));

    private static string Key(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c)).Select(c => c switch { '（' => '(', '）' => ')', '％' => '%', '-' or '_' => '-', _ => char.ToLowerInvariant(c) }));
}
