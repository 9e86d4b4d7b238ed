using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Runtime.DataSets;

/// <summary>What is refused about data sets and their files, IB5020 to IB5033.</summary>
internal static class DataSetFailures
{
    /// <summary>IB5020: there is no such data set, or version of it, that the caller may see.</summary>
    public static Failure Unknown(string name) => new("IB5020", new($"没有数据集「{Short(name)}」。", $"There is no data set “{Short(name)}”.")) { Where = "name" };

    /// <summary>IB5021: a name that no data set may have.</summary>
    public static Failure Name() => new("IB5021", new("数据集的名称由字母、汉字、数字、点、横线和下划线组成，最多 80 字节。", "The name of a data set has letters, digits, dots, hyphens and underscores, 80 bytes at most.")) { Where = "name" };

    /// <summary>IB5022: columns that cannot be.</summary>
    public static Failure Columns(string where, LocalizedText why) => new("IB5022", new($"列「{Short(where)}」无效：{why.Zh}。", $"The column “{Short(where)}” is not valid: {why.En}.")) { Where = Short(where) };

    /// <summary>IB5023: the file is larger than allowed.</summary>
    public static Failure TooLarge(string file, long most) => new("IB5023", new($"文件「{Short(file)}」超过 {most} 字节。", $"The file “{Short(file)}” is larger than {most} bytes.")) { Where = Short(file), Action = new("请拆分文件，或由管理员调整 DataSets:MaxFileBytes、DataSets:MaxUnpackedBytes。", "Split it, or let an administrator raise DataSets:MaxFileBytes or DataSets:MaxUnpackedBytes.") };

    /// <summary>IB5024: a cell that is not of its column's type.</summary>
    public static Failure Cell(long row, string column, string value, DataSetColumnType type)
    {
        var word = WordOf(type);
        return new("IB5024", new($"第 {row} 行「{Short(column)}」不是{word.Zh}：'{Short(value)}'。", $"Row {row}, {Short(column)}, is not {word.En}: '{Short(value)}'.")) { Where = FormattableString.Invariant($"row {row}, column {Short(column)}"), Action = new("请改正这一格，或修改该列的类型。", "Correct the cell, or change the type of the column.") };
    }

    /// <summary>IB5025: a cell that must not be empty.</summary>
    public static Failure Empty(long row, string column) => new("IB5025", new($"第 {row} 行「{Short(column)}」为空，而该列必填。", $"Row {row}, {Short(column)}, is empty, and the column is required.")) { Where = FormattableString.Invariant($"row {row}, column {Short(column)}"), Action = new("请填写这一格，或把该列改为可空。", "Fill the cell, or let the column be empty.") };

    /// <summary>IB5026: a column that the data set has not.</summary>
    public static Failure NoColumn(long row, string column) => new("IB5026", new($"第 {row} 行有数据集没有的列「{Short(column)}」。", $"Row {row} has a column that the data set has not: {Short(column)}.")) { Where = FormattableString.Invariant($"row {row}, column {Short(column)}"), Action = new("请删去该列，或以 infer=true 按文件重新确定列。", "Remove the column, or take the columns from the file with infer=true.") };

    /// <summary>IB5027: a file that is not what it seems to be.</summary>
    public static Failure Broken(string file, long row, LocalizedText why) => new("IB5027", row == 0
        ? new($"文件「{Short(file)}」无法读取：{why.Zh}。", $"The file “{Short(file)}” cannot be read: {why.En}.")
        : new($"文件「{Short(file)}」第 {row} 行无法读取：{why.Zh}。", $"The file “{Short(file)}” cannot be read at row {row}: {why.En}."))
    { Where = row == 0 ? Short(file) : FormattableString.Invariant($"row {row}"), Action = new("请用 CSV（UTF-8 或 GB18030）、XLSX 或 JSON（对象的数组，或每行一个对象）。", "Take CSV (UTF-8 or GB18030), XLSX or JSON (an array of objects, or one object a line).") };

    /// <summary>IB5028: more rows than allowed.</summary>
    public static Failure TooManyRows(long most) => new("IB5028", new($"一个版本最多 {most} 行。", $"A version has {most} rows at most.")) { Where = "DataSets:MaxRows", Action = new("请拆分数据，或由管理员调整上限。", "Split the data, or let an administrator raise the limit.") };

    /// <summary>IB5029: as many data sets as allowed.</summary>
    public static Failure TooMany(int most) => new("IB5029", new($"本组织的数据集已达 {most} 个。", $"The organization has as many data sets as it may: {most}.")) { Where = "DataSets:MaxDataSets" };

    /// <summary>IB5030: a file without rows.</summary>
    public static Failure NoRows(string file) => new("IB5030", new($"文件「{Short(file)}」没有数据行。", $"The file “{Short(file)}” has no rows.")) { Where = Short(file) };

    /// <summary>IB5031: no such sheet.</summary>
    public static Failure NoSheet(string sheet, IReadOnlyList<string> sheets) => new("IB5031", new($"没有名为「{Short(sheet)}」的工作表。", $"There is no sheet “{Short(sheet)}”.")) { Where = "sheet", Action = new($"现有的工作表：{string.Join("、", sheets.Take(20))}。", $"Sheets: {string.Join(", ", sheets.Take(20))}.") };

    /// <summary>IB5032: a description that is too long or cannot be stored.</summary>
    public static Failure Description(int most) => new("IB5032", new($"数据集的说明最多 {most} 个字符，且不含控制字符。", $"The description of a data set has {most} characters at most, and no control characters.")) { Where = "description" };

    /// <summary>IB5033: a role that is none.</summary>
    public static Failure Role(string role, IReadOnlyList<string> known) => new("IB5033", new($"没有角色「{Short(role)}」。", $"There is no role “{Short(role)}”.")) { Where = "roles", Action = new($"角色：{string.Join("、", known)}。", $"Roles: {string.Join(", ", known)}.") };

    private static LocalizedText WordOf(DataSetColumnType type) => type switch
    {
        DataSetColumnType.Number => new("数值", "a number"),
        DataSetColumnType.Boolean => new("真假值（true、false）", "true or false"),
        DataSetColumnType.Date => new("日期（yyyy-MM-dd）", "a date (yyyy-MM-dd)"),
        DataSetColumnType.DateTime => new("时刻（如 2026-01-31T08:00:00+08:00）", "a moment (such as 2026-01-31T08:00:00+08:00)"),
        _ => new("可保存的文本", "a text that can be stored"),
    };

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
