using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("IndustryBrain.PriceOutlook", "price-outlook",
    Vendor = "IndustryBrain",
    Zh = "价格走势看板",
    En = "Price outlook",
    DescriptionZh = "把价格历史、预测、区间与预警排成关键数字、曲线和表。",
    DescriptionEn = "Arranges price history, forecast, interval and alert as key figures, a chart and a table.")]
