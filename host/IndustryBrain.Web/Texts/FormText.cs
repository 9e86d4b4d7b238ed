using IndustryBrain.Sdk;

namespace IndustryBrain.Web.Texts;

/// <summary>The words of forms and their findings, in both languages by construction.</summary>
internal static class FormText
{
    internal static readonly LocalizedText Example = new("例 {0}", "e.g. {0}");
    internal static readonly LocalizedText DefaultIs = new("默认 {0}", "default {0}");
    internal static readonly LocalizedText Between = new("{0} 到 {1}", "{0} to {1}");
    internal static readonly LocalizedText AtLeast = new("至少 {0}", "at least {0}");
    internal static readonly LocalizedText AtLeastValues = new("至少 {0} 个值", "at least {0} values");
    internal static readonly LocalizedText AtMost = new("至多 {0}", "at most {0}");
    internal static readonly LocalizedText MoreThan = new("大于 {0}", "more than {0}");
    internal static readonly LocalizedText LessThan = new("小于 {0}", "less than {0}");
    internal static readonly LocalizedText Choose = new("请选择", "Choose");
    internal static readonly LocalizedText NotSet = new("不填", "Not set");
    internal static readonly LocalizedText DropFile = new("把文件拖到这里，或", "Drop a file here, or");
    internal static readonly LocalizedText ChooseFile = new("选择文件", "choose a file");
    internal static readonly LocalizedText ChangeFile = new("换文件", "Change file");
    internal static readonly LocalizedText RemoveFile = new("移除文件", "Remove file");
    internal static readonly LocalizedText Uploading = new("正在上传 {0} %", "Uploading {0} %");
    internal static readonly LocalizedText SampleFile = new("示例文件", "Sample file");
    internal static readonly LocalizedText SeriesHint = new("一行一个数，也可以从表格粘贴一列（可带表头、日期列）", "One number a line, or paste a column from a spreadsheet, with its head and dates if you like");
    internal static readonly LocalizedText TextsHint = new("一行一条", "One a line");
    internal static readonly LocalizedText SeriesCount = new("{0} 个值", "{0} values");
    internal static readonly LocalizedText SeriesSpan = new("{0} 个值，最小 {1}，最大 {2}，最后 {3}", "{0} values, smallest {1}, largest {2}, last {3}");
    internal static readonly LocalizedText TableHint = new("可以从 Excel 粘贴多行；首行是列名时自动对应", "Paste rows from Excel; a first row of column names is recognised");
    internal static readonly LocalizedText TableRows = new("{0} 行", "{0} rows");
    internal static readonly LocalizedText TablePasted = new("已粘贴 {0} 行", "{0} rows pasted");
    internal static readonly LocalizedText AddRow = new("添加一行", "Add a row");
    internal static readonly LocalizedText RemoveRow = new("删除第 {0} 行", "Remove row {0}");
    internal static readonly LocalizedText RowActions = new("操作", "Actions");
    internal static readonly LocalizedText RowNumber = new("行", "Row");
    internal static readonly LocalizedText ClearTable = new("清空", "Clear");
    internal static readonly LocalizedText DraftRestored = new("已恢复上次没有提交的内容。", "What you had not sent yet is back.");
    internal static readonly LocalizedText StartOver = new("重新填写", "Start over");
    internal static readonly LocalizedText ErrorCount = new("有 {0} 处需要改", "To correct: {0}");
    internal static readonly LocalizedText MoreErrors = new("还有 {0} 处需要改。", "{0} more to correct.");

    internal static readonly LocalizedText Missing = new("请填写「{0}」。", "Enter {0}.");
    internal static readonly LocalizedText MissingFile = new("请选择「{0}」。", "Choose {0}.");
    internal static readonly LocalizedText MissingOneOf = new("请给出{0}。", "Give {0}.");
    internal static readonly LocalizedText Quoted = new("「{0}」", "“{0}”");
    internal static readonly LocalizedText Or = new("{0}或{1}", "{0} or {1}");
    internal static readonly LocalizedText NotNumber = new("不是数字：'{0}'。请只写数字，如 68400。", "'{0}' is not a number. Write digits only, such as 68400.");
    internal static readonly LocalizedText NotNumberSuggest = new("不是数字：'{0}'。请改为 {1}。", "'{0}' is not a number. Write {1}.");
    internal static readonly LocalizedText NotInteger = new("应为整数，得到的是 {0}。", "{0} is not a whole number.");
    internal static readonly LocalizedText NotDate = new("不是日期：'{0}'。请写成 2026-11-20。", "'{0}' is not a date. Write 2026-11-20.");
    internal static readonly LocalizedText NotInRange = new("{0} 超出范围：应为{1}。", "{0} is out of range: {1}.");
    internal static readonly LocalizedText NotAChoice = new("'{0}' 不在选项中。", "'{0}' is not one of the choices.");
    internal static readonly LocalizedText NotBoolean = new("应为是或否，得到的是 '{0}'。", "'{0}' is neither yes nor no.");
    internal static readonly LocalizedText NotText = new("应为文本。", "This must be a text.");
    internal static readonly LocalizedText NotList = new("应为一列值。", "This must be a list of values.");
    internal static readonly LocalizedText NotObject = new("应为一组字段。", "This must be a group of fields.");
    internal static readonly LocalizedText TooLong = new("最多 {0} 个字符，现有 {1} 个。", "At most {0} characters; it has {1}.");
    internal static readonly LocalizedText TooShort = new("至少 {0} 个字符，现有 {1} 个。", "At least {0} characters; it has {1}.");
    internal static readonly LocalizedText TooFew = new("至少 {0} 个值，现有 {1} 个。", "At least {0} values; it has {1}.");
    internal static readonly LocalizedText TooMany = new("最多 {0} 个值，现有 {1} 个。", "At most {0} values; it has {1}.");
    internal static readonly LocalizedText NotPattern = new("格式不对。", "The format does not fit.");
    internal static readonly LocalizedText RowPlace = new("第 {0} 行「{1}」", "Row {0}, {1}");
    internal static readonly LocalizedText ValuePlace = new("第 {0} 个值", "Value {0}");
    internal static readonly LocalizedText InValue = new("{0} 第 {1} 个值", "{0}, value {1}");
    internal static readonly LocalizedText InRow = new("{0} 第 {1} 行", "{0}, row {1}");
    internal static readonly LocalizedText InCell = new("{0} 第 {1} 行 {2}", "{0}, row {1}, {2}");
    internal static readonly LocalizedText Colon = new("：", ": ");
    internal static readonly LocalizedText TooLargeFile = new("文件有 {0}，最多 {1}。", "The file has {0}; at most {1} are accepted.");
    internal static readonly LocalizedText EmptyFile = new("文件是空的。请检查导出或保存是否完整，再重新选择。", "The file is empty. Check that it was saved completely, and choose it again.");
    internal static readonly LocalizedText UploadRunning = new("文件还在上传。请等它传完再提交。", "A file is still being uploaded. Submit again when it is complete.");
    internal static readonly LocalizedText UploadBroken = new("上传中断了。请再选一次文件。", "The upload broke off. Choose the file again.");
}
