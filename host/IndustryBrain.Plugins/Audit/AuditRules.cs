using IndustryBrain.Sdk;
using static IndustryBrain.Plugins.Audit.AuditSeverity;

namespace IndustryBrain.Plugins.Audit;

/// <summary>All rules: IBP00xx the package, IBP01xx code, IBP02xx images, IBP03xx dependencies, IBP04xx permissions.</summary>
public static class AuditRules
{
    private static readonly LocalizedText LeaveItOut = new("请去掉它。", "Leave it out.");

    internal static readonly AuditRule PackageRefused = new("IBP0001", nameof(PackageRefused), Error,
        new("安装时会被拒绝", "Refused at installation"),
        new("平台不会安装这个包：它的结构、清单、完整性或签名不合要求。", "The platform does not install this package: its structure, manifest, integrity or signature is not as it must be."),
        new("请按错误代码修正后重新打包。", "Mend what the code names and pack again."));

    internal static readonly AuditRule MissingLabel = new("IBP0002", nameof(MissingLabel), Note,
        new("缺少名称的成员", "Members without a label"),
        new("没有标题的成员在表单与画布上显示为代码里的名字。", "A member without a title shows in forms and on the canvas by its name in the code."),
        new("请用 [property: Label(\"中文\", \"English\")] 写明。", "Say it by [property: Label(\"中文\", \"English\")]."));

    internal static readonly AuditRule UnknownMember = new("IBP0003", nameof(UnknownMember), Warning,
        new("清单中无人读取的成员", "Unknown member of the manifest"),
        new("没有程序读取这个成员，它的内容没有作用，多半是名称写错了。", "Nobody reads a member of this name: what it says has no effect. Most likely its name is mistyped."),
        new("请照 docs/plugin-protocol.md 改正名称，或删除它。", "Correct its name as docs/plugin-protocol.md has it, or leave it out."));

    internal static readonly AuditRule UnknownUnit = new("IBP0004", nameof(UnknownUnit), Warning,
        new("未知的单位", "Unknown unit"),
        new("平台不认识的单位不能换算，也不能与别的组件的单位核对。", "A unit that the platform does not know cannot be converted, nor be compared with those of other components."),
        new("请写 UCUM 单位（如 kW、m2）、CNY 或计数单位（如 {pcs}）。", "Give a UCUM code such as kW or m2, CNY, or a counted thing such as {pcs}."));

    internal static readonly AuditRule UnknownCluster = new("IBP0005", nameof(UnknownCluster), Warning,
        new("未知的产业集群", "Unknown industry cluster"),
        new("没有这个编号的产业集群，按集群筛选时找不到这个插件。", "No cluster has this code: who looks for plugins by cluster does not find it."),
        new("请写 33618 分类的编号；适用于所有集群时写 []。", "Give codes of the 33618 taxonomy, or [] for all."));

    internal static readonly AuditRule EmptyDescription = new("IBP0006", nameof(EmptyDescription), Warning,
        new("空的描述", "Empty description"),
        new("使用者只凭名称看不出它做什么。", "By the name alone people cannot tell what it does."),
        new("请用中文和英文各写一句话。", "Write one sentence in Chinese and one in English."));

    internal static readonly AuditRule PlatformInvoke = new("IBP0101", nameof(PlatformInvoke), Error,
        new("调用本机函数（P/Invoke）", "P/Invoke"),
        new("本机函数不受平台的任何检查。", "A native function is under no check of the platform."),
        new("请改用 .NET 类库或平台的能力。", "Use the .NET library or a capability of the platform."));

    internal static readonly AuditRule NativePointer = new("IBP0102", nameof(NativePointer), Error,
        new("经指针调用本机代码", "Native code by pointer"),
        new("装入本机库或把地址变成函数，效果与 P/Invoke 相同。", "Loading a native library or making a function of an address does what P/Invoke does."),
        new("请改用 .NET 类库或平台的能力。", "Use the .NET library or a capability of the platform."));

    internal static readonly AuditRule UnsafeMemory = new("IBP0103", nameof(UnsafeMemory), Warning,
        new("不安全的内存访问", "Unsafe memory"),
        new("指针、Unsafe 与 Marshal 绕过类型与边界检查，出错会毁坏整个进程。", "Pointers, Unsafe and Marshal pass by the checks of types and bounds; a mistake corrupts the whole process."),
        new("请改用 Span<T> 与 MemoryMarshal 的安全方法。", "Use Span<T> and the safe methods of MemoryMarshal."));

    internal static readonly AuditRule ReflectionEmit = new("IBP0104", nameof(ReflectionEmit), Error,
        new("运行时生成代码", "Reflection emit"),
        new("运行时生成的代码无法审核。", "Code that is made while running cannot be audited."),
        new("请改用源生成器或普通代码。", "Use a source generator or plain code."));

    internal static readonly AuditRule ProcessUse = new("IBP0105", nameof(ProcessUse), Error,
        new("启动或操纵进程", "Starts or handles processes"),
        new("另一个进程不在插件的权限之内。", "Another process is outside what the plugin may do."), LeaveItOut);

    internal static readonly AuditRule DirectFile = new("IBP0106", nameof(DirectFile), Error,
        new("直接访问文件", "Direct use of files"),
        new("插件只能读取运行交给它的文件与自己的文件夹；隔离时直接访问会失败（IB1117）。", "A plugin reads what a run hands to it and its own folder; in the jail a direct use fails (IB1117)."),
        new("请用 OpenFileAsync、SaveFileAsync 或 context.Folder，并声明 files 或 folder 权限。", "Use OpenFileAsync, SaveFileAsync or context.Folder, and declare files or folder."));

    internal static readonly AuditRule DirectNetwork = new("IBP0107", nameof(DirectNetwork), Error,
        new("直接访问网络", "Direct use of the network"),
        new("插件的请求由平台代发，受目标、大小与内网规则约束；隔离时直接访问会失败（IB1117）。", "Requests go through the platform, under rules on targets, sizes and inner addresses; in the jail a direct use fails (IB1117)."),
        new("请用 context.Http 或 new HttpClient(context.Http.CreateHandler())，并声明 http 权限。", "Use context.Http, or new HttpClient(context.Http.CreateHandler()), and declare http."));

    internal static readonly AuditRule RegistryUse = new("IBP0108", nameof(RegistryUse), Error,
        new("访问注册表", "Use of the registry"),
        new("注册表属于整台机器，其他平台上也不存在。", "The registry belongs to the whole machine, and other platforms have none."),
        new("请改用插件设置或 context.Folder。", "Use the plugin's settings or context.Folder."));

    internal static readonly AuditRule AssemblyLoading = new("IBP0109", nameof(AssemblyLoading), Error,
        new("装入程序集", "Loads assemblies"),
        new("不在包内的代码没有经过审核。", "Code that is not in the package has not been audited."),
        new("请在项目中引用它，使它随包分发。", "Reference it in the project, so that it comes with the package."));

    internal static readonly AuditRule ModuleInitialiser = new("IBP0110", nameof(ModuleInitialiser), Warning,
        new("模块初始化代码", "Module initialiser"),
        new("它在平台调用组件之前就会运行，没有输入、超时与取消。", "It runs before the platform calls a component, without input, time limit or cancellation."),
        new("请移到组件的 ConfigureAsync。", "Move it to the component's ConfigureAsync."));

    internal static readonly AuditRule ReachesIntoProcess = new("IBP0111", nameof(ReachesIntoProcess), Error,
        new("改变整个进程", "Changes the whole process"),
        new("结束进程或改变其环境会影响同一进程中的所有插件。", "Ending the process or changing its surroundings hits every plugin in it."),
        new("出错请返回 Refusals，取消请用 CancellationToken。", "Return Refusals for what is wrong; stop by the CancellationToken."));

    internal static readonly AuditRule CallByName = new("IBP0112", nameof(CallByName), Warning,
        new("按名称调用", "Calls by name"),
        new("按名称取得的类型与成员，从代码中看不出是什么。", "What is reached by its name cannot be told from the code."),
        new("请直接调用，或用接口与源生成器。", "Call it directly, or by an interface or a source generator."));

    internal static readonly AuditRule EnvironmentRead = new("IBP0113", nameof(EnvironmentRead), Warning,
        new("读取环境变量", "Reads environment variables"),
        new("隔离的插件看不到平台的环境变量；受信任的插件会看到其中的机密。", "An isolated plugin sees none of the host's; a trusted one sees secrets in them."),
        new("请改用插件设置或 context.Secrets。", "Use the plugin's settings or context.Secrets."));

    internal static readonly AuditRule SkipsAccessChecks = new("IBP0114", nameof(SkipsAccessChecks), Error,
        new("绕过访问检查", "Skips access checks"),
        new("它使用平台未公开的成员，升级后会失效。", "It uses members that are not public, which change with any version."), LeaveItOut);

    internal static readonly AuditRule HostAssembly = new("IBP0115", nameof(HostAssembly), Error,
        new("引用平台内部程序集", "References the host"),
        new("插件只应引用 IndustryBrain.Sdk；平台内部没有版本承诺，隔离时也不存在。", "A plugin references IndustryBrain.Sdk only; the host's insides promise nothing and are absent in the jail."),
        new("请只用 IndustryBrain.Sdk 的类型。", "Use the types of IndustryBrain.Sdk only."));

    internal static readonly AuditRule OwnThreads = new("IBP0116", nameof(OwnThreads), Warning,
        new("自行启动线程", "Starts threads"),
        new("自己的线程不随调用结束或取消，占用的处理器时间与线程数计入插件的限额；在调用之间仍忙碌的进程会被结束（IB1210）。", "A thread of its own does not end with the call or its cancellation, and counts against the plugin's limits; a process that stays busy between calls is ended (IB1210)."),
        new("请用 async/await 或 Task.Run，传入 CancellationToken，并在返回前等待其完成。", "Use async/await or Task.Run with the CancellationToken, and await it before returning."));

    internal static readonly AuditRule NativeImage = new("IBP0201", nameof(NativeImage), Warning,
        new("本机映像", "Native image"),
        new("本机代码无法审核，也只适用于一种处理器。", "Native code cannot be audited, and fits one kind of processor only."),
        new("请改用托管类库，或说明为何需要。", "Use a managed library, or say why it is needed."));

    internal static readonly AuditRule ReadyToRun = new("IBP0202", nameof(ReadyToRun), Error,
        new("ReadyToRun 映像", "ReadyToRun image"),
        new("运行的是预编译的本机代码，不是所审核的 IL。", "What runs is its precompiled native code, not the IL that was audited."),
        new("请去掉 PublishReadyToRun。", "Leave PublishReadyToRun out."));

    internal static readonly AuditRule MixedImage = new("IBP0203", nameof(MixedImage), Error,
        new("混合本机代码的程序集", "Mixed image"),
        new("程序集内含本机代码，无法审核。", "The assembly holds native code, which cannot be audited."),
        new("请编译为纯 IL。", "Compile it to pure IL."));

    internal static readonly AuditRule DisguisedProgram = new("IBP0204", nameof(DisguisedProgram), Error,
        new("程序或脚本", "Program or script"),
        new("包内只应有程序集与数据；改名的程序、可执行文件与脚本不会被平台使用。", "A package holds assemblies and data; renamed programs, executables and scripts are of no use to the platform."), LeaveItOut);

    internal static readonly AuditRule ObfuscationSigns = new("IBP0205", nameof(ObfuscationSigns), Warning,
        new("混淆的迹象", "Signs of obfuscation"),
        new("混淆的代码难以审核。", "Obfuscated code can hardly be audited."),
        new("请分发未混淆的程序集。", "Ship the assembly without obfuscation."));

    internal static readonly AuditRule UnreadableImage = new("IBP0206", nameof(UnreadableImage), Error,
        new("无法读取的程序集", "Unreadable assembly"),
        new("元数据不合规范，无法审核。", "Its metadata is not as the standard demands, so it cannot be audited."),
        new("请用标准编译器重新编译。", "Compile it again with a standard compiler."));

    internal static readonly AuditRule EmbeddedProgram = new("IBP0207", nameof(EmbeddedProgram), Error,
        new("资源中的程序", "Program in a resource"),
        new("藏在资源中的程序集不会被审核。", "An assembly that hides in a resource is not audited."),
        new("请把它作为文件随包分发。", "Ship it as a file of the package."));

    internal static readonly AuditRule VulnerableDependency = new("IBP0301", nameof(VulnerableDependency), Error,
        new("已知有漏洞的依赖", "Known-vulnerable dependency"),
        new("该版本有公开的安全公告。", "There is a public advisory about this version."),
        new("请升级到已修复的版本。", "Take the version that mends it."));

    internal static readonly AuditRule UnlicensedDependency = new("IBP0302", nameof(UnlicensedDependency), Warning,
        new("没有许可证的依赖", "Unlicensed dependency"),
        new("没有许可证就没有分发它的权利。", "Without a licence there is no right to distribute it."),
        new("请取得许可，或换用有许可证的包。", "Get a licence, or take a package that has one."));

    internal static readonly AuditRule UnknownDependency = new("IBP0303", nameof(UnknownDependency), Note,
        new("来源未知的依赖", "Dependency of unknown origin"),
        new("名单中没有它，漏洞与许可证无从查对，因此按供应商自己的代码审核。", "No list has it: advisories and licence cannot be looked up, and it is audited as the vendor's own."),
        new("请自行核对它的来源与许可证。", "Check its origin and licence yourself."));

    internal static readonly AuditRule AlteredDependency = new("IBP0304", nameof(AlteredDependency), Error,
        new("被改动的依赖", "Altered dependency"),
        new("它自称是某个公开包的文件，内容却不同。", "It says that it is a file of a public package, but its content is another."),
        new("请使用原包中的文件。", "Take the file of the package itself."));

    internal static readonly AuditRule PlatformAssembly = new("IBP0305", nameof(PlatformAssembly), Warning,
        new("随包分发了平台的程序集", "Ships an assembly of the platform"),
        new("平台使用自己的 SDK；包内的那一份不会被使用。", "The platform takes its own SDK; the one in the package is not used."),
        new("请用 dotnet pack 或 brain pack 打包。", "Pack with dotnet pack or brain pack."));

    internal static readonly AuditRule UndeclaredPermission = new("IBP0401", nameof(UndeclaredPermission), Error,
        new("未声明的权限", "Undeclared permission"),
        new("未声明的能力无法授予，调用会失败（IB1132）。", "What is not declared cannot be granted, and the call fails (IB1132)."),
        new("请用 [assembly: Permission(…)] 声明并说明理由。", "Declare it by [assembly: Permission(…)] with a reason."));

    internal static readonly AuditRule UnusedPermission = new("IBP0402", nameof(UnusedPermission), Warning,
        new("未使用的权限", "Unused permission"),
        new("多余的权限会使管理员起疑，也扩大了风险。", "A permission without use makes administrators doubt and widens the risk."),
        new("请删除该声明。", "Take the declaration away."));

    internal static readonly AuditRule UnreadableCapability = new("IBP0403", nameof(UnreadableCapability), Note,
        new("看不出名称的能力请求", "Capability without a readable name"),
        new("名称在运行时才确定，因此无法核对权限的多寡。", "Its name is known only while running, so permissions cannot be compared with use."),
        new("请用 ComponentContext 的成员，或直接写出名称。", "Use the members of ComponentContext, or write the name where it is asked."));

    internal static readonly AuditRule UnknownPermission = new("IBP0404", nameof(UnknownPermission), Error,
        new("未知的权限", "Unknown permission"),
        new("平台没有这个名称的能力，声明它什么也得不到。", "The platform has no capability of this name; declaring it gives nothing."),
        new("请改正名称。", "Correct the name."));

    internal static readonly AuditRule PermissionWithoutTarget = new("IBP0405", nameof(PermissionWithoutTarget), Error,
        new("没有目标的权限", "Permission without a target"),
        new("这类权限只允许所列的目标；没有目标就什么也不允许，调用会失败（IB1132）。", "Such a permission allows the targets that it lists: without any it allows nothing, and the call fails (IB1132)."),
        new("请用 Targets = [\"…\"] 列出目标。", "List them by Targets = [\"…\"]."));

    /// <summary>The rules in the order of their ids.</summary>
    public static IReadOnlyList<AuditRule> All { get; } =
    [
        PackageRefused, MissingLabel, UnknownMember, UnknownUnit, UnknownCluster, EmptyDescription,
        PlatformInvoke, NativePointer, UnsafeMemory, ReflectionEmit, ProcessUse, DirectFile, DirectNetwork, RegistryUse, AssemblyLoading,
        ModuleInitialiser, ReachesIntoProcess, CallByName, EnvironmentRead, SkipsAccessChecks, HostAssembly, OwnThreads,
        NativeImage, ReadyToRun, MixedImage, DisguisedProgram, ObfuscationSigns, UnreadableImage, EmbeddedProgram,
        VulnerableDependency, UnlicensedDependency, UnknownDependency, AlteredDependency, PlatformAssembly,
        UndeclaredPermission, UnusedPermission, UnreadableCapability, UnknownPermission, PermissionWithoutTarget,
    ];
}
