using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Expressions;

/// <summary>The failures of expressions, IB2101 to IB2199.</summary>
internal static class ExpressionFailures
{
    /// <param name="detail">What the script or the interpreter says.</param>
    /// <param name="line">Line of the source, from 1; 0 when it is not known.</param>
    /// <param name="column">Column of the line, from 1.</param>
    public static Failure Script(string detail, int line = 0, int column = 0) =>
        new("IB2101", new($"脚本出错：{detail}{Zh(line, column)}", $"The script failed: {detail}{En(line, column)}"));

    public static Failure Syntax(string detail, int line, int column) =>
        new("IB2102", new($"脚本有语法错误：{detail}{Zh(line, column)}", $"The script has a syntax error: {detail}{En(line, column)}"));

    public static Failure TooLong(int bytes, int limit) => new("IB2103", new($"脚本有 {bytes} 字节，上限为 {limit} 字节。", $"The script has {bytes} bytes; the limit is {limit}."));

    public static Failure TooNested(int limit) => new("IB2104", new($"脚本嵌套超过 {limit} 层。", $"The script nests deeper than {limit}."));

    public static Failure Timeout(int milliseconds) => new("IB2105", new($"脚本运行超过 {milliseconds} 毫秒。", $"The script ran longer than {milliseconds} ms."));

    public static Failure Memory() => new("IB2106", new("脚本使用的内存超过上限。", "The script used more memory than it may."));

    public static Failure Recursion() => new("IB2107", new("脚本的调用层数超过上限。", "The script's calls nest deeper than they may."));

    public static Failure Statements(int limit) => new("IB2108", new($"脚本执行的语句超过 {limit} 条。", $"The script executed more than {limit} statements."));

    public static Failure Unsupported(string language) => new("IB2109", new($"不支持 {language} 表达式。", $"Expressions in {language} are not supported."));

    public static Failure NeverSettled() =>
        new("IB2111", new("脚本返回的 Promise 永远不会完成。", "The promise that the script returned never settles."));

    public static Failure BigInteger() =>
        new("IB2112", new("表达式中不能使用 BigInt。", "Expressions cannot use BigInt.")) { Action = new("改用普通数字或文本。", "Use plain numbers or text.") };

    public static Failure NotCompiled(LocalizedText detail, int line, int column) =>
        new("IB2102", new($"脚本有语法错误：{detail.Zh}{Zh(line, column)}", $"The script has a syntax error: {detail.En}{En(line, column)}"));

    public static Failure CompileTimeout(int milliseconds) => new("IB2113", new($"脚本编译超过 {milliseconds} 毫秒。", $"Compiling the script took longer than {milliseconds} ms."));

    public static Failure Refused(string what, int line, int column) =>
        new("IB2114", new($"表达式中不能使用 {what}{Zh(line, column)}。", $"Expressions cannot use {what}{En(line, column)}.")) { Action = new("只使用表达式允许的成员。", "Use only the members that expressions may use.") };

    public static Failure Result() => new("IB2110", new("脚本的结果不能表示为 JSON。", "The result of the script cannot be written as JSON."));

    private static string Zh(int line, int column) => line > 0 ? string.Create(CultureInfo.InvariantCulture, $"（第 {line} 行第 {column} 列）") : "";

    private static string En(int line, int column) => line > 0 ? string.Create(CultureInfo.InvariantCulture, $" (line {line}, column {column})") : "";
}
