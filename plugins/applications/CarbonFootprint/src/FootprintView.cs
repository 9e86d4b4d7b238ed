using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Views;

namespace IndustryBrain.Plugins.CarbonFootprint;

/// <summary>Shows a product carbon footprint with its boundary and the status of each factor.</summary>
[Component("carbon-footprint.view", Zh = "碳足迹看板", En = "Footprint view",
    DescriptionZh = "把产品碳足迹排成关键数字、柱图、带来源与状态的明细表和边界说明。",
    DescriptionEn = "Shows a product carbon footprint as key figures, a bar chart, a table with sources and status, and its boundary.")]
public sealed class FootprintView : ApplicationComponent<FootprintViewInput, FootprintViewOutput>
{
    private const string Co2 = "CO2";
    private const string Co2e = "CO2e";
    private const int ItemsNamed = 5;

    private static readonly IReadOnlyList<ValueLabel> Statuses =
    [
        new("confirmed", new("已确认", "Confirmed"), "success"),
        new("unconfirmed", new("未确认", "Unconfirmed"), "warning"),
    ];

    private static readonly IReadOnlyList<ValueLabel> Boundaries =
    [
        new("gate-to-gate", new("大门到大门（ISO 14067 的部分碳足迹）：只含本厂燃料燃烧与外购能源，不含原材料、运输、使用与处置。", "Gate to gate (a partial footprint in the sense of ISO 14067): fuels burnt on site and bought energy only; no materials, transport, use or disposal."), "info"),
        new("cradle-to-gate", new("摇篮到大门（ISO 14067 的部分碳足迹）：本厂燃料与外购能源，加上所列原材料；未列的原材料、运输、使用与处置不含。", "Cradle to gate (a partial footprint in the sense of ISO 14067): fuels and bought energy plus the listed materials; other materials, transport, use and disposal are not included."), "info"),
    ];

    private static readonly IReadOnlyList<ValueLabel> GasNames =
    [
        new(Co2, LocalizedText.Same("CO₂"), "neutral"),
        new(Co2e, LocalizedText.Same("CO₂e"), "neutral"),
    ];

    private static readonly IReadOnlyList<ValueLabel> Gases =
    [
        new("co2", new("只计 CO₂：所有因子都只含 CO₂", "CO₂ only: all factors count CO₂ alone"), "info"),
        new("co2e", new("CO₂e：所有因子都含其他温室气体", "CO₂e: all factors count the other greenhouse gases too"), "info"),
        new("mixed", new("CO₂e，但部分因子只含 CO₂，见下一行；总量因此偏低", "CO₂e, but some factors count CO₂ only, see the next line; the total is too low by what they leave out"), "warning"),
    ];

    private static readonly IReadOnlyList<ValueLabel> Years =
    [
        new("same", new("与数据同年", "Same year"), "success"),
        new("other", new("有其他年份", "Another year"), "warning"),
    ];

    private static readonly View Shown = new(new("产品碳足迹核算", "Product carbon footprint"),
    [
        new KpiTiles(
        [
            new(new("单位产品排放", "Per unit"), "/unitKg") { Unit = "kg/{pcs}", Note = "/gas" },
            new(new("年度总排放", "Total of the year"), "/totalTonnes") { Unit = "t", Note = "/gas" },
            new(new("最大项", "Largest item"), "/largestItem") { Note = "/largestNote" },
            new(new("因子年份", "Factor year"), "/yearState") { Labels = Years, Note = "/yearNote" },
        ]),
        new Chart(new("分项排放", "Emission by item"), "bar", "/items", [new(new("排放", "Emission"), "/emissions", SeriesRole.Actual)]) { Unit = "kg", CategoryLabel = new("项目", "Item") },
        new Table(new("明细", "Details"), "/rows",
        [
            new(new("项目", "Item"), "/item"),
            new(new("数量", "Quantity"), "/quantity"),
            new(new("单位", "Unit"), "/unit"),
            new(new("因子", "Factor"), "/factor"),
            new(new("因子单位", "Factor unit"), "/factorUnit"),
            new(new("排放", "Emission"), "/emission") { Unit = "kg" },
            new(new("占比", "Share"), "/sharePct") { Unit = "%", Format = "N1" },
        ]),
        new Table(new("因子来源", "Sources of the factors"), "/rows",
        [
            new(new("项目", "Item"), "/item"),
            new(new("因子年份", "Factor year"), "/factorPeriod"),
            new(new("气体", "Gas"), "/gas") { Labels = GasNames },
            new(new("来源", "Source"), "/source"),
            new(new("版本", "Version"), "/version"),
            new(new("状态", "Status"), "/status") { Labels = Statuses },
        ]),
        new FieldList(new("边界与依据", "Boundary and basis"),
        [
            new(new("边界", "Boundary"), "/boundary") { Labels = Boundaries },
            new(new("温室气体", "Gases"), "/gasState") { Labels = Gases },
            new(new("因子只含 CO₂ 的项目", "Items whose factor counts CO₂ only"), "/co2Items"),
            new(new("地区", "Region"), "/regionName"),
            new(new("数据年份", "Year of the data"), "/dataYear"),
            new(new("产量", "Pieces"), "/piecesMade") { Unit = "{pcs}", Format = "N0" },
            new(new("因子核对", "Factors checked"), "/factorState") { Labels = Statuses },
        ]),
    ]);

    /// <inheritdoc />
    public override View View => Shown;

    /// <inheritdoc />
    protected override ValueTask<Result<FootprintViewOutput>> RunAsync(FootprintViewInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (input.ByItem.Count == 0)
        {
            return new(Refusals.Few("byItem", 0, 1));
        }

        ItemEmission[] rows = [.. input.ByItem.OrderByDescending(i => i.Emission)];
        ItemEmission[] co2 = [.. rows.Where(r => r.Gas == Co2)];
        var gasState = co2.Length == rows.Length ? "co2" : co2.Length == 0 ? "co2e" : "mixed";
        return new(new FootprintViewOutput(
            input.PerUnit, input.Total / 1000, rows[0].Item, FormattableString.Invariant($"{rows[0].SharePct ?? 0:0.0} %"),
            rows.Any(r => r.OtherYearAccepted) ? "other" : "same", Named([.. rows.Where(r => r.OtherYearAccepted)], r => $"{r.Item} {r.FactorPeriod}"),
            gasState == "co2" ? "CO₂" : "CO₂e", gasState, gasState == "mixed" ? Named(co2, r => r.Item) : null,
            [.. rows.Select(r => r.Item)], [.. rows.Select(r => r.Emission)], rows,
            rows.Any(r => r.Boundary == "upstream") ? "cradle-to-gate" : "gate-to-gate",
            input.Region, input.Year, input.Pieces,
            rows.Any(r => r.Status == KnowledgeStatus.Unconfirmed) ? "unconfirmed" : "confirmed"));
    }

    // A file may hold thousands of items: how many there are, and the largest by name.
    private static string? Named(ItemEmission[] items, Func<ItemEmission, string> name)
    {
        string[] names = [.. items.Select(name).Distinct()];
        return names.Length == 0 ? null : $"{string.Join(", ", names.Take(ItemsNamed))}{(names.Length > ItemsNamed ? FormattableString.Invariant($", … ({names.Length})") : "")}";
    }
}

/// <summary>What the view is made of.</summary>
/// <param name="Total">Emission of the year in kg.</param>
/// <param name="PerUnit">Emission of one product in kg.</param>
/// <param name="ByItem">Emission of each activity.</param>
/// <param name="Pieces">Products made in the year.</param>
/// <param name="Year">Year of the data.</param>
/// <param name="Region">Region of the works.</param>
public sealed record FootprintViewInput(
    [property: Label("总排放", "Total", DescriptionZh = "全年排放，kg。", DescriptionEn = "Emission of the year in kg.")][property: Unit("kg")][property: Example("1861717.5")] double Total,
    [property: Label("单位产品排放", "Per unit", DescriptionZh = "每件产品的排放，kg。", DescriptionEn = "Emission of one product in kg.")][property: Unit("kg/{pcs}")][property: Example("37.23435")] double PerUnit,
    [property: Label("分项", "By item", DescriptionZh = "每一项活动的排放。", DescriptionEn = "Emission of each activity.")] IReadOnlyList<ItemEmission> ByItem,
    [property: Label("产量", "Pieces", DescriptionZh = "全年产出的件数。", DescriptionEn = "Products made in the year.")][property: Unit("{pcs}")][property: Example("50000")] double Pieces,
    [property: Label("年份", "Year", DescriptionZh = "数据的年份。", DescriptionEn = "Year of the data.")][property: Example("2022")] int Year,
    [property: Label("地区", "Region", DescriptionZh = "工厂所在地区。", DescriptionEn = "Region of the works.")][property: Example("\"重庆\"")] string? Region = null);

/// <summary>The footprint as its view shows it.</summary>
/// <param name="UnitKg">Emission of one product in kg.</param>
/// <param name="TotalTonnes">Emission of the year in t.</param>
/// <param name="LargestItem">The item that emits most.</param>
/// <param name="LargestNote">Its share.</param>
/// <param name="YearState">same or other: whether factors are of the year of the data.</param>
/// <param name="YearNote">The items whose factor is of another year, with the year that was used; absent when there is none.</param>
/// <param name="Gas">What the totals count: CO₂, or CO₂e when a factor counts other gases too.</param>
/// <param name="GasState">co2, co2e, or mixed when some factors count CO₂ only.</param>
/// <param name="Co2Items">In a mixed total, the items whose factor counts CO₂ only; else absent.</param>
/// <param name="Items">Items, largest first.</param>
/// <param name="Emissions">Their emissions in kg.</param>
/// <param name="Rows">The items with factors and sources.</param>
/// <param name="Boundary">gate-to-gate, or cradle-to-gate when materials are listed.</param>
/// <param name="RegionName">Region of the works.</param>
/// <param name="DataYear">Year of the data.</param>
/// <param name="PiecesMade">Products made.</param>
/// <param name="FactorState">unconfirmed when a factor was not checked against its original.</param>
public sealed record FootprintViewOutput(
    [property: Label("单位产品排放", "Per unit", DescriptionZh = "每件产品的排放，kg。", DescriptionEn = "Emission of one product in kg.")][property: Unit("kg/{pcs}")] double UnitKg,
    [property: Label("总排放", "Total", DescriptionZh = "全年排放，t。", DescriptionEn = "Emission of the year in t.")][property: Unit("t")] double TotalTonnes,
    [property: Label("最大项", "Largest item", DescriptionZh = "排放最多的一项。", DescriptionEn = "The item that emits most.")] string LargestItem,
    [property: Label("最大项占比", "Its share", DescriptionZh = "它的占比。", DescriptionEn = "Its share.")] string LargestNote,
    [property: Label("因子年份", "Factor year", DescriptionZh = "same 因子与数据同年，other 用了其他年份。", DescriptionEn = "same or other: whether factors are of the year of the data.")] string YearState,
    [property: Label("其他年份", "Other years", DescriptionZh = "用了其他年份因子的项目及所用年份。", DescriptionEn = "The items whose factor is of another year, with that year.")] string? YearNote,
    [property: Label("气体", "Gas", DescriptionZh = "总量所计：CO₂ 或 CO₂e。", DescriptionEn = "What the totals count: CO₂ or CO₂e.")] string Gas,
    [property: Label("温室气体", "Gases", DescriptionZh = "co2 只计 CO₂，co2e 计 CO₂e，mixed 部分因子只含 CO₂。", DescriptionEn = "co2, co2e, or mixed when some factors count CO₂ only.")] string GasState,
    [property: Label("只含 CO₂ 的项目", "CO₂-only items", DescriptionZh = "mixed 时，因子只含 CO₂ 的项目。", DescriptionEn = "In a mixed total, the items whose factor counts CO₂ only.")] string? Co2Items,
    [property: Label("项目", "Items", DescriptionZh = "各项，排放大的在前。", DescriptionEn = "Items, largest first.")] IReadOnlyList<string> Items,
    [property: Label("排放", "Emissions", DescriptionZh = "各项的排放，kg。", DescriptionEn = "Their emissions in kg.")][property: Unit("kg")] IReadOnlyList<double> Emissions,
    [property: Label("明细", "Details", DescriptionZh = "各项及其因子与来源。", DescriptionEn = "The items with factors and sources.")] IReadOnlyList<ItemEmission> Rows,
    [property: Label("边界", "Boundary", DescriptionZh = "gate-to-gate 大门到大门；含材料时为 cradle-to-gate 摇篮到大门。", DescriptionEn = "gate-to-gate, or cradle-to-gate when materials are listed.")] string Boundary,
    [property: Label("地区", "Region", DescriptionZh = "工厂所在地区。", DescriptionEn = "Region of the works.")] string? RegionName,
    [property: Label("数据年份", "Year of the data", DescriptionZh = "数据的年份。", DescriptionEn = "Year of the data.")] int DataYear,
    [property: Label("产量", "Pieces", DescriptionZh = "产出的件数。", DescriptionEn = "Products made.")][property: Unit("{pcs}")] double PiecesMade,
    [property: Label("因子核对", "Factors checked", DescriptionZh = "有因子未与原文核对时为 unconfirmed。", DescriptionEn = "unconfirmed when a factor was not checked against its original.")] string FactorState);
