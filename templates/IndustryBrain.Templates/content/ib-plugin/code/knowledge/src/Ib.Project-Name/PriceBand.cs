using System.Text.Json.Serialization;
using IndustryBrain.Sdk.Components;

namespace IbNamespace;

/// <summary>时段。Band of the day.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PriceBand>))]
public enum PriceBand
{
    /// <summary>峰。Peak.</summary>
    [Label("峰", "Peak"), JsonStringEnumMemberName("peak")] Peak,

    /// <summary>平。Flat.</summary>
    [Label("平", "Flat"), JsonStringEnumMemberName("flat")] Flat,

    /// <summary>谷。Valley.</summary>
    [Label("谷", "Valley"), JsonStringEnumMemberName("valley")] Valley,
}

/// <summary>问题。The question.</summary>
/// <param name="Band">时段。Band of the day.</param>
/// <param name="AsOf">答案须有效的日期。The day that the answer must hold on.</param>
public sealed record IbClassQuery(
    [property: Label("时段", "Band")][property: Example("\"peak\"")] PriceBand Band,
    [property: Label("查询日期", "As of", DescriptionZh = "电价须在这一天有效。", DescriptionEn = "The price must hold on this day.")][property: Example("\"2026-06-01\"")] DateOnly AsOf);

/// <summary>回答。The answer.</summary>
/// <param name="Price">电价，元/kWh，带来源与有效期。Price in CNY/kWh, with source and validity.</param>
public sealed record IbClassAnswer([property: Label("电价", "Price", DescriptionZh = "带来源与有效期。", DescriptionEn = "With source and validity.")] KnowledgeAnswer<double> Price);
