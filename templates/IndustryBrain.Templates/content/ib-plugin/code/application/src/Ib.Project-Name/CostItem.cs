using IndustryBrain.Sdk.Components;

namespace IbNamespace;

/// <summary>一项成本。One cost.</summary>
/// <param name="Name">名称。Its name.</param>
/// <param name="Cost">成本，元，不小于 0。Cost in CNY, at least 0.</param>
public sealed record CostItem(
    [property: Label("项目", "Item")] string Name,
    [property: Label("成本", "Cost")][property: Unit("CNY")] double Cost);

/// <summary>一项成本及其占比。One cost with its share.</summary>
/// <param name="Name">名称。Its name.</param>
/// <param name="Cost">成本，元。Cost in CNY.</param>
/// <param name="Share">占比，%。Share in %.</param>
public sealed record CostShare(
    [property: Label("项目", "Item")] string Name,
    [property: Label("成本", "Cost")][property: Unit("CNY")] double Cost,
    [property: Label("占比", "Share")][property: Unit("%")] double Share);

/// <summary>输入。Input.</summary>
/// <param name="Items">各项成本，至少一项。The costs, at least one.</param>
public sealed record IbClassInput(
    [property: Label("各项成本", "Costs")][property: Example("[{\"name\":\"电力\",\"cost\":1200},{\"name\":\"原料\",\"cost\":4800}]")] IReadOnlyList<CostItem> Items);

/// <summary>输出。Output.</summary>
/// <param name="Total">总成本，元。Total in CNY.</param>
/// <param name="Largest">最大的一项。Name of the largest.</param>
/// <param name="Rows">各项及占比，最大的在前。The costs with their shares, the largest first.</param>
/// <param name="Names">图的横轴。The chart's categories.</param>
/// <param name="Costs">图的数值，元。The chart's values in CNY.</param>
public sealed record IbClassOutput(
    [property: Label("总成本", "Total")][property: Unit("CNY")] double Total,
    [property: Label("最大项", "Largest")] string Largest,
    [property: Label("明细", "Details")] IReadOnlyList<CostShare> Rows,
    [property: Label("名称", "Names")] IReadOnlyList<string> Names,
    [property: Label("成本", "Costs")][property: Unit("CNY")] IReadOnlyList<double> Costs);
