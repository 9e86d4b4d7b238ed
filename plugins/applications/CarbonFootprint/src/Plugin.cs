using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("IndustryBrain.CarbonFootprint", "carbon-footprint",
    Vendor = "IndustryBrain",
    Zh = "产品碳足迹",
    En = "Product carbon footprint",
    DescriptionZh = "由活动数据与排放因子核算产品碳足迹，并排成关键数字、柱图和表。",
    DescriptionEn = "Computes a product carbon footprint from activity data and emission factors and shows it as key figures, a bar chart and a table.")]
