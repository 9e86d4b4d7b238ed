using System.Globalization;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Host.Texts;

/// <summary>The words of the pages, in both languages by construction.</summary>
internal static class PageText
{
    // Workbench
    internal static readonly LocalizedText Home = new("工作台", "Workbench");
    internal static readonly LocalizedText HomeWhat = new("行业大脑把知识、工具和应用组件连成可运行的应用场景。选一个场景，放入自己的数据，结果连同每一步的依据都会留下。", "IndustryBrain wires knowledge, tools and applications into scenarios you can run. Choose one, put in your own data, and keep the result together with the grounds of every step.");
    internal static readonly LocalizedText ReadyScenarios = new("可以运行的场景", "Ready to run");
    internal static readonly LocalizedText AllScenarios = new("全部场景", "All scenarios");
    internal static readonly LocalizedText RunScenario = new("运行场景", "Run scenario");
    internal static readonly LocalizedText LastResult = new("最近结果", "Last result");
    internal static readonly LocalizedText RecentRuns = new("最近运行", "Recent runs");
    internal static readonly LocalizedText All = new("全部", "All");
    internal static readonly LocalizedText AllCount = new("全部 {0} 次", "All {0}");
    internal static readonly LocalizedText RunningNow = new("{0} 个运行中", "{0} running");
    internal static readonly LocalizedText Count = new("{0} 个", "{0}");
    internal static readonly LocalizedText RunsThisMonth = new("次运行", "runs");
    internal static readonly LocalizedText SucceededThisMonth = new("成功", "succeeded");
    internal static readonly LocalizedText ComponentsInstalled = new("个能力组件", "components");
    internal static readonly LocalizedText ThisMonth = new("本月", "This month");
    internal static readonly LocalizedText NoScenarios = new("还没有可以运行的场景。", "There is no scenario to run yet.");
    internal static readonly LocalizedText NoRuns = new("还没有运行过。", "Nothing has been run yet.");
    internal static readonly LocalizedText ChooseScenario = new("选一个场景", "Choose a scenario");

    // Scenarios
    internal static readonly LocalizedText Scenarios = new("场景", "Scenarios");
    internal static readonly LocalizedText ImportScenario = new("导入场景", "Import scenario");
    internal static readonly LocalizedText ImportHint = new("Elsa 3 工作流定义（JSON）", "An Elsa 3 workflow definition (JSON)");
    internal static readonly LocalizedText Imported = new("已导入「{0}」草稿 {1}", "Imported “{0}”, draft {1}");
    internal static readonly LocalizedText ImportedClean = new("没有发现问题，可以发布。", "No findings; it can be published.");
    internal static readonly LocalizedText PublishVersion = new("发布版本", "Publish version");
    internal static readonly LocalizedText PublishedVersion = new("已发布 {0}", "Published {0}");
    internal static readonly LocalizedText Draft = new("草稿 {0}", "Draft {0}");
    internal static readonly LocalizedText OpenScenario = new("打开场景", "Open scenario");
    internal static readonly LocalizedText Close = new("关闭", "Close");
    internal static readonly LocalizedText State = new("状态", "State");
    internal static readonly LocalizedText Updated = new("更新时间", "Updated");
    internal static readonly LocalizedText Findings = new("检查结果", "Findings");
    internal static readonly LocalizedText TabRun = new("运行", "Run");
    internal static readonly LocalizedText TabHistory = new("历史", "History");
    internal static readonly LocalizedText TabDefinition = new("定义", "Definition");
    internal static readonly LocalizedText Tabs = new("场景的各部分", "Parts of the scenario");
    internal static readonly LocalizedText RunOnce = new("运行一次", "Run once");
    internal static readonly LocalizedText FillSample = new("示例数据", "Sample data");
    internal static readonly LocalizedText SampleFilled = new("已填入示例：{0}", "Sample filled in: {0}");
    internal static readonly LocalizedText InputOfRun = new("已填入上次运行的输入", "Filled in with the input of that run");
    internal static readonly LocalizedText Starting = new("正在提交…", "Starting…");
    internal static readonly LocalizedText HowComputed = new("怎么算", "How it computes");
    internal static readonly LocalizedText KnowledgeUsed = new("用到的知识", "Knowledge used");
    internal static readonly LocalizedText NoRunsOfScenario = new("这个场景还没有运行过。", "This scenario has not been run yet.");
    internal static readonly LocalizedText DraftOnly = new("这个场景还是草稿，发布后才能运行。", "This scenario is a draft; publish it to run it.");
    internal static readonly LocalizedText PreviewRows = new("{0} 行，显示最后 {1} 行", "{0} rows, the last {1} shown");
    internal static readonly LocalizedText ExportDefinition = new("导出定义", "Export definition");
    internal static readonly LocalizedText Inputs = new("输入", "Input");
    internal static readonly LocalizedText Outputs = new("输出", "Output");
    internal static readonly LocalizedText Steps = new("步骤", "Steps");
    internal static readonly LocalizedText StepColumn = new("步骤", "Step");
    internal static readonly LocalizedText TypeColumn = new("类型", "Type");
    internal static readonly LocalizedText Document = new("文档", "Document");
    internal static readonly LocalizedText LevelInsight = new("行业洞察", "Industry insight");
    internal static readonly LocalizedText LevelChain = new("产业链协同", "Chain collaboration");
    internal static readonly LocalizedText LevelEnterprise = new("企业创新", "Enterprise innovation");
    internal static readonly LocalizedText ModeManagement = new("数字化管理", "Digital management");
    internal static readonly LocalizedText ModeManufacturing = new("智能化制造", "Intelligent manufacturing");
    internal static readonly LocalizedText ModeCollaboration = new("网络化协同", "Networked collaboration");
    internal static readonly LocalizedText ModeService = new("服务化延伸", "Service extension");
    internal static readonly LocalizedText ModeCustomisation = new("个性化定制", "Customisation");
    internal static readonly LocalizedText ModePlatform = new("平台化设计", "Platform design");

    // Tasks
    internal static readonly LocalizedText Tasks = new("待办", "Tasks");
    internal static readonly LocalizedText TasksMine = new("我的待办", "Mine");
    internal static readonly LocalizedText TasksOpen = new("未办结", "Open");
    internal static readonly LocalizedText TasksAll = new("全部", "All");
    internal static readonly LocalizedText TasksShown = new("显示哪些任务", "Which tasks");
    internal static readonly LocalizedText TaskTitle = new("任务", "Task");
    internal static readonly LocalizedText TaskAsked = new("办理人", "Asked");
    internal static readonly LocalizedText TaskDue = new("截止", "Due");
    internal static readonly LocalizedText TaskSince = new("提出", "Asked since");
    internal static readonly LocalizedText TaskText = new("标题", "Title");
    internal static readonly LocalizedText NoTasksMine = new("没有等您决定的任务。", "Nothing waits for you.");
    internal static readonly LocalizedText NoTasksFit = new("没有这样的任务。", "There are no such tasks.");
    internal static readonly LocalizedText TaskOpen = new("待处理", "Open");
    internal static readonly LocalizedText TaskDecided = new("已决定", "Decided");
    internal static readonly LocalizedText TaskExpired = new("已过期", "Expired");
    internal static readonly LocalizedText TaskWithdrawn = new("已撤回", "Withdrawn");
    internal static readonly LocalizedText TaskAnybody = new("任何有权办理的人", "Whoever may decide");
    internal static readonly LocalizedText TaskRole = new("角色 {0}", "role {0}");
    internal static readonly LocalizedText TaskAlsoRole = new("及角色 {0}", "also role {0}");
    internal static readonly LocalizedText TaskDueFact = new("{0} 前", "due {0}");
    internal static readonly LocalizedText TaskOverdue = new("{0} 已到期", "was due {0}");
    internal static readonly LocalizedText TaskSinceFact = new("{0} 提出", "asked {0}");
    internal static readonly LocalizedText TaskRunFact = new("运行 {0}", "run {0}");
    internal static readonly LocalizedText TaskQuorumFact = new("须 {0} 人同一决定", "{0} have to decide alike");
    internal static readonly LocalizedText TaskFourEyesFact = new("发起人不能决定", "not for whoever started the run");
    internal static readonly LocalizedText TaskDecide = new("决定", "Decide");
    internal static readonly LocalizedText TaskShown = new("供参考的数据", "To look at");
    internal static readonly LocalizedText TaskComment = new("意见", "Comment");
    internal static readonly LocalizedText TaskCommentHint = new("写给发起人和后续办理人；决定时可不填", "For whoever asked and whoever comes after; optional with a decision");
    internal static readonly LocalizedText TaskFiles = new("附件", "Files");
    internal static readonly LocalizedText TaskAttach = new("附加文件", "Attach files");
    internal static readonly LocalizedText TaskDetach = new("去掉 {0}", "Remove {0}");
    internal static readonly LocalizedText TaskSigned = new("决定会记入审计轨迹，署名 {0}。", "The decision goes into the audit trail, signed {0}.");
    internal static readonly LocalizedText TaskAddComment = new("发表意见", "Add comment");
    internal static readonly LocalizedText TaskDelegate = new("转交", "Delegate");
    internal static readonly LocalizedText TaskDelegateTo = new("转交给（人员的标识）", "Delegate to (id of the person)");
    internal static readonly LocalizedText TaskNotYours = new("该任务不由您决定，可以发表意见。", "This is not yours to decide; you can comment.");
    internal static readonly LocalizedText TaskWaitsForOthers = new("您已作出决定，尚待他人。", "You have decided; the task waits for others.");
    internal static readonly LocalizedText TaskHistory = new("经过", "What happened");
    internal static readonly LocalizedText TaskNothingYet = new("还没有人处理。", "Nobody has done anything yet.");
    internal static readonly LocalizedText TaskEntryDecided = new("决定：{0}", "decided: {0}");
    internal static readonly LocalizedText TaskEntryCommented = new("发表意见", "commented");
    internal static readonly LocalizedText TaskEntryDelegated = new("转交给 {0}", "delegated to {0}");
    internal static readonly LocalizedText TaskEntryReminded = new("提醒办理人", "reminded whoever is asked");
    internal static readonly LocalizedText TaskEntryEscalated = new("升级给角色 {0}", "escalated to role {0}");
    internal static readonly LocalizedText TaskEnded = new("任务已办结：{0}", "The task is closed: {0}");
    internal static readonly LocalizedText TaskAnswerHere = new("去办理", "Open the task");
    internal static readonly LocalizedText OutcomeApproved = new("同意", "Approve");
    internal static readonly LocalizedText OutcomeRejected = new("退回", "Return");
    internal static readonly LocalizedText OutcomeNoQuorum = new("未达成一致", "No quorum");

    // Runs
    internal static readonly LocalizedText Runs = new("运行", "Runs");
    internal static readonly LocalizedText Run = new("运行 {0}", "Run {0}");
    internal static readonly LocalizedText Started = new("开始", "Started");
    internal static readonly LocalizedText StartedBy = new("谁", "By");
    internal static readonly LocalizedText Took = new("用时", "Duration");
    internal static readonly LocalizedText Result = new("结果", "Result");
    internal static readonly LocalizedText Scenario = new("场景", "Scenario");
    internal static readonly LocalizedText RunNumber = new("编号", "Run");
    internal static readonly LocalizedText FilterScenario = new("场景", "Scenario");
    internal static readonly LocalizedText FilterState = new("状态", "State");
    internal static readonly LocalizedText FilterPeriod = new("时间", "Period");
    internal static readonly LocalizedText FilterText = new("编号或名称", "Number or name");
    internal static readonly LocalizedText FilterAny = new("不限", "Any");
    internal static readonly LocalizedText PeriodToday = new("今天", "Today");
    internal static readonly LocalizedText PeriodWeek = new("近 7 天", "Last 7 days");
    internal static readonly LocalizedText PeriodMonth = new("近 30 天", "Last 30 days");
    internal static readonly LocalizedText ClearFilters = new("清除筛选", "Clear filters");
    internal static readonly LocalizedText RemoveFilter = new("去掉筛选 {0}", "Remove the filter {0}");
    internal static readonly LocalizedText NoRunsFit = new("没有符合筛选的运行。", "No run fits the filters.");
    internal static readonly LocalizedText PageOf = new("第 {0}–{1} 条，共 {2} 条", "{0}–{1} of {2}");
    internal static readonly LocalizedText PreviousPage = new("上一页", "Previous page");
    internal static readonly LocalizedText NextPage = new("下一页", "Next page");
    internal static readonly LocalizedText StepsDone = new("{0} / {1} 完成", "{0} of {1} done");
    internal static readonly LocalizedText VersionFact = new("版本 {0}", "version {0}");
    internal static readonly LocalizedText StartedFact = new("启动者 {0}", "started by {0}");
    internal static readonly LocalizedText TookFact = new("用时 {0}", "took {0}");
    internal static readonly LocalizedText ElapsedFact = new("已用 {0}", "{0} so far");
    internal static readonly LocalizedText CancelRun = new("取消运行", "Cancel run");
    internal static readonly LocalizedText EditAndRun = new("改输入再运行", "Edit and run again");
    internal static readonly LocalizedText RunAgain = new("再运行一次", "Run again");
    internal static readonly LocalizedText DownloadCsv = new("下载输出 CSV", "Download outputs, CSV");
    internal static readonly LocalizedText DownloadJson = new("下载输出 JSON", "Download outputs, JSON");
    internal static readonly LocalizedText WaitsForTime = new("等到 {0}", "Waits until {0}");
    internal static readonly LocalizedText WaitsForEvent = new("等待事件「{0}」", "Waits for the event “{0}”");
    internal static readonly LocalizedText WaitsForThrottle = new("限速中，{0} 起继续", "Held by a throttle until {0}");
    internal static readonly LocalizedText WaitsForMessage = new("等待连接「{0}」上「{1}」的 MQTT 消息", "Waits for an MQTT message on “{1}” of the connection “{0}”");
    internal static readonly LocalizedText WaitsForFile = new("等待文件夹「{0}」中的文件「{1}」", "Waits for a file “{1}” in the folder “{0}”");
    internal static readonly LocalizedText WaitsForRunEnd = new("等待应用场景「{0}」的一次运行结束", "Waits for the end of a run of the scenario “{0}”");
    internal static readonly LocalizedText HeldForTurn = new("排队等待：触发活动同时进行的运行已达上限，前面的运行结束后自动开始。", "Waits for its turn: as many runs of the trigger go on as may. It begins by itself when one of them ends.");
    internal static readonly LocalizedText HeldUntil = new("排队等待：触发活动限制了启动的频率，最早 {0} 开始。", "Waits for its turn: the trigger limits how often runs start. It begins at {0} at the earliest.");
    internal static readonly LocalizedText EventAwaited = new("收到事件「{0}」后继续。", "Goes on when the event “{0}” arrives.");
    internal static readonly LocalizedText EventPayload = new("事件数据（可不填）", "Payload (optional)");
    internal static readonly LocalizedText EventPayloadHint = new("JSON，例如 {\"approved\": true}", "JSON, such as {\"approved\": true}");
    internal static readonly LocalizedText EventNotJson = new("不是有效的 JSON。文字请加双引号。", "This is not valid JSON. Put text in double quotes.");
    internal static readonly LocalizedText SendEvent = new("发送事件", "Send event");
    internal static readonly LocalizedText StartedByRun = new("由运行 {0} 启动", "Started by run {0}");
    internal static readonly LocalizedText RunsStarted = new("启动的运行", "Runs it started");
    internal static readonly LocalizedText WaitsFor = new("等待 {0}", "Waits for {0}");
    internal static readonly LocalizedText Durable = new("已完成的步骤全部落盘；主机中断后从这里继续。", "Completed steps are on disk; after an interruption the run continues here.");
    internal static readonly LocalizedText NotReached = new("还没有执行", "Not reached yet");
    internal static readonly LocalizedText BranchDecides = new("看分支结果", "Depends on a branch");
    internal static readonly LocalizedText ResultComing = new("结果在步骤完成后显示在这里。", "The result appears here as the steps complete.");
    internal static readonly LocalizedText NoOutput = new("这次运行没有输出。", "This run has no output.");
    internal static readonly LocalizedText OutputsTitle = new("输出", "Output");
    internal static readonly LocalizedText InputOf = new("步骤输入", "Step input");
    internal static readonly LocalizedText OutputOf = new("步骤输出", "Step output");
    internal static readonly LocalizedText LogOf = new("步骤日志", "Step log");
    internal static readonly LocalizedText Lines = new("输出文字", "Lines written");
    internal static readonly LocalizedText InputOfThisRun = new("本次输入", "Input of this run");
    internal static readonly LocalizedText RunEnded = new("运行结束：{0}", "Run ended: {0}");
    internal static readonly LocalizedText MoreSteps = new("只显示前 {0} 步，共 {1} 步。", "Only the first {0} of {1} steps are shown.");

    // Broken runs
    internal static readonly LocalizedText BrokenRuns = new("出错的运行", "Broken runs");
    internal static readonly LocalizedText NoBrokenRuns = new("没有出错的运行。", "No run is broken.");
    internal static readonly LocalizedText NoBrokenRunsFit = new("没有符合条件的出错运行。", "No broken run fits.");
    internal static readonly LocalizedText BrokenStep = new("出错步骤", "Step");
    internal static readonly LocalizedText BrokenWhy = new("原因", "Reason");
    internal static readonly LocalizedText BrokenSince = new("出错时间", "Since");
    internal static readonly LocalizedText BrokenCode = new("错误代码", "Code");
    internal static readonly LocalizedText RunColumn = new("运行", "Run");
    internal static readonly LocalizedText SelectAllShown = new("选择本页全部", "Select all on this page");
    internal static readonly LocalizedText SelectRun = new("选择运行 {0}", "Select run {0}");
    internal static readonly LocalizedText NotKept = new("状态已清理，不能继续", "Its state is gone; it cannot go on");
    internal static readonly LocalizedText RepairTitle = new("让运行继续", "Let the run go on");
    internal static readonly LocalizedText RepairSelected = new("让选中的 {0} 个运行继续", "Let {0} selected runs go on");
    internal static readonly LocalizedText SelectToRepair = new("选中运行后，可以重试、跳过步骤或换到另一版本。", "Select runs to retry them, skip their step, or move them to another version.");
    internal static readonly LocalizedText RepairKind = new("怎样继续", "How");
    internal static readonly LocalizedText RepairRetry = new("重试", "Retry");
    internal static readonly LocalizedText RepairRetryWhat = new("出错的步骤从头再执行一次。", "The step that broke runs once more from its beginning.");
    internal static readonly LocalizedText RepairSkip = new("跳过", "Skip");
    internal static readonly LocalizedText RepairSkipWhat = new("不执行出错的步骤，后面的步骤使用这里填写的输出。", "The step that broke is not run; later steps see the outputs that you give.");
    internal static readonly LocalizedText RepairMove = new("换版本", "Move");
    internal static readonly LocalizedText RepairMoveWhat = new("换到另一个已发布版本，并在那里重试。", "The run goes on in another published version and tries again there.");
    internal static readonly LocalizedText RepairOutputs = new("输出（JSON 对象）", "Outputs (a JSON object)");
    internal static readonly LocalizedText RepairVersion = new("版本号", "Version");
    internal static readonly LocalizedText RepairNodes = new("标识改变的活动（每行：旧=新，可不填）", "Activities with another id (a line each: old=new, optional)");
    internal static readonly LocalizedText RepairComment = new("说明（可不填）", "Comment (optional)");
    internal static readonly LocalizedText RepairPreview = new("先看会怎样", "Preview");
    internal static readonly LocalizedText RepairDo = new("继续运行", "Go on");
    internal static readonly LocalizedText RepairWould = new("可以继续：{0} 个；不能：{1} 个。", "Would go on: {0}. Refused: {1}.");
    internal static readonly LocalizedText RepairDid = new("已继续：{0} 个；不能：{1} 个。", "Went on: {0}. Refused: {1}.");
    internal static readonly LocalizedText RepairGroup = new("{0} · {1} · {2}：{3} 个", "{0} · {1} · {2}: {3}");
    internal static readonly LocalizedText RepairOfRun = new("运行 {0}：{1}（{2}）", "Run {0}: {1} ({2})");
    internal static readonly LocalizedText RepairNotJson = new("请填写 JSON 对象，例如 {\"value\": 42}。", "Write a JSON object, such as {\"value\": 42}.");
    internal static readonly LocalizedText RepairNeedsVersion = new("请填写版本号。", "Give a version.");
    internal static readonly LocalizedText AttemptOf = new("第 {0} 次", "Attempt {0}");

    // Components
    internal static readonly LocalizedText Components = new("能力组件", "Components");
    internal static readonly LocalizedText ComponentSearch = new("搜索名称、编号或说明", "Search name, id or description");
    internal static readonly LocalizedText Kinds = new("种类", "Kind");
    internal static readonly LocalizedText KindKnowledge = new("知识", "Knowledge");
    internal static readonly LocalizedText KindTool = new("工具", "Tool");
    internal static readonly LocalizedText KindApplication = new("应用", "Application");
    internal static readonly LocalizedText NoComponents = new("没有装任何组件。", "No component is installed.");
    internal static readonly LocalizedText NoComponentsFit = new("没有符合的组件。", "No component fits.");
    internal static readonly LocalizedText Plugin = new("插件", "Plugin");
    internal static readonly LocalizedText Vendor = new("开发者", "Vendor");
    internal static readonly LocalizedText Version = new("版本", "Version");
    internal static readonly LocalizedText Isolation = new("隔离级别", "Isolation");
    internal static readonly LocalizedText Trusted = new("受信", "Trusted");
    internal static readonly LocalizedText TrustedWhat = new("在主机进程内运行，能做主机能做的一切。", "Runs in the host's process and may do whatever the host may.");
    internal static readonly LocalizedText Permissions = new("权限", "Permissions");
    internal static readonly LocalizedText NoPermissions = new("不要求任何权限。", "Asks for no permission.");
    internal static readonly LocalizedText SideEffects = new("副作用", "Side effects");
    internal static readonly LocalizedText HasSideEffects = new("会改变外部系统", "Changes outside systems");
    internal static readonly LocalizedText NoSideEffects = new("没有", "None");
    internal static readonly LocalizedText Deterministic = new("相同输入得到相同结果", "Equal input gives equal output");
    internal static readonly LocalizedText Digest = new("摘要", "Digest");
    internal static readonly LocalizedText Facts = new("资料", "Facts");
    internal static readonly LocalizedText TryIt = new("试一试", "Try it");
    internal static readonly LocalizedText TryNow = new("试运行组件", "Try component");
    internal static readonly LocalizedText FillExamples = new("填入示例值", "Fill in examples");
    internal static readonly LocalizedText Yes = new("是", "Yes");
    internal static readonly LocalizedText No = new("否", "No");

    // Plugins
    internal static readonly LocalizedText Plugins = new("插件", "Plugins");
    internal static readonly LocalizedText InstallPlugin = new("安装插件", "Install plugin");
    internal static readonly LocalizedText InstallHint = new("选择插件包（.nupkg）", "Choose a plugin package (.nupkg)");
    internal static readonly LocalizedText Installing = new("正在安装…", "Installing…");
    internal static readonly LocalizedText Installed = new("已安装「{0}」{1}", "Installed “{0}” {1}");
    internal static readonly LocalizedText PluginSearch = new("按名称、编号或供应商查找", "Search by name, id or vendor");
    internal static readonly LocalizedText NoPluginsFit = new("没有符合条件的插件。", "No plugin fits.");
    internal static readonly LocalizedText NoPlugins = new("还没有安装插件。", "No plugin is installed yet.");
    internal static readonly LocalizedText NeedsAttention = new("需处理", "Needs attention");
    internal static readonly LocalizedText Processes = new("工作进程", "Processes");
    internal static readonly LocalizedText Memory = new("内存", "Memory");
    internal static readonly LocalizedText CallsOfMinutes = new("调用（15 分钟）", "Calls (15 min)");
    internal static readonly LocalizedText FailureShare = new("失败（%）", "Failed (%)");
    internal static readonly LocalizedText P50 = new("p50（毫秒）", "p50 (ms)");
    internal static readonly LocalizedText P95 = new("p95（毫秒）", "p95 (ms)");
    internal static readonly LocalizedText ProcessorTime = new("处理器时间", "Processor time");
    internal static readonly LocalizedText InHost = new("在主机进程内", "In the host process");
    internal static readonly LocalizedText NoProcess = new("无进程", "No process");
    internal static readonly LocalizedText OldRuns = new("旧版还有 {0} 次运行", "{0} runs on the old version");
    internal static readonly LocalizedText ThisNode = new("本节点，15 分钟", "This node, 15 minutes");
    internal static readonly LocalizedText PluginReady = new("就绪", "Ready");
    internal static readonly LocalizedText PluginAwaits = new("待同意", "Awaiting consent");
    internal static readonly LocalizedText PluginDegraded = new("不可用", "Degraded");
    internal static readonly LocalizedText PluginTripped = new("停用待查", "Tripped");
    internal static readonly LocalizedText PluginDisabled = new("已停用", "Disabled");
    internal static readonly LocalizedText PluginDraining = new("退出中", "Draining");
    internal static readonly LocalizedText VersionActive = new("使用中", "Active");
    internal static readonly LocalizedText VersionStandby = new("备用", "Standby");
    internal static readonly LocalizedText VersionNotUnloaded = new("未能卸载", "Not unloaded");
    internal static readonly LocalizedText NotUnloadedWhat = new("已不再使用，但仍占内存，主机重启后释放。", "No longer used but still in memory; it goes when the host restarts.");
    internal static readonly LocalizedText TierJailed = new("隔离", "Isolated");
    internal static readonly LocalizedText TierJailedWhat = new("在独立进程中运行，没有网络、文件和主机环境。", "Runs in a process of its own without network, files or the host environment.");
    internal static readonly LocalizedText TierUnjailed = new("未隔离", "Not isolated");
    internal static readonly LocalizedText TierUnjailedWhat = new("在独立进程中运行，但拥有主机的权限：此平台没有隔离手段。", "Runs in a process of its own with the rights of the host: this platform offers no jail.");
    internal static readonly LocalizedText Versions = new("版本", "Versions");
    internal static readonly LocalizedText InstalledAt = new("安装", "Installed");
    internal static readonly LocalizedText BundledMark = new("随程序提供", "Part of the program");
    internal static readonly LocalizedText SignedBy = new("由 {0} 签名", "Signed by {0}");
    internal static readonly LocalizedText UnknownKey = new("未知密钥 {0}", "an unknown key {0}");
    internal static readonly LocalizedText Unsigned = new("未签名", "Unsigned");
    internal static readonly LocalizedText UsedByScenarios = new("使用它的场景", "Scenarios that use it");
    internal static readonly LocalizedText NoScenarioUses = new("没有已发布的场景使用它。", "No published scenario uses it.");
    internal static readonly LocalizedText RunsHold = new("{0} 次运行使用", "{0} runs");
    internal static readonly LocalizedText Activate = new("启用此版本", "Activate");
    internal static readonly LocalizedText RollBackTo = new("回到 {0}", "Back to {0}");
    internal static readonly LocalizedText Disable = new("停用", "Disable");
    internal static readonly LocalizedText Enable = new("启用", "Enable");
    internal static readonly LocalizedText ResetPlugin = new("重新启动", "Start again");
    internal static readonly LocalizedText Remove = new("卸载", "Remove");
    internal static readonly LocalizedText RemoveAsk = new("卸载后不再接受新的运行；进行中的运行仍会完成。", "It takes no new runs after that; those under way are finished.");
    internal static readonly LocalizedText RemoveConfirm = new("确认卸载", "Remove it");
    internal static readonly LocalizedText Keep = new("取消", "Keep it");
    internal static readonly LocalizedText ConsentTitle = new("{0} 请求新的权限", "{0} asks for more");
    internal static readonly LocalizedText OtherPublisher = new("发布者与当前版本不同：{0}。请先核实它的来源。", "It is not of the publisher of the present version: {0}. Check where it comes from first.");
    internal static readonly LocalizedText ConsentWhat = new("同意后，新的运行使用此版本；在此之前仍使用原版本。", "Once you consent, new runs take this version; until then they stay with the present one.");
    internal static readonly LocalizedText Consent = new("同意并启用", "Consent and activate");
    internal static readonly LocalizedText GrantedBy = new("由 {0} 同意", "Granted by {0}");
    internal static readonly LocalizedText TrustVersion = new("设为受信", "Trust");
    internal static readonly LocalizedText DistrustVersion = new("改为隔离", "Isolate");
    internal static readonly LocalizedText AuditClean = new("静态审核没有发现问题", "The static audit found nothing");
    internal static readonly LocalizedText AuditFound = new("静态审核：错误 {0}，警告 {1}，提示 {2}", "Static audit: {0} errors, {1} warnings, {2} notes");
    internal static readonly LocalizedText PluginSettings = new("设置", "Settings");
    internal static readonly LocalizedText PluginSettingsWhat = new("本组织的设置；保存后下一次调用即生效。机密只写名称。", "What this organization sets; the next call has it. Secrets are set by name only.");
    internal static readonly LocalizedText PluginLimits = new("限额", "Limits");
    internal static readonly LocalizedText PluginLimitsWhat = new("留空则用平台默认值。超出任一限额的调用会以该限额的错误码结束。", "What is left empty stays as the platform has it. A call that exceeds a limit ends with the code of that limit.");
    internal static readonly LocalizedText SaveForm = new("保存", "Save");
    internal static readonly LocalizedText UseDefaults = new("恢复默认", "Use defaults");
    internal static readonly LocalizedText SavedNextCall = new("已保存，下一次调用起生效。", "Saved. The next call has it.");
    internal static readonly LocalizedText Unsaved = new("未保存", "Not saved");
    internal static readonly LocalizedText LeaveAsk = new("有更改还没有保存，离开后会丢失。", "Changes have not been saved and are lost when you leave.");
    internal static readonly LocalizedText LeaveAnyway = new("放弃更改并离开", "Leave without saving");
    internal static readonly LocalizedText StayHere = new("留在此页", "Stay here");
    internal static readonly LocalizedText ReloadValues = new("读取最新的值", "Show what is saved");
    internal static readonly LocalizedText LimitExceeded = new("触及限额：{0}", "Limit met: {0}");
    internal static readonly LocalizedText LimitTime = new("调用时长", "time of a call");
    internal static readonly LocalizedText LimitOutput = new("输出大小", "size of the output");
    internal static readonly LocalizedText LimitLines = new("日志行数", "log lines");
    internal static readonly LocalizedText LimitLineRate = new("每秒日志行数", "log lines a second");
    internal static readonly LocalizedText LimitThreads = new("线程数", "threads");
    internal static readonly LocalizedText LimitCalls = new("同时调用数", "calls at a time");
    internal static readonly LocalizedText LimitFiles = new("打开文件数", "open files");
    internal static readonly LocalizedText LastLines = new("最近日志", "Last lines");
    internal static readonly LocalizedText NoLines = new("还没有日志。", "Nothing has been logged yet.");
    internal static readonly LocalizedText LineWarning = new("警告", "Warning");
    internal static readonly LocalizedText LineInformation = new("信息", "Info");
    internal static readonly LocalizedText LineDebug = new("调试", "Debug");

    // Permissions
    internal static readonly LocalizedText NotAllowed = new("您没有「{0}」权限，可请管理员开通。", "You lack the permission “{0}”; an administrator can grant it.");

    // Errors
    internal static readonly LocalizedText NotFound = new("没有这个页面", "There is no such page");
    internal static readonly LocalizedText NotFoundWhat = new("地址可能写错了，或者这个对象已经不在。", "The address may be mistyped, or the thing is no longer there.");
    internal static readonly LocalizedText ToHome = new("回到工作台", "Go to the workbench");
    internal static readonly LocalizedText Error = new("页面出错了", "This page failed");
    internal static readonly LocalizedText ErrorWhat = new("处理请求时发生内部错误，已写入主机日志。数据没有受影响。", "The request hit an internal error, which is in the host's log. Your data is not affected.");
    internal static readonly LocalizedText ErrorNumber = new("请求编号 {0}", "Request {0}");

    internal static string Fill(this LocalizedText text, params object?[] values) => EnglishCounts.Agree(string.Format(CultureInfo.InvariantCulture, text.ToString(), values));

    internal static LocalizedText? LevelOf(string? level) => level switch
    {
        "insight" => LevelInsight,
        "chain" => LevelChain,
        "enterprise" => LevelEnterprise,
        _ => level is null ? null : LocalizedText.Same(level),
    };

    internal static LocalizedText? ModeOf(string? mode) => mode switch
    {
        "digital-management" => ModeManagement,
        "intelligent-manufacturing" => ModeManufacturing,
        "networked-collaboration" => ModeCollaboration,
        "service-extension" => ModeService,
        "customisation" or "personalized-customization" => ModeCustomisation,
        "platform-design" => ModePlatform,
        _ => mode is null ? null : LocalizedText.Same(mode),
    };

    internal static LocalizedText KindOf(string kind) => kind.ToUpperInvariant() switch
    {
        "KNOWLEDGE" => KindKnowledge,
        "TOOL" => KindTool,
        _ => KindApplication,
    };
}
