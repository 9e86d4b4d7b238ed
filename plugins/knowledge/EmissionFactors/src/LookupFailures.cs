using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.EmissionFactors;

/// <summary>Refusals of the lookup: each says what exists.</summary>
internal static class LookupFailures
{
    /// <summary>The refusal, which names the row of the file too.</summary>
    public static Failure InRow(Failure failure, int row) => failure with
    {
        Message = new($"第 {row} 行：{failure.Message.Zh}", $"Row {row}: {failure.Message.En}"),
        Where = string.Create(CultureInfo.InvariantCulture, $"row {row}"),
    };

    public static Failure TooMany(string where, int found, int allowed) =>
        Refusals.Limit(where, new($"「{where}」有 {found} 项，一次最多查 {allowed} 项。", $"“{where}” has {found} items; at most {allowed} can be asked for at once.")) with { Action = new("请先按项目与单位汇总，再核算。", "Add up what is of the same item and unit first.") };

    public static Failure UnknownItem(string where, string item) => Refusals.Version(
        where,
        new($"没有「{item}」的排放因子。", $"There is no emission factor of “{item}”."),
        new($"现有：{string.Join("、", FactorData.Current.Subjects.Select(s => s.Zh))}。", $"Existing: {string.Join(", ", FactorData.Current.Subjects.Select(s => s.En))}."));

    public static Failure UnknownRegion(string region) => Refusals.Version(
        "region",
        new($"不认识地区「{region}」。", $"The region “{region}” is unknown."),
        new($"可用：{string.Join("、", FactorData.Current.Regions.Select(r => r.Zh))}。", $"Known: {string.Join(", ", FactorData.Current.Regions.Select(r => r.En))}."));

    public static Failure NoRegion(string where, FactorSubject subject, FactorRegion region)
    {
        FactorRegion[] existing = [.. subject.Editions.Select(e => e.Region).Distinct().Select(c => FactorData.Current.Region(c)!)];
        return Refusals.Version(
            where,
            new($"「{subject.Zh}」没有{region.Zh}的排放因子。", $"There is no emission factor of “{subject.En}” for {region.En}."),
            new($"现有地区：{string.Join("、", existing.Select(r => r.Zh))}。", $"Existing regions: {string.Join(", ", existing.Select(r => r.En))}."));
    }

    public static Failure NoYear(string where, FactorSubject subject, FactorRegion? region, int year, IEnumerable<FactorEdition> existing, OtherYear other)
    {
        var years = string.Join(", ", existing.OrderBy(e => e.ValidFrom).Select(e => e.Year?.ToString(CultureInfo.InvariantCulture) ?? $"{e.ValidFrom.Year}–{e.ValidTo?.Year.ToString(CultureInfo.InvariantCulture) ?? ""}"));
        var asked = other.Year is { } named && named != year ? $"{year}（{named}）" : year.ToString(CultureInfo.InvariantCulture);
        return Refusals.Version(
            where,
            new($"「{subject.Zh}」没有{region?.Zh} {asked} 年的排放因子。", $"There is no emission factor of “{subject.En}” for {asked}{(region is null ? "" : " in " + region.En)}."),
            new($"现有年份：{years}。若要用其他年份，请明确接受（acceptOtherYear）。", $"Existing years: {years}. To use another year, accept it explicitly (acceptOtherYear)."));
    }
}
