using System.Globalization;
using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Plugins.PriceAlerts;

/// <summary>The change of a price, in percent, that deserves a warning. A commodity without a rule of its own has the default of the edition; before the first edition the component refuses.</summary>
[Component("price-alerts.threshold", Zh = "价格预警阈值", En = "Price alert threshold", IsDeterministic = false,
    DescriptionZh = "按品种和日期给出价格涨跌预警阈值；没有单列的品种用默认 5 %。",
    DescriptionEn = "Gives the warning threshold of a price change by commodity and date; 5 % for a commodity without a rule of its own.")]
public sealed class Threshold : KnowledgeComponent<ThresholdQuery, ThresholdAnswer>
{
    private static readonly Lazy<IReadOnlyList<Edition>> Editions = new(Load);

    /// <inheritdoc />
    protected override ValueTask<Result<ThresholdAnswer>> RunAsync(ThresholdQuery input, ComponentContext context, CancellationToken cancellationToken)
    {
        var asOf = input.AsOf ?? DateOnly.FromDateTime(context.Time.GetLocalNow().Date);
        if (Editions.Value.LastOrDefault(e => e.ValidFrom <= asOf && (e.ValidTo is null || asOf <= e.ValidTo)) is not { } edition)
        {
            return new(NoEdition(asOf));
        }

        var commodity = input.Commodity?.Trim() ?? "";
        var rule = edition.Rules.FirstOrDefault(r => r.Names.Any(n => string.Equals(n, commodity, StringComparison.OrdinalIgnoreCase)));
        var provenance = new Provenance(edition.Source, edition.Version, edition.ValidFrom, edition.ValidTo, edition.Status);
        return new(new ThresholdAnswer(
            rule?.WarnPct ?? edition.DefaultWarnPct,
            rule?.Zh ?? (commodity.Length > 0 ? commodity : "默认"),
            rule?.En ?? (commodity.Length > 0 ? commodity : "default"),
            rule is null,
            provenance));
    }

    private static Failure NoEdition(DateOnly asOf)
    {
        var editions = string.Join("; ", Editions.Value.Select(e => $"{e.Version}: {Text(e.ValidFrom)} – {(e.ValidTo is { } to ? Text(to) : "…")}"));
        return Refusals.Version("asOf", new($"{Text(asOf)} 没有有效的价格预警规则。", $"No price alert rule is valid on {Text(asOf)}."), new($"现有版本：{editions}。", $"Existing editions: {editions}."));
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IReadOnlyList<Edition> Load()
    {
        using var stream = typeof(Threshold).Assembly.GetManifestResourceStream("price-alerts.json")!;
        return JsonSerializer.Deserialize<RuleFile>(stream, ComponentJson.Options)!.Editions;
    }

    private sealed record RuleFile(IReadOnlyList<Edition> Editions);

    private sealed record Edition(string Version, DateOnly ValidFrom, DateOnly? ValidTo, KnowledgeStatus Status, string Source, double DefaultWarnPct, IReadOnlyList<Rule> Rules);

    private sealed record Rule(string Key, string Zh, string En, IReadOnlyList<string> Aliases, double WarnPct)
    {
        public IEnumerable<string> Names => [Key, Zh, En, .. Aliases];
    }
}

/// <summary>The question.</summary>
/// <param name="Commodity">Chinese or English name, or a common other name; the default rule when absent.</param>
/// <param name="AsOf">The day that the rule must hold on; the day of the call when absent.</param>
public sealed record ThresholdQuery(
    [property: Label("品种", "Commodity", DescriptionZh = "不填则用默认规则。", DescriptionEn = "The default rule when absent.")][property: Example("\"电池级碳酸锂\"")] string? Commodity = null,
    [property: Label("查询日期", "As of", DescriptionZh = "不填则为当天。", DescriptionEn = "Today when absent.")][property: Example("\"2026-11-20\"")] DateOnly? AsOf = null);

/// <summary>The answer.</summary>
/// <param name="WarnPct">Warn when the price changes by at least this much, in %.</param>
/// <param name="CommodityZh">Chinese name of the commodity.</param>
/// <param name="CommodityEn">English name of the commodity.</param>
/// <param name="IsDefault">True when the commodity has no rule of its own.</param>
/// <param name="Provenance">Where the rule comes from and how long it holds.</param>
public sealed record ThresholdAnswer(
    [property: Label("预警阈值", "Threshold", DescriptionZh = "价格涨跌达到这个百分比时预警。", DescriptionEn = "Warn when the price changes by at least this much, in %.")][property: Unit("%")] double WarnPct,
    [property: Label("品种（中文）", "Commodity (Chinese)", DescriptionZh = "品种的中文名。", DescriptionEn = "Chinese name of the commodity.")] string CommodityZh,
    [property: Label("品种（英文）", "Commodity (English)", DescriptionZh = "品种的英文名。", DescriptionEn = "English name of the commodity.")] string CommodityEn,
    [property: Label("默认规则", "Default rule", DescriptionZh = "没有单列规则时为是。", DescriptionEn = "True when the commodity has no rule of its own.")] bool IsDefault,
    [property: Label("出处", "Provenance", DescriptionZh = "规则的出处与有效期。", DescriptionEn = "Where the rule comes from and how long it holds.")] Provenance Provenance);
