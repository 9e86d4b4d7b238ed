using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.EmissionFactors;

/// <summary>The question.</summary>
/// <param name="Items">What factors are asked for.</param>
/// <param name="Year">The year of the activity; may be left out when <paramref name="AsOf"/> is given.</param>
/// <param name="Region">Chinese or English name or code of the region; needed for electricity.</param>
/// <param name="AcceptOtherYear">True to accept a factor of another year where the asked one has none, or that year itself; false when absent.</param>
/// <param name="ItemsName">How refusals name the items.</param>
/// <param name="RowNumbers">Row of each item in its file; then refusals name it.</param>
/// <param name="AsOf">The day that the factors have to be valid on; when absent, any day of <paramref name="Year"/>.</param>
public sealed record LookupQuery(
    [property: Label("项目", "Items", DescriptionZh = "要查因子的项目。", DescriptionEn = "What factors are asked for.")] IReadOnlyList<FactorItem> Items,
    [property: Label("年份", "Year", DescriptionZh = "活动数据的年份。", DescriptionEn = "The year of the activity.")][property: Range(1990, 2100)][property: Example("2022")] int? Year = null,
    [property: Label("地区", "Region", DescriptionZh = "电力必填，如重庆。", DescriptionEn = "Needed for electricity, such as Chongqing.")][property: Example("\"重庆\"")] string? Region = null,
    [property: Label("接受其他年份", "Accept another year", DescriptionZh = "是、否，或指定的年份；用了会记录。", DescriptionEn = "True, false, or that year; its use is recorded.")] JsonElement? AcceptOtherYear = null,
    [property: Label("项目的名称", "Name of the items", DescriptionZh = "用于提示。", DescriptionEn = "For messages.")] string? ItemsName = "items",
    [property: Label("行号", "Row numbers", DescriptionZh = "每个项目在文件里的行号，用于提示。", DescriptionEn = "Row of each item in its file, for messages.")] IReadOnlyList<int>? RowNumbers = null,
    [property: Label("截至日期", "As of", DescriptionZh = "因子须在这一天有效；不填则按年份。", DescriptionEn = "The factors have to be valid on this day; by year when absent.")][property: Example("\"2022-06-30\"")] DateOnly? AsOf = null);

/// <summary>One item.</summary>
/// <param name="Item">Chinese or English name, another name, or id of a fuel, of electricity or of a material.</param>
/// <param name="Unit">Unit of the activity, such as kWh, 万kWh, m3, t; the factor's own when absent.</param>
/// <param name="Density">Density in kg/L; needed for litres of a fuel.</param>
public sealed record FactorItem(
    [property: Label("项目", "Item", DescriptionZh = "燃料、电力或材料的中英文名、别名或标识。", DescriptionEn = "Chinese or English name, another name, or id of a fuel, of electricity or of a material.")][property: Example("\"电力\"")] string Item,
    [property: Label("单位", "Unit", DescriptionZh = "活动数据的单位，如 kWh、万kWh、m3、t；不填则为因子的单位。", DescriptionEn = "Unit of the activity, such as kWh, 万kWh, m3, t; the factor's own when absent.")][property: Example("\"kWh\"")] string? Unit = null,
    [property: Label("密度", "Density", DescriptionZh = "密度，kg/L；按体积计量的燃料需要。", DescriptionEn = "Density in kg/L; needed for litres of a fuel.")][property: Unit("kg/L")] double? Density = null);

/// <summary>The answer.</summary>
/// <param name="Found">One factor an item, in order.</param>
/// <param name="OtherYearUsed">True when a factor of another year was accepted.</param>
/// <param name="HasUnconfirmed">True when a factor was not checked against its original source.</param>
public sealed record LookupAnswer(
    [property: Label("因子", "Factors", DescriptionZh = "每个项目一个因子，顺序一致。", DescriptionEn = "One factor an item, in order.")] IReadOnlyList<FoundFactor> Found,
    [property: Label("用了其他年份", "Another year used", DescriptionZh = "接受了其他年份的因子时为是。", DescriptionEn = "True when a factor of another year was accepted.")] bool OtherYearUsed,
    [property: Label("含未确认因子", "Has unconfirmed factors", DescriptionZh = "有因子未与原文核对时为是。", DescriptionEn = "True when a factor was not checked against its original source.")] bool HasUnconfirmed);

/// <summary>One factor.</summary>
/// <param name="Item">The item as asked.</param>
/// <param name="FactorId">Id of the factor.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Factor">Emission per unit of the factor, in kg.</param>
/// <param name="FactorUnit">Unit of the factor, such as kg/kWh.</param>
/// <param name="Multiplier">How many units of the factor one unit of the activity is.</param>
/// <param name="Source">Title and number of the source.</param>
/// <param name="Version">Version of the factor.</param>
/// <param name="Region">Region that it holds in: CN, CN-XX or GLOBAL.</param>
/// <param name="FactorYear">Year that it was measured for; absent when it holds for a span of time.</param>
/// <param name="ValidFrom">First day of validity.</param>
/// <param name="ValidTo">Last day of validity; absent when it still holds.</param>
/// <param name="Status">Whether it was checked against the original.</param>
/// <param name="Gas">CO2 or CO2e.</param>
/// <param name="Boundary">direct (burnt on site), energy (bought energy) or upstream (bought material).</param>
/// <param name="OtherYearAccepted">True when it is of another year than asked, as the caller accepted.</param>
public sealed record FoundFactor(
    [property: Label("项目", "Item", DescriptionZh = "所查的项目。", DescriptionEn = "The item as asked.")] string Item,
    [property: Label("因子标识", "Factor id", DescriptionZh = "因子的标识。", DescriptionEn = "Id of the factor.")] string FactorId,
    [property: Label("中文名", "Chinese name", DescriptionZh = "中文名称。", DescriptionEn = "Chinese name.")] string NameZh,
    [property: Label("英文名", "English name", DescriptionZh = "英文名称。", DescriptionEn = "English name.")] string NameEn,
    [property: Label("因子", "Factor", DescriptionZh = "每单位因子对应的排放，kg。", DescriptionEn = "Emission per unit of the factor, in kg.")][property: Unit("kg")] double Factor,
    [property: Label("因子单位", "Factor unit", DescriptionZh = "因子的单位，如 kg/kWh。", DescriptionEn = "Unit of the factor, such as kg/kWh.")] string FactorUnit,
    [property: Label("单位换算", "Conversion", DescriptionZh = "一个活动单位折合多少个因子单位。", DescriptionEn = "How many units of the factor one unit of the activity is.")] double Multiplier,
    [property: Label("来源", "Source", DescriptionZh = "来源的名称与文号。", DescriptionEn = "Title and number of the source.")] string Source,
    [property: Label("版本", "Version", DescriptionZh = "因子的版本。", DescriptionEn = "Version of the factor.")] string Version,
    [property: Label("地区", "Region", DescriptionZh = "适用的地区：CN、CN-XX 或 GLOBAL。", DescriptionEn = "Region that it holds in: CN, CN-XX or GLOBAL.")] string Region,
    [property: Label("因子年份", "Factor year", DescriptionZh = "因子对应的年份；适用一段时间的不给出。", DescriptionEn = "Year that it was measured for; absent when it holds for a span of time.")] int? FactorYear,
    [property: Label("有效期起", "Valid from", DescriptionZh = "有效期的第一天。", DescriptionEn = "First day of validity.")] DateOnly ValidFrom,
    [property: Label("有效期止", "Valid to", DescriptionZh = "有效期的最后一天；仍有效的不给出。", DescriptionEn = "Last day of validity; absent when it still holds.")] DateOnly? ValidTo,
    [property: Label("状态", "Status", DescriptionZh = "是否与原文核对过。", DescriptionEn = "Whether it was checked against the original.")] KnowledgeStatus Status,
    [property: Label("气体", "Gas", DescriptionZh = "CO2 或 CO2e。", DescriptionEn = "CO2 or CO2e.")] string Gas,
    [property: Label("边界", "Boundary", DescriptionZh = "direct 本厂燃烧、energy 外购能源或 upstream 外购材料。", DescriptionEn = "direct (burnt on site), energy (bought energy) or upstream (bought material).")] string Boundary,
    [property: Label("接受了其他年份", "Another year accepted", DescriptionZh = "与所问年份不同、经接受时为是。", DescriptionEn = "True when it is of another year than asked, as the caller accepted.")] bool OtherYearAccepted);
