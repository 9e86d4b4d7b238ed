using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("IndustryBrain.EmissionFactors", "emission-factors",
    Vendor = "IndustryBrain",
    Zh = "排放因子",
    En = "Emission factors",
    DescriptionZh = "燃料、电网与材料的二氧化碳排放因子，每个都有单位、来源、年份、地区、有效期和核对状态。",
    DescriptionEn = "Carbon dioxide emission factors of fuels, electricity grids and materials, each with unit, source, year, region, validity and status.")]
