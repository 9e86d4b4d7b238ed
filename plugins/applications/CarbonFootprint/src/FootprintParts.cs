using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.CarbonFootprint;

/// <summary>One activity of the year.</summary>
/// <param name="Item">What was used.</param>
/// <param name="Quantity">How much, at least 0.</param>
/// <param name="Unit">Its unit.</param>
public sealed record ActivityItem(
    [property: Label("项目", "Item")][property: Example("\"电力\"")] string Item,
    [property: Label("数量", "Quantity")][property: Example("3000000")] double Quantity,
    [property: Label("单位", "Unit")][property: Example("\"kWh\"")] string? Unit = null);

/// <summary>The factor of one activity, as the emission factor knowledge answers it.</summary>
/// <param name="Factor">Emission per unit of the factor, in kg.</param>
/// <param name="FactorUnit">Unit of the factor.</param>
/// <param name="Multiplier">How many units of the factor one unit of the activity is.</param>
/// <param name="Source">Title and number of the source.</param>
/// <param name="Version">Version of the factor.</param>
/// <param name="Region">Region that it holds in.</param>
/// <param name="Status">confirmed or unconfirmed.</param>
/// <param name="Gas">CO2 or CO2e.</param>
/// <param name="Boundary">direct, energy or upstream.</param>
/// <param name="FactorYear">Year that it was measured for.</param>
/// <param name="OtherYearAccepted">True when it is of another year than the activity.</param>
public sealed record ItemFactor(
    [property: Label("因子", "Factor")][property: Unit("kg")] double Factor,
    [property: Label("因子单位", "Factor unit")] string FactorUnit,
    [property: Label("单位换算", "Conversion")] double Multiplier,
    [property: Label("来源", "Source")] string Source,
    [property: Label("版本", "Version")] string Version,
    [property: Label("地区", "Region")] string Region,
    [property: Label("状态", "Status")] KnowledgeStatus Status,
    [property: Label("气体", "Gas")] string Gas,
    [property: Label("边界", "Boundary")] string Boundary,
    [property: Label("因子年份", "Factor year")] int? FactorYear = null,
    [property: Label("接受了其他年份", "Another year accepted")] bool OtherYearAccepted = false);

/// <summary>Emission of one activity.</summary>
/// <param name="Item">What was used.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Emission">Emission in kg.</param>
/// <param name="SharePct">Share of the total in %; absent when the total is 0.</param>
/// <param name="Factor">Emission per unit of the factor, in kg.</param>
/// <param name="FactorUnit">Unit of the factor.</param>
/// <param name="FactorYear">Year of the factor.</param>
/// <param name="Source">Source of the factor.</param>
/// <param name="Version">Version of the factor.</param>
/// <param name="Region">Region of the factor.</param>
/// <param name="Status">confirmed or unconfirmed.</param>
/// <param name="Gas">CO2 or CO2e.</param>
/// <param name="Boundary">direct, energy or upstream.</param>
/// <param name="OtherYearAccepted">True when the factor is of another year than the activity.</param>
public sealed record ItemEmission(
    [property: Label("项目", "Item")] string Item,
    [property: Label("数量", "Quantity")] double Quantity,
    [property: Label("单位", "Unit")] string? Unit,
    [property: Label("排放", "Emission")][property: Unit("kg")] double Emission,
    [property: Label("占比", "Share")][property: Unit("%")] double? SharePct,
    [property: Label("因子", "Factor")][property: Unit("kg")] double Factor,
    [property: Label("因子单位", "Factor unit")] string FactorUnit,
    [property: Label("因子年份", "Factor year")] int? FactorYear,
    [property: Label("来源", "Source")] string Source,
    [property: Label("版本", "Version")] string Version,
    [property: Label("地区", "Region")] string Region,
    [property: Label("状态", "Status")] KnowledgeStatus Status,
    [property: Label("气体", "Gas")] string Gas,
    [property: Label("边界", "Boundary")] string Boundary,
    [property: Label("接受了其他年份", "Another year accepted")] bool OtherYearAccepted);
