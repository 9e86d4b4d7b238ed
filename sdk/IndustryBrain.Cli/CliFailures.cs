using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli;

/// <summary>The codes of this project: IB72xx.</summary>
internal static class CliFailures
{
    public static Failure FileNotReadable(string path) =>
        new("IB7201", new($"无法读取文件 {path}。", $"The file {path} cannot be read.")) { Where = path };

    public static Failure NotJson(string path, long line) =>
        new("IB7202", new($"{path} 第 {line} 行不是有效的 JSON。", $"{path} is not valid JSON at line {line}.")) { Where = string.Create(CultureInfo.InvariantCulture, $"{path}:{line}") };

    public static Failure WrongShape(string path, LocalizedText expected) =>
        new("IB7203", new($"{path} 应为{expected.Zh}。", $"{path} must be {expected.En}.")) { Where = path };

    public static Failure DefinitionNotImported(string definitionId) =>
        new("IB7204", new($"没有导入工作流 {definitionId}。", $"The workflow {definitionId} was not imported.")) { Where = definitionId, Action = new("请用 --import 加入它的文件。", "Add its file with --import.") };

    public static Failure RunsTooDeep(int allowed) =>
        new("IB7205", new($"运行启动运行的层数超过 {allowed}。", $"Runs that start runs are nested more than {allowed} deep."));

    public static Failure PluginFolderMissing(string folder) =>
        new("IB7206", new($"插件文件夹 {folder} 不存在。", $"The plugin folder {folder} does not exist.")) { Where = folder };

    public static Failure UnknownOption(string option) => new("IB7207", new($"没有选项 {option}。", $"There is no option {option}."));

    public static Failure UnknownArgument(string argument) => new("IB7207", new($"无法识别「{argument}」。", $"“{argument}” is not known here."));

    public static Failure CommandMissing() =>
        new("IB7207", new("没有给出命令。", "No command was given.")) { Action = new("brain --help 列出全部命令。", "brain --help lists them.") };

    public static Failure OptionMissing(string option) => new("IB7207", new($"缺少必填选项 {option}。", $"The option {option} is required."));

    public static Failure ArgumentMissing(string argument) => new("IB7207", new($"缺少参数 <{argument}>。", $"The argument <{argument}> is missing."));

    /// <param name="option">The option.</param>
    /// <param name="next">What stands where its value should; null at the end of the line.</param>
    public static Failure ValueMissing(string option, string? next) => new("IB7207", next is null
        ? new($"{option} 缺少值。", $"{option} lacks its value.")
        : new($"{option} 缺少值，后面是 {next}。", $"{option} lacks its value; {next} follows."));

    public static Failure ValueRefused(string option, string value) => new("IB7207", new($"{option} 不能是「{value}」。", $"{option} cannot be “{value}”."));

    public static Failure DefinitionOrBatch() =>
        new("IB7207", new("请给出一个定义文件或 --batch，二者取一。", "Give either a definition file or --batch."));

    public static Failure BatchEntry(string path, int index, LocalizedText why) =>
        new("IB7208", new($"{path} 的第 {index + 1} 项{why.Zh}。", $"Entry {index + 1} of {path} {why.En}.")) { Where = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]") };

    public static Failure FileOfRunUnknown(string file) =>
        new("IB7209", new($"运行中没有文件 {file}。", $"The run has no file {file}.")) { Where = file };

    public static Failure Cancelled() => new("IB7210", new("已取消。", "Cancelled."));

    public static Failure Internal(string kind) =>
        new("IB7211", new($"brain 内部错误（{kind}）。", $"Internal error of brain ({kind}).")) { Action = new("请连同输入文件一起报告。", "Report it together with the input files.") };

    public static Failure TooManyRuns(int allowed) =>
        new("IB7212", new($"一次执行启动的运行超过 {allowed} 个，不再启动更多。", $"More than {allowed} runs were started; no more are."));

    public static Failure KeyName(string name) =>
        new("IB7213", new($"「{name}」不能作为密钥名称。", $"“{name}” cannot be the name of a key.")) { Where = name, Action = new("请用字母、数字、点、横线和下划线，最长 60 个字符。", "Use letters, digits, dots, hyphens and underscores, at most 60.") };
}
