using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("IndustryBrain.PriceAlerts", "price-alerts",
    Vendor = "IndustryBrain",
    Zh = "价格预警规则",
    En = "Price alert rules",
    DescriptionZh = "按品种给出价格涨跌的预警阈值，默认 5 %，按日期查询版本。",
    DescriptionEn = "Warning threshold of a price change by commodity, 5 % by default, as of a date.")]
