using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("IndustryBrain.Tabular", "tabular",
    Vendor = "IndustryBrain",
    Zh = "表格读取",
    En = "Tabular files",
    DescriptionZh = "把 CSV 与 Excel 文件读成带类型的表和序列；不合格的单元格按行和列指出。",
    DescriptionEn = "Reads CSV and Excel files into typed tables and series; a bad cell is named by row and column.")]
[assembly: Permission("files", "读取运行时交给它的表格文件。", "Reads the tabular file that a run hands to it.")]
