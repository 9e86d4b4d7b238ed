using System.Globalization;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.CarbonFootprint;

/// <summary>One activity of the year.</summary>
/// <param name="Item">What was used.</param>
/// <param name="Quantity">How much, at least 0.</param>
/// <param name="Unit">Its unit.</param>
public sealed record ActivityItem(
    [property: Label("项目", "Item", DescriptionZh = "用的是什么。", DescriptionEn = "What was used.")][property: Example("\"电力\"")] string Item,
    [property: Label("数量", "Quantity", DescriptionZh = "用量，不小于 0。", DescriptionEn = "How much, at least 0.")][property: Example("3000000")] double Quantity,
    [property: Label("单位", "Unit", DescriptionZh = "计量单位。", DescriptionEn = "Its unit.")][property: Example("\"kWh\"")] string? Unit = null);

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
/// <param name="ValidFrom">First day of validity.</param>
/// <param name="ValidTo">Last day of validity; absent when it still holds.</param>
public sealed record ItemFactor(
    [property: Label("因子", "Factor", DescriptionZh = "每单位因子对应的排放，kg。", DescriptionEn = "Emission per unit of the factor, in kg.")][property: Unit("kg")][property: Example("0.5227")] double Factor,
    [property: Label("因子单位", "Factor unit", DescriptionZh = "因子的单位。", DescriptionEn = "Unit of the factor.")][property: Example("\"kg/kWh\"")] string FactorUnit,
    [property: Label("单位换算", "Conversion", DescriptionZh = "一个活动单位折合多少个因子单位。", DescriptionEn = "How many units of the factor one unit of the activity is.")][property: Example("1")] double Multiplier,
    [property: Label("来源", "Source", DescriptionZh = "来源的名称与文号。", DescriptionEn = "Title and number of the source.")] string Source,
    [property: Label("版本", "Version", DescriptionZh = "因子的版本。", DescriptionEn = "Version of the factor.")] string Version,
    [property: Label("地区", "Region", DescriptionZh = "适用的地区。", DescriptionEn = "Region that it holds in.")][property: Example("\"CN-CQ\"")] string Region,
    [property: Label("状态", "Status", DescriptionZh = "confirmed 已确认，unconfirmed 未确认。", DescriptionEn = "confirmed or unconfirmed.")] KnowledgeStatus Status,
    [property: Label("气体", "Gas", DescriptionZh = "CO2 或 CO2e。", DescriptionEn = "CO2 or CO2e.")] string Gas,
    [property: Label("边界", "Boundary", DescriptionZh = "direct 直接、energy 外购能源或 upstream 上游材料。", DescriptionEn = "direct, energy or upstream.")] string Boundary,
    [property: Label("因子年份", "Factor year", DescriptionZh = "因子对应的年份。", DescriptionEn = "Year that it was measured for.")][property: Example("2022")] int? FactorYear = null,
    [property: Label("接受了其他年份", "Another year accepted", DescriptionZh = "因子年份与活动年份不同时为是。", DescriptionEn = "True when it is of another year than the activity.")] bool OtherYearAccepted = false,
    [property: Label("有效期起", "Valid from", DescriptionZh = "有效期的第一天。", DescriptionEn = "First day of validity.")][property: Example("\"2022-01-01\"")] DateOnly? ValidFrom = null,
    [property: Label("有效期止", "Valid to", DescriptionZh = "有效期的最后一天；仍有效的不给出。", DescriptionEn = "Last day of validity; absent when it still holds.")][property: Example("\"2022-12-31\"")] DateOnly? ValidTo = null)
{
    /// <summary>The year of the factor, else the years that it holds for; null when neither is known.</summary>
    internal string? Period => (FactorYear, ValidFrom) switch
    {
        ({ } year, _) => year.ToString(CultureInfo.InvariantCulture),
        (_, { } from) => string.Create(CultureInfo.InvariantCulture, $"{from.Year}–{ValidTo?.Year}"),
        _ => null,
    };
}

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
/// <param name="FactorPeriod">Year of the factor, or the years that it holds for, such as 2011–.</param>
public sealed record ItemEmission(
    [property: Label("项目", "Item", DescriptionZh = "用的是什么。", DescriptionEn = "What was used.")][property: Example("\"电力\"")] string Item,
    [property: Label("数量", "Quantity", DescriptionZh = "用量。", DescriptionEn = "How much.")][property: Example("3000000")] double Quantity,
    [property: Label("单位", "Unit", DescriptionZh = "计量单位。", DescriptionEn = "Its unit.")][property: Example("\"kWh\"")] string? Unit,
    [property: Label("排放", "Emission", DescriptionZh = "排放，kg。", DescriptionEn = "Emission in kg.")][property: Unit("kg")][property: Example("1568100")] double Emission,
    [property: Label("占比", "Share", DescriptionZh = "占总排放的百分比；总量为 0 时不给出。", DescriptionEn = "Share of the total in %; absent when the total is 0.")][property: Unit("%")] double? SharePct,
    [property: Label("因子", "Factor", DescriptionZh = "每单位因子对应的排放，kg。", DescriptionEn = "Emission per unit of the factor, in kg.")][property: Unit("kg")][property: Example("0.5227")] double Factor,
    [property: Label("因子单位", "Factor unit", DescriptionZh = "因子的单位。", DescriptionEn = "Unit of the factor.")][property: Example("\"kg/kWh\"")] string FactorUnit,
    [property: Label("因子年份", "Factor year", DescriptionZh = "因子的年份。", DescriptionEn = "Year of the factor.")] int? FactorYear,
    [property: Label("来源", "Source", DescriptionZh = "因子的来源。", DescriptionEn = "Source of the factor.")] string Source,
    [property: Label("版本", "Version", DescriptionZh = "因子的版本。", DescriptionEn = "Version of the factor.")] string Version,
    [property: Label("地区", "Region", DescriptionZh = "因子的地区。", DescriptionEn = "Region of the factor.")] string Region,
    [property: Label("状态", "Status", DescriptionZh = "confirmed 已确认，unconfirmed 未确认。", DescriptionEn = "confirmed or unconfirmed.")] KnowledgeStatus Status,
    [property: Label("气体", "Gas", DescriptionZh = "CO2 或 CO2e。", DescriptionEn = "CO2 or CO2e.")] string Gas,
    [property: Label("边界", "Boundary", DescriptionZh = "direct 直接、energy 外购能源或 upstream 上游材料。", DescriptionEn = "direct, energy or upstream.")] string Boundary,
    [property: Label("接受了其他年份", "Another year accepted", DescriptionZh = "因子年份与活动年份不同时为是。", DescriptionEn = "True when the factor is of another year than the activity.")] bool OtherYearAccepted,
    [property: Label("因子适用年份", "Years of the factor", DescriptionZh = "因子的年份，或适用的年份，如 2011–。", DescriptionEn = "Year of the factor, or the years that it holds for, such as 2011–.")] string? FactorPeriod = null);
