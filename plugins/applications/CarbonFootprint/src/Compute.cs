using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.CarbonFootprint;

/// <summary>Partial footprint of a product: sum of quantity × conversion × factor, over the pieces made.</summary>
[Component("carbon-footprint.compute", Zh = "核算碳足迹", En = "Compute the footprint",
    DescriptionZh = "总量 = Σ 数量 × 换算 × 因子；单位产品 = 总量 ÷ 产量。",
    DescriptionEn = "Total = Σ quantity × conversion × factor; per unit = total ÷ pieces.")]
public sealed class Compute : ToolComponent<ComputeInput, ComputeOutput>
{
    /// <inheritdoc />
    protected override ValueTask<Result<ComputeOutput>> RunAsync(ComputeInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (Check(input) is { } failure)
        {
            return new(failure);
        }

        double[] emissions = [.. input.Activities.Zip(input.Found, (a, f) => a.Quantity * f.Multiplier * f.Factor)];
        var total = emissions.Sum();
        if (!double.IsFinite(total))
        {
            return new(Refusals.Range("activity", input.Activities.Max(a => a.Quantity), "< 1e300"));
        }

        ItemEmission[] byItem =
        [
            .. input.Activities.Select((a, i) => (Activity: a, Factor: input.Found[i], Emission: emissions[i])).Select(p => new ItemEmission(
                p.Activity.Item, p.Activity.Quantity, p.Activity.Unit, p.Emission, total > 0 ? p.Emission / total * 100 : null,
                p.Factor.Factor, p.Factor.FactorUnit, p.Factor.FactorYear, p.Factor.Source, p.Factor.Version, p.Factor.Region, p.Factor.Status, p.Factor.Gas, p.Factor.Boundary, p.Factor.OtherYearAccepted, p.Factor.Period)),
        ];
        var perUnit = total / input.Pieces;
        return new(double.IsFinite(perUnit) ? new ComputeOutput(total, perUnit, byItem) : Refusals.Range("pieces", input.Pieces, "> 1e-300"));
    }

    private static Failure? Check(ComputeInput input)
    {
        if (!double.IsFinite(input.Pieces))
        {
            return Refusals.NotANumber("pieces");
        }

        if (input.Pieces <= 0)
        {
            return Refusals.Range("pieces", input.Pieces, "(0, ∞)");
        }

        if (input.Activities.Count == 0)
        {
            return Refusals.Few("activity", 0, 1);
        }

        if (input.Found.Count != input.Activities.Count)
        {
            return Refusals.Few("found", input.Found.Count, input.Activities.Count);
        }

        for (var i = 0; i < input.Activities.Count; i++)
        {
            var (where, quantity) = (string.Create(CultureInfo.InvariantCulture, $"activity[{i}].quantity"), input.Activities[i].Quantity);
            if (!double.IsFinite(quantity))
            {
                return Refusals.NotANumber(where);
            }

            if (quantity < 0)
            {
                return Refusals.Range(where, quantity, "[0, ∞)");
            }
        }

        return null;
    }
}

/// <summary>Input of the footprint.</summary>
/// <param name="Activities">What was used in the year.</param>
/// <param name="Found">The factor of each activity, in the same order.</param>
/// <param name="Pieces">Products made in the year, above 0.</param>
public sealed record ComputeInput(
    [property: Label("活动数据", "Activity data", DescriptionZh = "全年用了什么、用了多少。", DescriptionEn = "What was used in the year.")] IReadOnlyList<ActivityItem> Activities,
    [property: Label("排放因子", "Emission factors", DescriptionZh = "与活动数据顺序一致的排放因子。", DescriptionEn = "The factor of each activity, in the same order.")] IReadOnlyList<ItemFactor> Found,
    [property: Label("产量", "Pieces", DescriptionZh = "全年产出的件数，大于 0。", DescriptionEn = "Products made in the year, above 0.")][property: Unit("{pcs}")][property: Range(0.0, double.MaxValue, MinimumIsExclusive = true)][property: Example("50000")] double Pieces);

/// <summary>The footprint.</summary>
/// <param name="Total">Emission of the year in kg.</param>
/// <param name="PerUnit">Emission of one product in kg.</param>
/// <param name="ByItem">Emission of each activity.</param>
public sealed record ComputeOutput(
    [property: Label("总排放", "Total", DescriptionZh = "全年排放，kg。", DescriptionEn = "Emission of the year in kg.")][property: Unit("kg")] double Total,
    [property: Label("单位产品排放", "Per unit", DescriptionZh = "每件产品的排放，kg。", DescriptionEn = "Emission of one product in kg.")][property: Unit("kg/{pcs}")] double PerUnit,
    [property: Label("分项", "By item", DescriptionZh = "每一项活动的排放。", DescriptionEn = "Emission of each activity.")] IReadOnlyList<ItemEmission> ByItem);
