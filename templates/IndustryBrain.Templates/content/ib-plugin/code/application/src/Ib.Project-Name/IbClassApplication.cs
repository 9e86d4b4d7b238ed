using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Views;

namespace IbNamespace;

/// <summary>成本构成：最大的在前，带占比。Costs, the largest first, with their shares.</summary>
[Component("ib-prefix.overview", Zh = "成本构成", En = "Cost overview",
    DescriptionZh = "列出各项成本及其占比。",
    DescriptionEn = "Shows costs and their shares.")]
public sealed class IbClassApplication : ApplicationComponent<IbClassInput, IbClassOutput>
{
    /// <inheritdoc />
    public override View View { get; } = new(new("成本构成", "Cost overview"),
    [
        new KpiTiles(
        [
            new(new("总成本", "Total"), "/total") { Unit = "CNY", Format = "N2" },
            new(new("最大项", "Largest"), "/largest"),
        ]),
        new Chart(new("各项成本", "Costs"), "bar", "/names", [new(new("成本", "Cost"), "/costs", SeriesRole.Actual)]) { Unit = "CNY" },
        new Table(new("明细", "Details"), "/rows",
        [
            new(new("项目", "Item"), "/name"),
            new(new("成本", "Cost"), "/cost") { Unit = "CNY", Format = "N2" },
            new(new("占比", "Share"), "/share") { Unit = "%", Format = "N1" },
        ]),
    ]);

    /// <inheritdoc />
    protected override ValueTask<Result<IbClassOutput>> RunAsync(IbClassInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Items.Count == 0)
        {
            return new(Refusals.Few("items", 0, 1));
        }

        for (var i = 0; i < input.Items.Count; i++)
        {
            if (input.Items[i].Cost < 0)
            {
                return new(Refusals.Range($"items[{i}].cost", input.Items[i].Cost, "≥ 0"));
            }
        }

        var total = input.Items.Sum(i => i.Cost);
        var rows = input.Items.OrderByDescending(i => i.Cost).Select(i => new CostShare(i.Name, i.Cost, total > 0 ? i.Cost / total * 100 : 0)).ToList();
        return new(new IbClassOutput(total, rows[0].Name, rows, [.. rows.Select(r => r.Name)], [.. rows.Select(r => r.Cost)]));
    }
}
