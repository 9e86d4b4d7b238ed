using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IbNamespace;

/// <summary>单位产品电耗 = 用电量 ÷ 产量。Electricity of one product = electricity ÷ pieces.</summary>
[Component("ib-prefix.per-piece", Zh = "单位产品电耗", En = "Electricity per product",
    DescriptionZh = "由用电量与产量得出单位产品电耗。",
    DescriptionEn = "Gives the electricity that one product takes.")]
public sealed class IbClassTool : ToolComponent<IbClassInput, IbClassOutput>
{
    /// <inheritdoc />
    protected override ValueTask<Result<IbClassOutput>> RunAsync(IbClassInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Electricity < 0)
        {
            return new(Refusals.Range("electricity", input.Electricity, "≥ 0"));
        }

        return new(input.Pieces > 0
            ? new IbClassOutput(input.Electricity / input.Pieces)
            : Refusals.Range("pieces", input.Pieces, "> 0"));
    }
}

/// <summary>输入。Input.</summary>
/// <param name="Electricity">用电量，kWh，不小于 0。Electricity in kWh, at least 0.</param>
/// <param name="Pieces">产量，大于 0。Number of products, above 0.</param>
public sealed record IbClassInput(
    [property: Label("用电量", "Electricity", DescriptionZh = "同一时期的用电量。", DescriptionEn = "Electricity of the same time.")][property: Unit("kWh")][property: Example("3000000")] double Electricity,
    [property: Label("产量", "Pieces", DescriptionZh = "同一时期的产量。", DescriptionEn = "Products made in that time.")][property: Unit("{pcs}")][property: Example("50000")] double Pieces);

/// <summary>输出。Output.</summary>
/// <param name="PerPiece">单位产品电耗，kWh/件。Electricity of one product in kWh.</param>
public sealed record IbClassOutput(
    [property: Label("单位产品电耗", "Electricity per product", DescriptionZh = "用电量除以产量。", DescriptionEn = "Electricity divided by pieces.")][property: Unit("kWh/{pcs}")] double PerPiece);
