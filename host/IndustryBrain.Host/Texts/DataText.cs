using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Host.Texts;

/// <summary>Words of data sets.</summary>
internal static class DataText
{
    internal static readonly LocalizedText Data = new("数据", "Data");
    internal static readonly LocalizedText None = new("本组织还没有数据集。上传一个表格，插件与场景便可按名称读取。", "The organization has no data sets yet. Upload a table, and plugins can read it by its name.");
    internal static readonly LocalizedText New = new("新建数据集", "New data set");
    internal static readonly LocalizedText What = new("CSV、XLSX 或 JSON，第一行为列名。列的类型由内容确定，之后可以修改。", "CSV, XLSX or JSON, with the columns' names in the first row. What they are is taken from the content and can be changed later.");
    internal static readonly LocalizedText Upload = new("上传文件", "Upload a file");
    internal static readonly LocalizedText UploadVersion = new("上传新版本", "Upload a version");
    internal static readonly LocalizedText Rows = new("行数", "Rows");
    internal static readonly LocalizedText RowCount = new("{0} 行", "{0} rows");
    internal static readonly LocalizedText Columns = new("列", "Columns");
    internal static readonly LocalizedText ColumnsWhat = new("修改后，现有各行转换为新版本；有一行不符合，则不修改。", "The rows are converted into a new version; when one does not fit, nothing changes.");
    internal static readonly LocalizedText ChangeColumns = new("修改列", "Change columns");
    internal static readonly LocalizedText Type = new("类型", "Type");
    internal static readonly LocalizedText Required = new("必填", "Required");
    internal static readonly LocalizedText Version = new("版本", "Version");
    internal static readonly LocalizedText VersionOf = new("版本 {0}", "Version {0}");
    internal static readonly LocalizedText Versions = new("版本", "Versions");
    internal static readonly LocalizedText Preview = new("内容", "Rows");
    internal static readonly LocalizedText First = new("第一页", "First page");
    internal static readonly LocalizedText Size = new("大小", "Size");
    internal static readonly LocalizedText File = new("文件", "File");
    internal static readonly LocalizedText CreatedAt = new("时间", "Made");
    internal static readonly LocalizedText By = new("由", "By");
    internal static readonly LocalizedText UsedBy = new("获准的插件", "Granted to");
    internal static readonly LocalizedText Use = new("谁可以使用", "Who may use it");
    internal static readonly LocalizedText NoPlugins = new("没有插件获准使用。权限在插件页授予。", "No plugin was granted it; that is done on the plugin's page.");
    internal static readonly LocalizedText Writes = new("读写", "reads and writes");
    internal static readonly LocalizedText ReadsOnly = new("只读", "reads");
    internal static readonly LocalizedText Roles = new("只让这些角色查看（都不选为所有能查看数据的人）", "Seen by these roles only (none: by whoever may see data)");

    internal static LocalizedText TypeOf(DataSetColumnType type) => type switch
    {
        DataSetColumnType.Number => new("数值", "Number"),
        DataSetColumnType.Boolean => new("是否", "True or false"),
        DataSetColumnType.Date => new("日期", "Date"),
        DataSetColumnType.DateTime => new("时刻", "Date and time"),
        _ => new("文本", "Text"),
    };
}
