using System.Globalization;
using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Schemas;

namespace IbNamespace;

/// <summary>某日某时段的电价。在有效期之外拒绝回答，并说明有哪些版本。The price of electricity on a date. Outside validity it refuses and says what exists.</summary>
[Component("ib-prefix.price", Zh = "分时电价", En = "Electricity price",
    DescriptionZh = "按时段与日期给出电价及其来源。",
    DescriptionEn = "Gives the price of electricity by band and date, with its source.")]
public sealed class IbClassKnowledge : KnowledgeComponent<IbClassQuery, IbClassAnswer>
{
    private static readonly Lazy<IReadOnlyList<Edition>> Editions = new(Load);

    /// <inheritdoc />
    protected override ValueTask<Result<IbClassAnswer>> RunAsync(IbClassQuery input, ComponentContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Editions.Value.LastOrDefault(e => e.ValidFrom <= input.AsOf && (e.ValidTo is null || input.AsOf <= e.ValidTo)) is not { } edition)
        {
            return new(NoEdition(input.AsOf));
        }

        var provenance = new Provenance(edition.Source, edition.Version, edition.ValidFrom, edition.ValidTo, edition.Status);
        return new(new IbClassAnswer(new(edition.Prices[input.Band], "CNY/kWh", provenance)));
    }

    private static Failure NoEdition(DateOnly asOf)
    {
        var editions = string.Join("; ", Editions.Value.Select(e => $"{e.Version}: {Text(e.ValidFrom)} – {(e.ValidTo is { } to ? Text(to) : "…")}"));
        return Refusals.Version("asOf", new($"{Text(asOf)} 没有有效的电价。", $"No price is valid on {Text(asOf)}."), new($"现有版本：{editions}。", $"Existing editions: {editions}."));
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IReadOnlyList<Edition> Load()
    {
        using var stream = typeof(IbClassKnowledge).Assembly.GetManifestResourceStream("prices.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<Edition>>(stream, ComponentJson.Options)!;
    }

    private sealed record Edition(string Version, DateOnly ValidFrom, DateOnly? ValidTo, KnowledgeStatus Status, string Source, IReadOnlyDictionary<PriceBand, double> Prices);
}
