using System.Globalization;
using IndustryBrain.Plugins.Manifests;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins;

/// <summary>The codes of this project: IB10xx packages, IB11xx and IB121x calls.</summary>
internal static class PluginFailures
{
    private static readonly LocalizedText PackAgain = new("请用 brain pack 重新打包。", "Pack it again with brain pack.");

    private static readonly LocalizedText Correct = new("手写的清单请照 docs/plugin-protocol.md 改正；由项目生成的请改正特性后重新打包。", "Correct it as docs/plugin-protocol.md says where you wrote it by hand; where a project made it, correct the attributes and pack again.");

    private static readonly LocalizedText RaiseLimit = new("请告知插件供应商；管理员可在插件页面调整该限额。", "Tell the vendor; an administrator may change this limit on the plugin's page.");

    public static Failure ManifestMissing() =>
        new("IB1001", new("包内没有 plugin.json。", "The package has no plugin.json.")) { Where = PluginPackage.ManifestName, Action = PackAgain };

    /// <param name="line">The line, from 1.</param>
    /// <param name="column">Where in it, in bytes from 1.</param>
    public static Failure ManifestNotJson(long line, long column) =>
        new("IB1002", new($"plugin.json 第 {line} 行第 {column} 字节处不是有效的 JSON。", $"plugin.json is not valid JSON at line {line}, byte {column}.")) { Where = Place(line), Action = Correct };

    public static Failure ManifestText(long line) =>
        new("IB1040", new($"plugin.json 第 {line} 行的文字含有 U+0000 或半个字符。", $"plugin.json has a text with U+0000 or half a character on line {line}.")) { Where = Place(line), Action = Correct };

    /// <param name="problems">The first of them, each with its line.</param>
    /// <param name="count">How many there are.</param>
    public static Failure ManifestInvalid(IReadOnlyList<(ManifestProblem Problem, long Line)> problems, int count)
    {
        var (first, line) = problems[0];
        var more = count > problems.Count ? "…" : "";
        return new("IB1003", count == 1
            ? new($"plugin.json 的 {Named(first).Zh}：{first.Why.Zh}。", $"{Named(first).En} in plugin.json: {first.Why.En}.")
            : new(
                $"plugin.json 有 {count} 处不成立：{string.Join("；", problems.Select(p => $"第 {p.Line} 行 {Named(p.Problem).Zh}：{p.Problem.Why.Zh}"))}{more}。",
                $"plugin.json does not hold in {count} places: {string.Join("; ", problems.Select(p => $"line {p.Line} {Named(p.Problem).En}: {p.Problem.Why.En}"))}{more}."))
        { Where = Place(line), Action = Correct };
    }

    public static Failure ManifestTooLarge(long allowed) =>
        new("IB1028", new($"plugin.json 超过 {Megabytes(allowed)} MB。", $"plugin.json is larger than {Megabytes(allowed)} MB.")) { Where = PluginPackage.ManifestName };

    public static Failure NotAPackage() =>
        new("IB1004", new("该文件不是插件包（.nupkg），或已损坏。", "The file is not a plugin package (.nupkg), or it is damaged.")) { Action = PackAgain };

    public static Failure PackageTooLarge(long allowed) =>
        new("IB1005", new($"插件包超过 {Megabytes(allowed)} MB。", $"The package is larger than {Megabytes(allowed)} MB."));

    public static Failure TooManyEntries(int allowed) =>
        new("IB1006", new($"插件包的文件数超过 {allowed}。", $"The package holds more than {allowed} files."));

    public static Failure UnpackedTooLarge(long allowed) =>
        new("IB1007", new($"插件包解压后超过 {Megabytes(allowed)} MB。", $"Unpacked, the package is larger than {Megabytes(allowed)} MB."));

    public static Failure RatioTooHigh(string entry, int allowed) =>
        new("IB1008", new($"插件包的压缩比超过 {allowed}，不予解压。", $"The package is compressed more than {allowed} times and is not unpacked.")) { Where = entry };

    public static Failure UnsafePath(string entry) =>
        new("IB1009", new("包内有不安全的文件路径。", "The package holds a file with an unsafe path.")) { Where = entry, Action = PackAgain };

    public static Failure DuplicatePath(string entry) =>
        new("IB1010", new("包内有两个同名文件（不区分大小写）。", "The package holds two files of the same name, regardless of case.")) { Where = entry, Action = PackAgain };

    public static Failure Link(string entry) =>
        new("IB1011", new("包内有链接，不予解压。", "The package holds a link and is not unpacked.")) { Where = entry, Action = PackAgain };

    public static Failure OtherContent(string id, string version) =>
        new("IB1012", new($"{id} {version} 已安装，但内容不同。", $"{id} {version} is installed already with other content."))
        { Where = id, Action = new("请提高版本号后重新打包。", "Raise the version and pack it again.") };

    public static Failure VersionNotLoaded(PluginPin pin) =>
        new("IB1150", new($"本机没有插件 {pin.Plugin} 的版本 {pin.Version}（{pin.Sha256[..12]}）。", $"Version {pin.Version} ({pin.Sha256[..12]}) of plugin {pin.Plugin} is not on this host."))
        { Where = pin.Plugin, Action = new("请重新安装该版本，或让应用场景改用现用版本。", "Install that version again, or move the scenario to the version in use.") };

    public static Failure EntryAssemblyMissing(string file) =>
        new("IB1013", new($"包内没有入口程序集 {file}。", $"The package lacks its entry assembly {file}.")) { Where = file, Action = PackAgain };

    public static Failure OtherSdk(string range, string version) =>
        new("IB1014", new($"插件需要 SDK {range}，本平台为 {version}。", $"The plugin needs SDK {range}; this platform has {version}."))
        { Action = new("请安装适合本平台的插件版本。", "Install a version of the plugin that fits this platform.") };

    public static Failure FolderNotUsable(string folder) =>
        new("IB1015", new($"无法写入插件文件夹 {folder}。", $"The plugin folder {folder} cannot be written.")) { Where = folder, Action = new("请检查权限与磁盘空间。", "Check its permissions and the free disk space.") };

    public static Failure PublishFolderInvalid(string folder) =>
        new("IB1021", new($"{folder} 不是插件的发布文件夹：应恰有一个 .deps.json。", $"{folder} is not the publish folder of a plugin: it must hold exactly one .deps.json."))
        { Where = folder, Action = new("请先运行 dotnet publish。", "Run dotnet publish first.") };

    public static Failure PluginAttributeMissing(string assembly) =>
        new("IB1022", new($"{assembly} 没有 [assembly: Plugin(…)]。", $"{assembly} has no [assembly: Plugin(…)].")) { Where = assembly, Action = new("请在插件项目中声明。", "Declare it in the plugin's project.") };

    public static Failure ComponentNotUsable(string type) =>
        new("IB1023", new($"组件类 {type} 须为公开、非抽象、有无参构造函数，并继承 SDK 的组件基类。", $"The component class {type} must be public, not abstract, have a constructor without parameters and derive from a component of the SDK.")) { Where = type };

    public static Failure AssemblyNotReadable(string assembly) =>
        new("IB1024", new($"无法读取程序集 {assembly} 或其依赖。", $"The assembly {assembly} or one of its dependencies cannot be read.")) { Where = assembly };

    public static Failure ContractUnsound(string component, string part, IReadOnlyList<(string Where, LocalizedText What)> problems) =>
        new("IB1025", new(
            $"{component} 的 {part} 有 {problems.Count} 处不成立：{string.Join("；", problems.Select(p => $"{p.Where}：{p.What.Zh}"))}。",
            $"The {part} of {component} does not hold in {problems.Count} place(s): {string.Join("; ", problems.Select(p => $"{p.Where}: {p.What.En}"))}."))
        { Where = $"{component} {part}" };

    public static Failure IconMissing(string component, string icon) =>
        new("IB1026", new($"组件 {component} 的图标 {icon} 不在插件的文件中。", $"The icon {icon} of the component {component} is not among the plugin's files.")) { Where = component, Action = new("请把该 SVG 加入项目并复制到输出目录。", "Add the SVG to the project and have it copied to the output folder.") };

    public static Failure ComponentNotInstalled(string componentId) =>
        new("IB1101", new($"组件 {componentId} 未安装。", $"The component {componentId} is not installed.")) { Where = componentId, Action = new("请安装提供它的插件。", "Install the plugin that provides it.") };

    public static Failure ComponentTaken(string componentId, string plugin) =>
        new("IB1102", new($"组件 {componentId} 已由插件 {plugin} 提供。", $"The component {componentId} is already provided by the plugin {plugin}."))
        { Where = componentId, Action = new("请卸载其中一个插件，或请供应商换用自己的前缀。", "Remove one of the two, or ask the vendor for a prefix of its own.") };

    public static Failure LoadFailed(string plugin) =>
        new("IB1103", new($"插件 {plugin} 无法加载。", $"The plugin {plugin} cannot be loaded.")) { Where = plugin, Action = new("请查看日志，或重新安装该插件。", "See the log, or install the plugin again.") };

    public static Failure ComponentAbsent(string componentId, string plugin) =>
        new("IB1104", new($"插件 {plugin} 的程序集中没有组件 {componentId}。", $"The assembly of the plugin {plugin} lacks the component {componentId}.")) { Where = componentId, Action = PackAgain };

    public static Failure ComponentThrew(string componentId) =>
        new("IB1111", new($"组件 {componentId} 运行时出现内部错误。", $"The component {componentId} failed internally.")) { Where = componentId, Action = new("请把运行编号告知插件供应商；详情在日志中。", "Tell the vendor the number of the run; the log has the details.") };

    public static Failure TimedOut(string componentId, TimeSpan limit) =>
        new("IB1112", new($"组件 {componentId} 在 {Seconds(limit)} 秒内未完成。", $"The component {componentId} did not finish within {Seconds(limit)} s.")) { Where = componentId, IsTransient = true };

    public static Failure InputTooLarge(string componentId, int allowed) =>
        new("IB1113", new($"组件 {componentId} 的输入超过 {Megabytes(allowed)} MB。", $"The input of the component {componentId} is larger than {Megabytes(allowed)} MB."))
        { Where = componentId, Action = new("请改用文件输入。", "Use a file as input.") };

    public static Failure OutputTooLarge(string componentId, int allowed) =>
        new("IB1114", new($"组件 {componentId} 的输出超过 {Megabytes(allowed)} MB。", $"The output of the component {componentId} is larger than {Megabytes(allowed)} MB.")) { Where = componentId };

    public static Failure MemoryExceeded(string componentId, long allowed) =>
        new("IB1115", new($"组件 {componentId} 用尽了允许的 {Megabytes(allowed)} MB 内存。", $"The component {componentId} used up the {Megabytes(allowed)} MB of memory that it may have.")) { Where = componentId };

    public static Failure TooManyMessages(string componentId, int allowed) =>
        new("IB1116", new($"组件 {componentId} 在一次调用中写了超过 {allowed} 条日志与进度。", $"The component {componentId} wrote more than {allowed} lines of log and progress in one call.")) { Where = componentId };

    public static Failure Denied(string componentId) =>
        new("IB1117", new($"组件 {componentId} 试图使用未获许可的文件、网络或进程。", $"The component {componentId} tried to use a file, the network or a process that it may not use."))
        { Where = componentId, Action = new("详情在日志中；请告知插件供应商。", "The log has the details; tell the vendor.") };

    public static Failure WorkerEnded(string plugin) =>
        new("IB1121", new($"插件 {plugin} 的进程在调用期间结束。", $"The process of the plugin {plugin} ended during the call.")) { Where = plugin, IsTransient = true };

    public static Failure WorkerNotStarted(string plugin) =>
        new("IB1122", new($"插件 {plugin} 的进程未能在规定时间内启动。", $"The process of the plugin {plugin} did not start in time.")) { Where = plugin, IsTransient = true, Action = new("请查看日志。", "See the log.") };

    public static Failure CannotConfine(string plugin) =>
        new("IB1123", new($"本机无法隔离插件 {plugin}，故不启动它。", $"This machine cannot confine the plugin {plugin}, so it is not started."))
        { Where = plugin, Action = new("请使用带 Landlock 的 Linux 内核（5.13 或更新）；详情在日志中。", "Use a Linux kernel with Landlock (5.13 or newer); the log has the details.") };

    public static Failure BackingOff(string plugin, TimeSpan left) =>
        new("IB1124", new($"插件 {plugin} 刚刚崩溃，{Seconds(left)} 秒后再启动。", $"The plugin {plugin} has just crashed and is started again in {Seconds(left)} s.")) { Where = plugin, IsTransient = true };

    public static Failure Tripped(string plugin, int crashes) =>
        new("IB1125", new($"插件 {plugin} 连续崩溃 {crashes} 次，已熔断。", $"The plugin {plugin} crashed {crashes} times in a row and was stopped.")) { Where = plugin, Action = new("请联系插件供应商，然后重置该插件。", "Ask its vendor, then reset the plugin.") };

    public static Failure ProtocolBroken(string plugin) =>
        new("IB1126", new($"插件 {plugin} 的进程违反了与宿主的协议，已被结束。", $"The process of the plugin {plugin} broke the protocol with the host and was ended.")) { Where = plugin };

    public static Failure WorkerStopped(string plugin) =>
        new("IB1127", new($"插件 {plugin} 的进程因另一个调用未按要求停止而被结束。", $"The process of the plugin {plugin} was ended because another call would not stop.")) { Where = plugin, IsTransient = true };

    /// <summary>Where other calls shared the process nobody can tell whose the time was: the call may be tried again.</summary>
    public static Failure ProcessorTimeSpent(string componentId, TimeSpan allowed, bool isShared) =>
        new("IB1210", isShared
            ? new($"组件 {componentId} 与同一进程中的其他调用一起用尽了每次调用允许的 {Seconds(allowed)} 秒处理器时间。", $"The component {componentId}, together with other calls in its process, used up the {Seconds(allowed)} s of processor time that each may have.")
            : new($"组件 {componentId} 用尽了允许的 {Seconds(allowed)} 秒处理器时间。", $"The component {componentId} used up the {Seconds(allowed)} s of processor time that it may have."))
        { Where = componentId, Action = RaiseLimit, IsTransient = isShared };

    public static Failure BusyBetweenCalls(string plugin, TimeSpan allowed) =>
        new("IB1210", new($"插件 {plugin} 的进程在没有调用时用掉了 {Seconds(allowed)} 秒以上的处理器时间，已被结束。", $"The process of plugin {plugin} used more than {Seconds(allowed)} s of processor time between calls and was ended.")) { Where = plugin, IsTransient = true };

    public static Failure TooManyThreads(string plugin, int allowed) =>
        new("IB1211", new($"插件 {plugin} 的进程超过 {allowed} 个线程，已被结束。", $"The process of the plugin {plugin} had more than {allowed} threads and was ended.")) { Where = plugin, Action = RaiseLimit };

    public static Failure LogsTooFast(string componentId, int allowed) =>
        new("IB1212", new($"组件 {componentId} 在一秒内写了超过 {allowed} 条日志与进度。", $"The component {componentId} wrote more than {allowed} lines of log and progress within one second.")) { Where = componentId, Action = RaiseLimit };

    public static Failure TooManyCalls(string componentId, int allowed) =>
        new("IB1213", new($"组件 {componentId} 所在插件已有 {allowed} 个调用在进行，等待超时。", $"The plugin of the component {componentId} has {allowed} calls under way already, and none ended in time.")) { Where = componentId, IsTransient = true, Action = RaiseLimit };

    public static Failure TooManyFiles(string componentId, int allowed) =>
        new("IB1214", new($"组件 {componentId} 打开了超过 {allowed} 个文件。", $"The component {componentId} opened more than {allowed} files.")) { Where = componentId, Action = RaiseLimit };

    public static Failure TooManyValues(string componentId, int allowed) =>
        new("IB1215", new($"组件 {componentId} 的输出或请求参数有超过 {allowed} 个值。", $"The output of the component {componentId}, or the arguments of a request of it, has more than {allowed} values.")) { Where = componentId };

    public static Failure NoRoom(string plugin, TimeSpan waited) =>
        new("IB1041", new($"平台保存的组件输出过多，插件 {plugin} 的输出等了 {Seconds(waited)} 秒仍放不下，其进程已结束。", $"The host holds so many outputs of components that the plugin {plugin} had no room for its own within {Seconds(waited)} s; its process was ended.")) { Where = plugin, IsTransient = true, Action = new("请稍后重试，或让管理员调高 Workers:MaxHeldBytes。", "Try again later, or have an administrator raise Workers:MaxHeldBytes.") };

    public static Failure CodeInvalid(string componentId) =>
        new("IB1216", new($"组件 {componentId} 报告了失败，但其代码不成形。", $"The component {componentId} reported a failure whose code is none.")) { Where = componentId, Action = new("请告知插件供应商。", "Tell the plugin's vendor.") };

    public static Failure NotConfigured(string plugin, Failure why) =>
        new("IB1230", new($"插件 {plugin} 的设置不可用：{why.Message.Zh}", $"The settings of the plugin {plugin} cannot be used: {why.Message.En}"))
        { Where = why.Where is null ? "settings" : $"settings.{why.Where}", Action = why.Action ?? new("请在插件页面修改设置。", "Change the settings on the plugin's page."), IsTransient = why.IsTransient };

    public static Failure OtherPlatform(string platforms, string platform) =>
        new("IB1231", new($"插件包适用于 {platforms}，本机为 {platform}。", $"The package is for {platforms}; this machine is {platform}."))
        { Where = PluginPackage.ManifestName, Action = new("请安装适合本机的插件包。", "Install the package for this machine.") };

    // Names of members are as long as their author wants.
    private static LocalizedText Named(ManifestProblem problem)
    {
        const int MaxShown = 200;
        return problem.Member.Length == 0 ? new("全文", "The whole") : LocalizedText.Same(problem.Member.Length <= MaxShown ? problem.Member : problem.Member[..MaxShown] + "…");
    }

    private static string Place(long line) => string.Create(CultureInfo.InvariantCulture, $"{PluginPackage.ManifestName}:{line}");

    private static string Megabytes(long bytes) => (bytes / 1048576.0).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
