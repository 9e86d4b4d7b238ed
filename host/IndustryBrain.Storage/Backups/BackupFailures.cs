using IndustryBrain.Sdk;

namespace IndustryBrain.Storage.Backups;

/// <summary>The failures of backup and restore, IB6001 to IB6049.</summary>
internal static class BackupFailures
{
    internal static Failure FileExists(string file) => new("IB6001", new($"文件「{file}」已存在，备份不会覆盖它。", $"The file “{file}” exists, and a backup overwrites nothing."))
    { Where = file, Action = new("请换一个文件名。", "Name another file.") };

    internal static Failure FileUnusable(string file, string reason) => new("IB6002", new($"备份文件「{file}」无法读写：{Clause(reason)}。", $"The backup file “{file}” cannot be read or written: {Clause(reason)}."))
    { Where = file, Action = new("请检查路径、权限与磁盘空间。", "Check path, rights and free space.") };

    internal static Failure SecretUnusable(string where, LocalizedText reason) => new("IB6003", new($"备份口令不可用：{reason.Zh}。", $"The passphrase of the backup cannot be used: {reason.En}."))
    { Where = where, Action = new("请用 --key-file 指定只有本账号可读的文件，或在终端里输入口令。", "Name a file with --key-file that this account alone may read, or type the passphrase at a terminal.") };

    internal static Failure FolderUnreadable(string path, string reason) => new("IB6004", new($"要备份的「{path}」无法读取：{Clause(reason)}。", $"“{path}”, which belongs into the backup, cannot be read: {Clause(reason)}."))
    { Where = path, Action = new("请以平台的账号运行备份。", "Run the backup as the platform's account.") };

    internal static Failure KindUnknown(string name) => new("IB6005", new($"数据库中的「{name}」属于备份不认识的种类。", $"“{name}” in the database is of a kind that a backup does not know."))
    { Where = name, Action = new("它不是平台建立的：请移出此数据库。", "The platform did not make it: move it out of this database.") };

    internal static Failure NotABackup(string file) => new("IB6010", new($"「{file}」不是备份文件。", $"“{file}” is no backup.")) { Where = file };

    internal static Failure NewerFormat(string file, int found, int ours) => new("IB6011", new($"备份「{file}」的格式是第 {found} 版，本程序只认得到第 {ours} 版。", $"The backup “{file}” has format {found}, and this program knows formats up to {ours}."))
    { Where = file, Action = new("请使用更新版本的 IndustryBrain。", "Use a newer IndustryBrain.") };

    internal static Failure WrongSecret(string file) => new("IB6012", new($"口令打不开备份「{file}」，或文件的开头被改动。", $"The passphrase does not open the backup “{file}”, or the head of the file was altered."))
    { Where = file, Action = new("请使用制作该备份时的口令或密钥文件。", "Use the passphrase or key file that the backup was made with.") };

    internal static Failure CutOff(string file, long at) => new("IB6013", new($"备份「{file}」不完整，在第 {at} 字节处中断。", $"The backup “{file}” is incomplete: it ends at byte {at}."))
    { Where = $"{file}: {at}", Action = new("请重新取得完整的文件，或使用另一份备份。", "Fetch the whole file again, or use another backup.") };

    internal static Failure Altered(string file, long chunk, long at) => new("IB6014", new($"备份「{file}」的第 {chunk} 块（从第 {at} 字节起）被改动或换了位置。", $"Chunk {chunk} of the backup “{file}”, from byte {at}, was altered or moved from another place."))
    { Where = $"{file}: {at}", Action = new("请使用另一份备份。", "Use another backup.") };

    internal static Failure Disagrees(string file, string part) => new("IB6015", new($"备份「{file}」的「{part}」与它的清单不符。", $"“{part}” in the backup “{file}” does not agree with its manifest."))
    { Where = $"{file}: {part}", Action = new("请使用另一份备份。", "Use another backup.") };

    internal static Failure DatabaseNotEmpty(string found) => new("IB6020", new($"只能恢复到空的数据库，而这里已有「{found}」；没有改动任何内容。", $"A backup is restored into an empty database only, and this one has “{found}”; nothing was changed."))
    { Where = found, Action = new("请用 --data 指定新的文件夹，或用 ConnectionStrings:IndustryBrain 指定新建的数据库。", "Name a new folder with --data, or a new database in ConnectionStrings:IndustryBrain.") };

    internal static Failure FolderNotEmpty(string found) => new("IB6021", new($"只能恢复到空的文件夹，而这里已有「{found}」；没有改动任何内容。", $"A backup is restored into empty folders only, and “{found}” is there; nothing was changed."))
    { Where = found, Action = new("请用 --data 指定新的文件夹，或把它移走。", "Name a new folder with --data, or move it away.") };

    internal static Failure HostRuns() => new("IB6022", new("有平台正在使用或启动此数据库，不能恢复。", "A host uses or starts on this database; nothing can be restored into it."))
    { Action = new("请先停止所有平台进程。", "Stop every host first.") };

    internal static Failure ProofFailed(LocalizedText what) => new("IB6023", new($"恢复后的检验没有通过：{what.Zh}；恢复的内容已全部撤销。", $"What was restored did not prove itself: {what.En}; all of it was taken back."))
    { Action = new("请使用另一份备份。", "Use another backup.") };

    /// <summary>IB6024: a restore did not come to its end here.</summary>
    internal static Failure Unfinished() => new("IB6024", new("此数据库上的恢复没有完成，平台不能启动。", "A restore into this database did not come to its end; the host does not start on it."))
    { Action = new("请重新执行 brain restore。", "Run brain restore again.") };

    internal static Failure NewerSchema(string room, int found, int ours) => new("IB6025", new($"备份中「{room}」的结构版本 {found} 比本程序的 {ours} 新。", $"The backup has version {found} of the schema of “{room}”, newer than this program's {ours}."))
    { Where = room, Action = new("请使用更新版本的 IndustryBrain。", "Use a newer IndustryBrain.") };

    internal static Failure FolderUnknown(string name) => new("IB6026", new($"备份中的「{name}」不知道该放到哪里。", $"The backup has “{name}”, and there is no place for it here."))
    { Where = name, Action = new("请使用制作该备份的 IndustryBrain 版本。", "Use the IndustryBrain version that made the backup.") };

    private static string Clause(string reason) => reason.ReplaceLineEndings(" ").TrimEnd(' ', '.');
}
