using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Texts;

/// <summary>Words of the page about the installation.</summary>
internal static class InstallationText
{
    internal static readonly LocalizedText Title = new("系统", "System");
    internal static readonly LocalizedText Download = new("下载诊断包", "Download diagnostics");
    internal static readonly LocalizedText DownloadWhat = new(
        "诊断包含版本、配置（数值与开关，文字只说明是否已设）、节点、队列、插件与最近的警告（不含其中的值）；没有机密、人员、组织和运行的内容，可以交给支持人员。下载会记入审计。",
        "The bundle has versions, options (numbers and switches; of texts only whether they are set), nodes, queues, plugins and the last warnings without their values; no secrets, people, organizations or content of runs, so that it may be handed to support. The download is in the audit trail.");

    internal static readonly LocalizedText Program = new("程序与数据库", "Program and database");
    internal static readonly LocalizedText Version = new("版本", "Version");
    internal static readonly LocalizedText Database = new("PostgreSQL", "PostgreSQL");
    internal static readonly LocalizedText Answers = new("应答 {0} 毫秒，{1} 个连接，{2}", "answers in {0} ms, {1} connections, {2}");
    internal static readonly LocalizedText Schema = new("结构版本", "Schema");
    internal static readonly LocalizedText Commands = new("待取的命令", "Commands to be taken");
    internal static readonly LocalizedText DeadLetters = new("放弃的消息", "Messages given up");
    internal static readonly LocalizedText Nodes = new("节点", "Nodes");
    internal static readonly LocalizedText Node = new("节点", "Node");
    internal static readonly LocalizedText Started = new("启动", "Started");
    internal static readonly LocalizedText Seen = new("最近活动", "Seen");
    internal static readonly LocalizedText Executing = new("执行中", "Executing");
    internal static readonly LocalizedText Queue = new("未结束的运行", "Unfinished runs");
    internal static readonly LocalizedText State = new("状态", "State");
    internal static readonly LocalizedText Count = new("数量", "Runs");
    internal static readonly LocalizedText Oldest = new("最早接受", "Oldest accepted");
    internal static readonly LocalizedText QueueEmpty = new("没有未结束的运行。", "No run is unfinished.");
    internal static readonly LocalizedText Backup = new("备份与恢复", "Backup and restore");
    internal static readonly LocalizedText BackupWhat = new(
        "在平台所在的机器上运行 brain backup 文件，平台可照常运行；恢复用 brain restore 文件 --verify，只能恢复到空的数据库与文件夹。",
        "Run brain backup FILE on the host's machine, while the host goes on; brain restore FILE --verify restores into an empty database and empty folders only.");

    internal static LocalizedText StateOf(string state) => state switch
    {
        "queued" => new("排队", "Queued"),
        "executing" => new("执行中", "Executing"),
        "waiting" => new("等待", "Waiting"),
        "paused" => new("已暂停", "Paused"),
        _ => LocalizedText.Same(state),
    };
}
