using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Storage;

/// <summary>The failures of Storage, IB0001 to IB0099.</summary>
public static class StorageFailures
{
    internal static Failure FolderInUse(string folder) => new("IB0001", new($"数据文件夹「{folder}」正被另一个 IndustryBrain 使用。", $"The data folder “{folder}” is in use by another IndustryBrain."))
    { Where = folder, Action = new("请先停止它，或用 --data 指定另一个文件夹。", "Stop it first, or name another folder with --data.") };

    internal static Failure FolderNotWritable(string folder, LocalizedText reason, LocalizedText action) => new("IB0002", new($"无法写入数据文件夹「{folder}」：{reason.Zh}。", $"The data folder “{folder}” cannot be written: {reason.En}."))
    { Where = folder, Action = action };

    internal static Failure NewerData(string folder, string found, int ours) => new("IB0003", new($"数据文件夹「{folder}」由 PostgreSQL {found} 写成，本程序自带的是 {ours}；数据未被改动。", $"The data folder “{folder}” was written by PostgreSQL {found}, and this program carries {ours}; the data is untouched."))
    { Where = folder, Action = new("请使用写成这些数据的 IndustryBrain 版本。", "Use the IndustryBrain version that wrote the data.") };

    internal static Failure DiskFull(string folder, long? freeMegabytes) => new("IB0004", freeMegabytes is { } free
        ? new($"数据文件夹「{folder}」所在磁盘只剩 {free.ToString(CultureInfo.InvariantCulture)} MB，不足以启动数据库；数据未被改动。", $"Only {free.ToString(CultureInfo.InvariantCulture)} MB are free for the data folder “{folder}”, too little to start the database; the data is untouched.")
        : new($"数据文件夹「{folder}」所在磁盘已满，数据库无法启动；数据未被改动。", $"The disk of the data folder “{folder}” is full and the database cannot start; the data is untouched."))
    { Where = folder, Action = new("请释放磁盘空间，或用 --data 指定另一个文件夹。", "Free some space, or name another folder with --data.") };

    internal static Failure NoBinaries(string folder) => new("IB0005", new($"在「{folder}」中找不到 PostgreSQL 程序。", $"The PostgreSQL programs were not found in “{folder}”."))
    { Where = folder, Action = new("请重新构建或重新安装，或用 ConnectionStrings:IndustryBrain 指定外部 PostgreSQL。", "Build or install again, or name an external PostgreSQL in ConnectionStrings:IndustryBrain.") };

    internal static Failure BinariesIncomplete(string folder, string reason) => new("IB0018", new($"「{folder}」中的 PostgreSQL 程序还缺链接或执行权限，而当前账号不能补上：{Clause(reason)}。", $"The PostgreSQL programs in “{folder}” lack links or execute rights, which this account may not add: {Clause(reason)}."))
    { Where = folder, Action = new("请用拥有该文件夹的账号启动一次，或使用 deploy/publish.sh 生成的安装包。", "Start once as the account that owns the folder, or install the archive that deploy/publish.sh makes.") };

    internal static Failure CannotDropRoot(string folder, string reason) => new("IB0006", new($"PostgreSQL 不能以 root 运行，而这里也无法放弃 root 权限来使用「{folder}」：{reason}", $"PostgreSQL does not run as root, and root could not be given up here for “{folder}”: {reason}"))
    { Where = folder, Action = new("请以普通用户启动，或用 ConnectionStrings:IndustryBrain 指定外部 PostgreSQL。", "Start as an ordinary user, or name an external PostgreSQL in ConnectionStrings:IndustryBrain.") };

    internal static Failure ServerDidNotStart(string log, string reason) => new("IB0007", new($"数据库没有启动：{reason}", $"The database did not start: {reason}"))
    { Where = log, Action = new($"详情见日志「{log}」。", $"The log “{log}” says more.") };

    internal static Failure PasswordMissing(string file) => new("IB0008", new($"数据库已存在，但缺少它的密码文件「{file}」。", $"The database exists, but its password file “{file}” is missing."))
    { Where = file, Action = new("请从备份恢复该文件。", "Restore the file from a backup.") };

    internal static Failure ExternalUnreachable(string server, string reason) => new("IB0009", new($"无法连接 ConnectionStrings:IndustryBrain 所指的 PostgreSQL（{server}）：{Clause(reason)}。", $"The PostgreSQL of ConnectionStrings:IndustryBrain ({server}) cannot be reached: {Clause(reason)}."))
    { Where = server, Action = new("请检查地址、账号与网络。", "Check address, account and network."), IsTransient = true };

    internal static Failure ExternalTooOld(string server, string found) => new("IB0010", new($"PostgreSQL（{server}）的版本是 {found}，至少需要 15。", $"The PostgreSQL at {server} is version {found}; at least 15 is needed."))
    { Where = server, Action = new("请升级数据库。", "Upgrade the database.") };

    internal static Failure ConnectionStringInvalid(string reason) => new("IB0011", new($"ConnectionStrings:IndustryBrain 不是有效的连接串：{reason}", $"ConnectionStrings:IndustryBrain is not a valid connection string: {reason}"))
    { Where = "ConnectionStrings:IndustryBrain" };

    internal static Failure OptionInvalid(string reason) => new("IB0012", new($"Data 配置无效：{reason}", $"The Data options are invalid: {reason}")) { Where = "Data" };

    internal static Failure SchemaFailed(string reason) => new("IB0013", new($"无法建立或升级数据库结构：{reason}", $"The database schema could not be created or migrated: {reason}"));

    internal static Failure NewerSchema(int found, int ours) => new("IB0014", new($"数据库结构版本 {found} 比本程序的 {ours} 新；数据未被改动。", $"The database schema has version {found}, newer than this program's {ours}; the data is untouched."))
    { Action = new("请使用更新版本的 IndustryBrain。", "Use a newer IndustryBrain.") };

    internal static Failure ExternalRefusesLogin(string server, string user, string reason) => new("IB0015", new($"PostgreSQL（{server}）拒绝账号「{user}」登录：{Clause(reason)}。", $"The PostgreSQL at {server} refuses the sign-in of “{user}”: {Clause(reason)}."))
    { Where = server, Action = new("请检查连接串中的 Username 与 Password，以及服务器的 pg_hba.conf。", "Check Username and Password of the connection string, and the server's pg_hba.conf.") };

    internal static Failure ExternalDatabaseMissing(string server, string database) => new("IB0016", new($"PostgreSQL（{server}）中没有数据库「{database}」。", $"The PostgreSQL at {server} has no database “{database}”."))
    { Where = server, Action = new($"请先创建：create database \"{database}\"。", $"Create it first: create database \"{database}\".") };

    internal static Failure NotEnoughRights(string reason) => new("IB0017", new($"数据库账号的权限不足：{Clause(reason)}。", $"The database account has not enough rights: {Clause(reason)}."))
    { Where = "ConnectionStrings:IndustryBrain", Action = new("请让该账号拥有此数据库（alter database … owner to …）。", "Make the account the owner of the database (alter database … owner to …).") };

    /// <summary>IB0019: the database is away; what was asked may be asked again.</summary>
    public static Failure DatabaseAway { get; } = new("IB0019", new("数据库暂时无法访问。", "The database cannot be reached at the moment."))
    { Action = new("请稍后重试；如果一直如此，请检查数据库服务器。", "Try again shortly; if it stays so, look at the database server."), IsTransient = true };

    internal static Failure FileNotFound(string id) => new("IB0020", new($"没有文件 '{id}'。", $"There is no file '{id}'.")) { Where = id };

    internal static Failure FileTooLarge(string name, long limit) => new("IB0021", new($"文件「{name}」超过 {limit.ToString("N0", CultureInfo.InvariantCulture)} 字节的上限。", $"The file “{name}” exceeds the limit of {limit.ToString("N0", CultureInfo.InvariantCulture)} bytes."))
    { Where = name, Action = new("请拆分文件，或调高 Files:MaxBytes。", "Split the file, or raise Files:MaxBytes.") };

    internal static Failure FileNameInvalid(string name) => new("IB0022", new($"'{name}' 不能作为文件名。", $"'{name}' cannot be a file name."))
    { Where = "name", Action = new("文件名须为 1–255 个字符，不含路径、控制字符与改变文字方向的字符。", "A name has 1 to 255 characters, no path, no control characters and none that turn the direction of text.") };

    /// <summary>IB0023: a disk filled while the platform ran; nothing of what was asked is stored.</summary>
    public static Failure NoSpaceLeft { get; } = new("IB0023", new("磁盘已满，这次的内容没有保存；已有数据未被改动。", "The disk is full: what was sent is not stored; what was there before is untouched."))
    { Action = new("请在数据文件夹（--data）或数据库服务器所在的磁盘上释放空间，再重试；无需重启。", "Free space on the disk of the data folder (--data) or of the database server, then try again; no restart is needed."), IsTransient = true };

    private static string Clause(string reason) => reason.ReplaceLineEndings(" ").TrimEnd(' ', '.');
}
