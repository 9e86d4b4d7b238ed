using IndustryBrain.Sdk.Packaging;

// 清单 plugin.json 由此生成。The manifest, plugin.json, is generated from this.
[assembly: Plugin("IbPackageId", "ib-prefix",
    Vendor = "IbVendor",
    Zh = "IbTitle",
    En = "IbTitle",
#if (kind == "tool")
    DescriptionZh = "由用电量与产量得出单位产品电耗。",
    DescriptionEn = "Gives the electricity that one product takes.")]
#elif (kind == "knowledge")
    DescriptionZh = "按时段与日期给出电价及其来源。",
    DescriptionEn = "Gives the price of electricity by band and date, with its source.")]
#else
    DescriptionZh = "列出各项成本及其占比。",
    DescriptionEn = "Shows costs and their shares.")]
#endif
