using System.Globalization;
using IndustryBrain.Cli.Validating;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli;

/// <summary>The codes of this project: IB72xx, and IB7130–IB7159 for projects, their tests, hosts and feeds.</summary>
internal static class CliFailures
{
    public static Failure FileNotReadable(string path) =>
        new("IB7201", new($"无法读取文件 {path}。", $"The file {path} cannot be read.")) { Where = path };

    /// <summary>IB7201 where a folder stands in the place of a file.</summary>
    public static Failure FileExpected(string path) =>
        new("IB7201", new($"{path} 是文件夹，这里应为文件。", $"{path} is a folder; a file is expected here.")) { Where = path };

    public static Failure FolderExpected(string path) =>
        new("IB7232", new($"{path} 是文件，这里应为文件夹。", $"{path} is a file; a folder is expected here.")) { Where = path, Action = new("请给出它所在的文件夹。", "Give the folder that it stands in.") };

    public static Failure NoProjectHere(string folder) =>
        new("IB7233", new($"{folder} 中没有项目：没有 .csproj、.slnx、.sln，也没有应用场景的 definition.json。", $"There is no project in {folder}: no .csproj, .slnx or .sln, and no definition.json of a scenario.")) { Where = folder, Action = new("请给出项目的文件夹，或用 brain new 新建。", "Give the folder of a project, or make one with brain new.") };

    public static Failure ProjectThereAlready(string folder) =>
        new("IB7234", new($"{folder} 中已有会被覆盖的文件，没有新建。", $"{folder} holds files already that would be overwritten; nothing was made.")) { Where = folder, Action = new("请换一个名称，或用 --output 给出空文件夹。", "Take another name, or give an empty folder with --output.") };

    public static Failure FileTooLarge(string path, long limit) =>
        new("IB7216", new($"文件 {path} 超过 {limit.ToString("N0", CultureInfo.InvariantCulture)} 字节的上限。", $"The file {path} is larger than {limit.ToString("N0", CultureInfo.InvariantCulture)} bytes.")) { Where = path };

    public static Failure NotJson(string path, long line) =>
        new("IB7202", new($"{path} 第 {line} 行不是有效的 JSON。", $"{path} is not valid JSON at line {line}.")) { Where = string.Create(CultureInfo.InvariantCulture, $"{path}:{line}") };

    public static Failure WrongShape(string path, LocalizedText expected) =>
        new("IB7203", new($"{path} 应为{expected.Zh}。", $"{path} must be {expected.En}.")) { Where = path };

    public static Failure DefinitionNotImported(string definitionId) =>
        new("IB7204", new($"没有导入工作流 {definitionId}。", $"The workflow {definitionId} was not imported.")) { Where = definitionId, Action = new("请用 --import 加入它的文件。", "Add its file with --import.") };

    public static Failure NoNetwork(string? url) =>
        new("IB7221", new("brain run 不发送 HTTP 请求。", "brain run sends no HTTP requests.")) { Where = url, Action = new("请用不发送请求的定义试运行，或用变量给出应答。", "Try a definition that sends none, or give the answer by a variable.") };

    /// <param name="path">The file.</param>
    /// <param name="refused">What its schema says.</param>
    public static Failure FixtureShape(string path, Failure refused) =>
        new("IB7222", new($"测试 {path} 不合格式：{refused.Message.Zh}", $"The test {path} has another shape than it should: {refused.Message.En}")) { Where = $"{path}: {refused.Where}", Action = refused.Action ?? new("brain test --schema 输出格式。", "brain test --schema prints the format.") };

    public static Failure FileNotWritable(string path) =>
        new("IB7223", new($"无法写入文件 {path}。", $"The file {path} cannot be written.")) { Where = path };

    public static Failure AnswersUsedUp(string key, int count) =>
        new("IB7224", new($"测试为「{key}」给出 {count} 个应答，都已用完。", $"The test gives {count} answers for “{key}”; all are used.")) { Where = key, Action = new("请再给出一个，或写成一个对象，用于每次调用。", "Give one more, or a single object, which answers every call.") };

    public static Failure NoSuchFixture(string filter) =>
        new("IB7225", new($"没有名称符合「{filter}」的测试。", $"No test has a name that “{filter}” matches.")) { Where = "--filter" };

    public static Failure OnlyForScenarios(string path) =>
        new("IB7226", new($"--filter、--junit、--coverage 和 --json 用于应用场景，{path} 中没有。", $"--filter, --junit, --coverage and --json are for scenarios, and {path} holds none.")) { Where = path, Action = new("项目的测试请用 dotnet test 的选项。", "For the tests of a project use the options of dotnet test.") };

    public static Failure RecordOrBatch() => new("IB7207", new("--record 只用于一次运行，不能与 --batch 一起给出。", "--record is for one run, and cannot be given with --batch."));

    public static Failure OtherVersion(string definition, int version, int found) =>
        new("IB7227", new($"运行执行的是版本 {version}，{definition} 是版本 {found}。", $"The run executed version {version}; {definition} is version {found}.")) { Where = definition, Action = new("结果不同时，请换成那个版本的定义。", "Where the test differs, put that version in its place.") };

    public static Failure NotKept(string nodes) =>
        new("IB7228", new($"平台没有保存 {nodes} 得到的全部内容。", $"The host does not keep all that {nodes} got.")) { Where = nodes, Action = new("请在测试文件的 components 或 answers 里补上。", "Add it to the components or answers of the test.") };

    public static Failure RunsTooDeep(int allowed) =>
        new("IB7205", new($"运行启动运行的层数超过 {allowed}。", $"Runs that start runs are nested more than {allowed} deep."));

    public static Failure PluginFolderMissing(string folder) =>
        new("IB7206", new($"插件文件夹 {folder} 不存在。", $"The plugin folder {folder} does not exist.")) { Where = folder };

    /// <param name="option">What was given.</param>
    /// <param name="meant">The option that reads like it; null when none does.</param>
    public static Failure UnknownOption(string option, string? meant) => new("IB7207", new($"没有选项 {option}。", $"There is no option {option}.")) { Action = DidYouMean(meant) };

    /// <param name="argument">What was given.</param>
    /// <param name="meant">The command that reads like it; null when none does.</param>
    public static Failure UnknownArgument(string argument, string? meant) => new("IB7207", new($"无法识别「{argument}」。", $"“{argument}” is not known here.")) { Action = DidYouMean(meant) };

    private static LocalizedText? DidYouMean(string? meant) => meant is null ? null : new($"是不是 {meant}？", $"Did you mean {meant}?");

    public static Failure CommandMissing() =>
        new("IB7207", new("没有给出命令。", "No command was given.")) { Action = new("brain --help 列出全部命令。", "brain --help lists them.") };

    public static Failure OptionMissing(string option) => new("IB7207", new($"缺少必填选项 {option}。", $"The option {option} is required."));

    public static Failure ArgumentMissing(string argument) => new("IB7207", new($"缺少参数 <{argument}>。", $"The argument <{argument}> is missing."));

    /// <param name="option">The option.</param>
    /// <param name="next">What stands where its value should; null at the end of the line.</param>
    public static Failure ValueMissing(string option, string? next) => new("IB7207", next is null
        ? new($"{option} 缺少值。", $"{option} lacks its value.")
        : new($"{option} 缺少值，后面是 {next}。", $"{option} lacks its value; {next} follows."));

    public static Failure ValueRefused(string option, string value, string allowed) => new("IB7207", new($"{option} 不能是「{value}」。", $"{option} cannot be “{value}”."))
    { Action = allowed.Length > 0 ? new($"可以是：{allowed}。", $"It can be: {allowed}.") : null };

    public static Failure DefinitionOrBatch() =>
        new("IB7207", new("请给出一个定义文件或 --batch，二者取一；在有 sample 的项目里可以都不给出。", "Give either a definition file or --batch; in a project with a sample, neither."));

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

    public static Failure KeyMissing(string name, string folder) =>
        new("IB7217", new($"{folder} 中没有密钥「{name}」。", $"There is no key “{name}” in {folder}.")) { Where = name, Action = new($"brain keys list 列出已有的密钥；brain keys new {name} 生成一个；--keys 指定另一个文件夹。", $"brain keys list shows what there is; brain keys new {name} makes one; --keys names another folder.") };

    public static Failure TargetMissing(string path) =>
        new("IB7218", new($"没有文件或文件夹 {path}。", $"There is no file or folder {path}.")) { Where = path, Action = new("请给出项目 .csproj、项目文件夹，或 dotnet publish 的文件夹。", "Give a project, the folder of a project, or what dotnet publish wrote.") };

    public static Failure KeyRevoked(string name, string statement) =>
        new("IB7219", new($"密钥「{name}」已吊销，用它签名的包会被拒绝（IB1176）。", $"The key “{name}” is revoked: what it signs is refused (IB1176).")) { Where = statement, Action = new("请用 brain keys new 生成另一个密钥，并把公钥交给平台登记。", "Make another key with brain keys new, and give its public half to the platforms.") };

    public static Failure NameOfPlatform(string name) =>
        new("IB7220", new($"「{name}」读起来像平台自己的插件。", $"“{name}” reads like one of the platform's own plugins.")) { Where = name, Action = new("请以贵公司的名称开头，如 Acme.Rain；平台拒绝安装这样的编号（IB1185）。", "Begin with the name of your company, such as Acme.Rain; hosts refuse such an id (IB1185).") };

    public static Failure DotnetMissing() =>
        new("IB7130", new("找不到 dotnet 程序。", "The program dotnet was not found.")) { Action = new("请安装 .NET SDK，并使 dotnet 在 PATH 中。", "Install the .NET SDK and have dotnet in the PATH.") };

    public static Failure TemplatesNotInstalled(string templates, string said) =>
        new("IB7131", new($"无法安装模板 {templates}：{said}", $"The templates {templates} cannot be installed: {said}")) { Where = templates, Action = new("请用 --source 给出模板包所在的文件夹或源。", "Give the folder or feed that has the templates with --source.") };

    public static Failure ProjectNotMade(string folder, string said) =>
        new("IB7132", new($"无法在 {folder} 新建项目：{said}", $"No project can be made in {folder}: {said}")) { Where = folder, Action = new("请换一个名称，或用 --output 给出空文件夹。", "Take another name, or give an empty folder with --output.") };

    public static Failure ProjectName(string name) =>
        new("IB7133", new($"「{name}」不能作为项目名称。", $"“{name}” cannot be the name of a project.")) { Where = name, Action = new("请以字母或汉字开头，用字母、汉字、数字、点、横线和下划线，最长 100 个字符；点之间不能为空，也不能是 C# 关键字或 Windows 的设备名（CON、NUL 等）；IndustryBrain.Sdk 是 SDK 的名称。", "Begin with a letter and use letters of any script, digits, dots, hyphens and underscores, at most 100; between dots stands something that is no keyword of C# and no device of Windows (CON, NUL); IndustryBrain.Sdk is the SDK's own.") };

    public static Failure PackageId(string id) =>
        new("IB7134", new($"「{id}」不能作为包编号。", $"“{id}” cannot be the id of a package.")) { Where = id, Action = new("请用英文字母、数字、点、横线和下划线，如 Acme.Rain；各段不能是 Windows 的设备名（CON、NUL 等）。", "Use the letters A to Z, digits, dots, hyphens and underscores, such as Acme.Rain; no part may be a device of Windows (CON, NUL).") };

    public static Failure TestsFailed(string path) =>
        new("IB7135", new($"{path} 的测试未通过。", $"Tests of {path} failed.")) { Where = path };

    public static Failure NothingToTest(string path) =>
        new("IB7136", new($"{path} 中没有测试。", $"There are no tests in {path}.")) { Where = path, Action = new("请给出项目或应用场景的文件夹；应用场景的测试放在 expected/*.json。", "Give the folder of a project or scenario; tests of a scenario stand in expected/*.json.") };

    public static Failure TestsNotRun(string path, int exitCode) =>
        new("IB7137", new($"{path} 的测试没有运行：dotnet test 以 {exitCode} 结束。", $"The tests of {path} did not run: dotnet test ended with {exitCode}.")) { Where = path, Action = new("请先使 dotnet build 成功；使用 Microsoft.Testing.Platform 的 global.json 见模板。", "Make dotnet build succeed first; the templates show the global.json of Microsoft.Testing.Platform.") };

    /// <summary>What helps when a host does not know who asks.</summary>
    public static LocalizedText GiveKey { get; } = new("请用环境变量 IB_API_KEY 或 --key-file 给出密钥。", "Give a key in the environment variable IB_API_KEY, or with --key-file.");

    public static Failure HostAddress(string address) =>
        new("IB7138", new($"「{address}」不是平台的地址。", $"“{address}” is not the address of a host.")) { Where = "--host", Action = new("请给出 http 或 https 地址，如 https://brain.example.com。", "Give an http or https address, such as https://brain.example.com.") };

    public static Failure KeyNotUsable(string where) =>
        new("IB7139", new($"{where} 中没有可用的 API 密钥。", $"There is no usable API key in {where}.")) { Where = where, Action = new("密钥为一行可打印字符，不含空格。", "A key is one line of printable characters without blanks.") };

    public static Failure KeyInClear(string address) =>
        new("IB7140", new($"不会经未加密的连接把密钥发送到 {address}。", $"The key is not sent to {address} over a connection that is not encrypted.")) { Where = "--host", Action = new("请使用 https 地址。", "Use an https address.") };

    public static Failure HostUnreachable(Uri host, string why) =>
        new("IB7141", new($"无法连接平台 {host}（{why}）。", $"The host {host} cannot be reached ({why}).")) { Where = "--host", Action = new("请检查地址，或启动平台。", "Check the address, or start the host."), IsTransient = true };

    public static Failure HostNotTrusted(Uri host, string why) =>
        new("IB7142", new($"不信任 {host} 的证书（{why}）。", $"The certificate of {host} is not trusted ({why}).")) { Where = "--host", Action = new("请把签发机构的证书装入系统，或改用证书所写的名称。", "Install the authority's certificate on this machine, or use the name that the certificate is for.") };

    public static Failure NotGone(string plugin, TimeSpan waited) =>
        new("IB7235", new($"插件「{plugin}」{waited.TotalSeconds} 秒后仍在卸载：有运行在使用它。", $"The plugin “{plugin}” is still being removed after {waited.TotalSeconds} s: runs use it.")) { Where = plugin, Action = new($"请等待这些运行结束；用 brain plugins show {plugin} 查看。", $"Wait for these runs to end; brain plugins show {plugin} tells how it stands."), IsTransient = true };

    public static Failure NotAHost(Uri host, int status) =>
        new("IB7143", new($"{host} 的应答（{status}）不是 IndustryBrain 平台的。", $"What {host} answered ({status}) is not an IndustryBrain host's answer.")) { Where = "--host" };

    public static Failure ConsentNeeded(string id, string version) =>
        new("IB7144", new($"{id} {version} 已安装，但要在同意权限后才使用。", $"{id} {version} is installed, but is not used before somebody consents to its permissions.")) { Where = id, Action = new($"确认后运行 brain plugins consent {id} {version}，或在安装时加 --consent。", $"Look at them and run brain plugins consent {id} {version}, or install with --consent.") };

    public static Failure HostProgramMissing(string variable) =>
        new("IB7145", new("没有给出平台，本机也没有平台在运行，也找不到可以启动的程序。", "No host was named, none runs on this machine, and there is no program to start one.")) { Where = "--host", Action = new($"请用 --host 给出地址，或启动平台，或用 {variable} 给出 IndustryBrain.Host 程序的路径。", $"Name one with --host, start one, or give the path of the program IndustryBrain.Host in {variable}.") };

    public static Failure OperatorProgramMissing(string variable) =>
        new("IB6050", new("找不到平台的程序 IndustryBrain.Host。", "The host's program IndustryBrain.Host was not found.")) { Where = variable, Action = new($"请在平台所在的机器上运行，并用 {variable} 给出它的路径。", $"Run this on the machine of the host, and give its path in {variable}.") };

    public static Failure HostNotStarted(string program, string said) =>
        new("IB7146", new($"平台 {program} 没有启动：{said}", $"The host {program} did not start: {said}")) { Where = program };

    public static Failure FeedUnknown(string source) =>
        new("IB7147", new($"「{source}」不是源的地址、nuget.config 里的名称或已有的文件夹。", $"“{source}” is no address of a feed, no name in nuget.config and no folder that is there.")) { Where = "--source" };

    public static Failure NotPublished(string source, string said) =>
        new("IB7148", new($"源 {source} 没有接受这个包：{said}", $"The feed {source} did not take the package: {said}")) { Where = "--source" };

    public static Failure AlreadyPublished(string id, string version, string source) =>
        new("IB7149", new($"{source} 中已有 {id} {version}。", $"{source} has {id} {version} already.")) { Where = id, Action = new("请提高版本号后重新打包。", "Raise the version and pack it again.") };

    public static Failure AuditFailed(string package, int errors) =>
        new("IB7150", new($"{package} 的审核有 {errors} 个错误，没有发布。", $"The audit of {package} has {Counts.Some(errors, "error")}; it was not published.")) { Where = package, Action = new("请改正；确需如此时加 --no-audit，并向市场说明理由。", "Correct them; where it has to be so, publish with --no-audit and tell the marketplace why.") };

    public static Failure NotANuGetPackage(string path) =>
        new("IB7151", new($"{path} 不是 NuGet 包。", $"{path} is not a NuGet package.")) { Where = path, Action = new("请给出 brain pack 或 dotnet pack 写出的 .nupkg。", "Give a .nupkg that brain pack or dotnet pack wrote.") };

    public static Failure NuspecMissing(string path) =>
        new("IB7229", new($"{path} 没有 .nuspec，源无从知道它的编号与版本。", $"{path} has no .nuspec, by which a feed knows its id and version.")) { Where = path, Action = new("手工制作的包请在根目录加入 .nuspec，写法见 docs/plugin-protocol.md；brain pack 会自动写入。", "Put a .nuspec at the root of a package made by hand, as docs/plugin-protocol.md shows; brain pack writes it by itself.") };

    public static Failure OnlyForPlugins(string option, string path) =>
        new("IB7231", new($"{option} 用于插件包，{path} 是应用场景包。", $"{option} is for packages of plugins, and {path} is one of a scenario.")) { Where = option };

    public static Failure SecretsReadable(string path) =>
        new("IB7230", new($"机密文件 {path} 可被他人读取。", $"Others can read the file of secrets {path}.")) { Where = path, Action = new($"请运行 chmod 600 {path}。", $"Run chmod 600 {path}.") };

    public static Failure RunOrScenario() =>
        new("IB7250", new("请给出一个运行，或用 --scenario 给出一个应用场景。", "Give either a run or a scenario with --scenario.")) { Where = "run" };

    public static Failure NotWritten(string path, string said) =>
        new("IB7251", new($"无法写入 {path}：{said}", $"{path} cannot be written: {said}")) { Where = path };

    public static Failure ProjectNotPacked(string project, string said) =>
        new("IB7214", new($"dotnet pack 无法打包 {project}：{said}", $"dotnet pack cannot pack {project}: {said}")) { Where = project, Action = new("请先使 dotnet pack 成功。", "Make dotnet pack succeed first.") };

    public static Failure ProjectHasNoPackage(string project) =>
        new("IB7215", new($"{project} 打包后没有得到恰好一个插件包。", $"Packing {project} did not give exactly one plugin package.")) { Where = project, Action = new("请引用 IndustryBrain.Sdk 包，或给出 .nupkg。", "Reference the package IndustryBrain.Sdk, or give a .nupkg.") };

    public static Failure TrailBroken(string where, LocalizedText what, string lastGood) =>
        new("IB7260", new($"审计记录被破坏：{what.Zh}。", $"The audit trail is broken: {what.En}.")) { Where = where, Action = new($"到第 {lastGood} 条为止与签名检查点相符。请保留数据库与审计文件夹，与备份对照。", $"Up to record {lastGood} it agrees with a signed checkpoint. Keep the database and the audit folder, and compare them with a backup.") };

    public static Failure TrailFileBroken(string where, LocalizedText what) =>
        new("IB7261", new($"审计文件不可信：{what.Zh}。", $"The file of the audit trail is not what it was: {what.En}.")) { Where = where, Action = new("请从平台重新导出，或取归档的原件。", "Export it anew from the host, or take the original of the archive.") };

    public static Failure TrailFileUnreadable(string where, string reason) =>
        new("IB7262", new($"无法读取：{reason}", $"It cannot be read: {reason}")) { Where = where };

    public static Failure NoEnvironment(string name) =>
        new("IB7240", new($"没有环境「{name}」。", $"There is no environment “{name}”.")) { Where = "--environment", Action = new("可用：test、production。", "There are test and production.") };
}
