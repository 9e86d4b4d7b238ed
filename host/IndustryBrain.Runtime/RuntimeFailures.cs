using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime;

/// <summary>The failures of the runtime, IB3001 to IB3099.</summary>
internal static class RuntimeFailures
{
    /// <summary>IB3001: no such scenario in the organization.</summary>
    public static Failure ScenarioUnknown(string definitionId) =>
        new("IB3001", new($"没有应用场景「{Short(definitionId)}」。", $"There is no scenario “{Short(definitionId)}”.")) { Where = "definitionId" };

    /// <summary>IB3002: the scenario has no published version.</summary>
    public static Failure NotPublished(string definitionId) =>
        new("IB3002", new($"应用场景「{Short(definitionId)}」尚未发布。", $"The scenario “{Short(definitionId)}” has not been published."))
        { Where = "definitionId", Action = new("请先发布，再运行。", "Publish it, then run it.") };

    /// <summary>Code of <see cref="DefinitionRefused"/>.</summary>
    public const string DefinitionRefusedCode = "IB3003";

    /// <summary>IB3003: the definition has findings that refuse it.</summary>
    public static Failure DefinitionRefused(IReadOnlyList<Finding> findings)
    {
        var errors = findings.Where(f => f.Severity == FindingSeverity.Error).ToArray();
        var first = errors.FirstOrDefault();
        return new(DefinitionRefusedCode, new(
            $"应用场景定义有 {errors.Length} 处错误：{first?.Rule} {first?.Message.Zh}",
            $"The scenario definition has {errors.Length} errors: {first?.Rule} {first?.Message.En}"))
        { Where = first?.NodeId ?? first?.Where, Action = first?.Action ?? new("请按发现项逐条修正。", "Correct what the findings name.") };
    }

    /// <summary>IB3004: the request body or the definition is not JSON.</summary>
    public static Failure NotJson(string reason) =>
        new("IB3004", new("请求内容不是有效的 JSON。", "The request is not valid JSON.")) { Where = reason, Action = new("请检查 JSON 语法。", "Check the JSON syntax.") };

    /// <summary>IB3004: the request body is JSON, but no object.</summary>
    public static Failure NotAnObject() =>
        new("IB3004", new("请求内容应为 JSON 对象。", "The request should be a JSON object.")) { Where = "request", Action = new("请改为对象，如 {\"input\":{}}。", "Send an object, such as {\"input\":{}}.") };

    /// <summary>IB3004: the request body nests too deep.</summary>
    public static Failure TooDeep(int levels) =>
        new("IB3004", new($"请求内容嵌套超过 {levels} 层。", $"The request nests deeper than {levels} levels.")) { Where = "request", Action = new("请减少嵌套。", "Nest it less.") };

    /// <summary>IB3005: no such run in the organization.</summary>
    public static Failure RunUnknown(Guid id) => RunUnknown(id.ToString());

    /// <summary>IB3005: no such run in the organization.</summary>
    public static Failure RunUnknown(string id) =>
        new("IB3005", new($"没有运行 {Short(id)}。", $"There is no run {Short(id)}.")) { Where = "id" };

    /// <summary>IB3006: as many runs wait as may wait.</summary>
    public static Failure QueueFull(int limit) =>
        new("IB3006", new($"等待执行的运行已达上限 {limit}。", $"As many runs wait for their turn as may wait: {limit}."))
        { Action = new("请稍后重试，或由管理员调整 Runs:MaxQueued。", "Try again later, or let an administrator raise Runs:MaxQueued."), IsTransient = true };

    /// <summary>IB3007: the run ended already.</summary>
    public static Failure RunEnded(Guid id) =>
        new("IB3007", new($"运行 {id} 已结束，不能取消。", $"The run {id} has ended and cannot be cancelled.")) { Where = "id" };

    /// <summary>IB3008: the input, or the request, is larger than what travels inline.</summary>
    public static Failure TooLarge(string where, long limit) =>
        new("IB3008", new($"「{where}」超过了 {limit} 字节的上限。", $"“{where}” is larger than {limit} bytes."))
        { Where = where, Action = new("请把大的数据作为文件上传（POST /api/v1/files），再以 {\"file\":ID} 引用。", "Upload large data as a file (POST /api/v1/files) and refer to it as {\"file\":ID}.") };

    /// <summary>IB3009: a member of the request is unknown, missing or of the wrong type.</summary>
    public static Failure BadRequest(string where, LocalizedText message) =>
        new("IB3009", message) { Where = where };

    /// <summary>IB3009: a member of the request is written twice.</summary>
    public static Failure Twice(string where) =>
        BadRequest(where, new($"「{Short(where)}」写了两次。", $"“{Short(where)}” is written twice.")) with { Action = new("请只保留一个。", "Keep one of the two.") };

    /// <summary>IB3010: the input, or the request, has a member that nobody knows.</summary>
    public static Failure UnknownMember(string where) =>
        new("IB3010", new($"「{Short(where)}」不是已知的成员。", $"“{Short(where)}” is not a known member.")) { Where = where, Action = new("请删去它，或改正名称。", "Remove it or correct its name.") };

    /// <summary>IB3011: the platform itself broke while executing; the details are in the log.</summary>
    public static Failure Broken(string where) =>
        new("IB3011", new("执行时平台内部出错，详情见日志。", "The platform failed while executing; the log has the details.")) { Where = where };

    /// <summary>IB3012: no such component is installed.</summary>
    public static Failure ComponentUnknown(string componentId) =>
        new("IB3012", new($"没有安装组件「{Short(componentId)}」。", $"No component “{Short(componentId)}” is installed."))
        { Where = "id", Action = new("GET /api/v1/components 列出已安装的组件。", "GET /api/v1/components lists what is installed.") };

    /// <summary>IB3013: a run waited longer than it may.</summary>
    public static Failure WaitedTooLong(int days) =>
        new("IB3013", new($"运行等待超过了 {days} 天，已结束。", $"The run waited longer than {days} days and was ended."));

    /// <summary>IB3014: two changes of one scenario met.</summary>
    public static Failure ChangedMeanwhile(string definitionId) =>
        new("IB3014", new($"应用场景「{Short(definitionId)}」刚被他人修改。", $"The scenario “{Short(definitionId)}” has just been changed by somebody else."))
        { Action = new("请刷新后重试。", "Look at it again and retry."), IsTransient = true };

    /// <summary>IB3017: no such file in the organization.</summary>
    public static Failure FileUnknown(string where, string id) =>
        new("IB3017", new($"没有文件「{Short(id)}」。", $"There is no file “{Short(id)}”."))
        { Where = where, Action = new("请先上传文件（POST /api/v1/files）。", "Upload the file first (POST /api/v1/files).") };

    /// <summary>IB3018: the recorded state of a run cannot be read.</summary>
    public static Failure StateUnreadable() =>
        new("IB3018", new("运行的已保存状态无法读取，运行已结束。", "The saved state of the run cannot be read; the run was ended."));

    /// <summary>IB3019: the request needs another content type.</summary>
    public static Failure ContentType(string expected) =>
        new("IB3019", new($"请求的 Content-Type 应为 {expected}。", $"The request needs the content type {expected}.")) { Where = "Content-Type" };

    /// <summary>IB3020: the call was given up before it answered.</summary>
    public static Failure CallGivenUp(string componentId) =>
        new("IB3020", new($"组件 {componentId} 的调用已取消。", $"The call of the component {componentId} was given up.")) { Where = componentId, IsTransient = true };

    /// <summary>IB3021: a value of a run cannot be stored.</summary>
    public static Failure NotStorable(string where) =>
        new("IB3021", new($"「{Short(where)}」的值无法保存：文本含有 U+0000 或不成对的代理字符，或嵌套超过 {Storable.MaxDepth} 层。", $"The value of “{Short(where)}” cannot be stored: text holds U+0000 or half of a surrogate pair, or it nests deeper than {Storable.MaxDepth} levels."))
        { Where = where, Action = new("请在产生该值的步骤中改正。", "Mend the step that makes the value.") };

    /// <summary>IB3022: nodes tried to execute the run, and it broke each time at the same place.</summary>
    public static Failure BrokeEachTime(int tries) =>
        new("IB3022", new($"运行在同一处连续 {tries} 次无法继续，已结束；详情见日志。", $"The run broke at the same place {tries} times in a row and was ended; the log has the details."))
        { Action = new("请查看日志，改正后重新运行。", "Look at the log, mend what it names, and start a new run.") };

    /// <summary>IB3023: the run does not wait for that event.</summary>
    public static Failure EventNotAwaited(Guid id, string name) =>
        new("IB3023", new($"运行 {id} 没有在等待事件「{Short(name)}」。", $"The run {id} does not wait for the event “{Short(name)}”."))
        { Where = "name", Action = new("GET /api/v1/runs/{id} 的步骤显示它在等待什么。", "The steps in GET /api/v1/runs/{id} show what it waits for.") };

    /// <summary>IB3024: runs that start runs go too deep.</summary>
    public static Failure RunsTooDeep(int limit) =>
        new("IB3024", new($"运行启动运行的层数超过了上限 {limit}。", $"Runs that start runs go deeper than {limit} levels."));

    /// <summary>IB3025: an uploaded file holds nothing.</summary>
    public static Failure EmptyFile(string name) =>
        new("IB3025", new($"文件「{Short(name)}」是空的。", $"The file “{Short(name)}” is empty.")) { Where = "file", Action = new("请检查导出或保存是否完整，再重新上传。", "Check that it was saved completely, and upload it again.") };

    /// <summary>IB3026: a query parameter that nobody knows.</summary>
    public static Failure QueryUnknown(string name, IReadOnlyList<string> known) =>
        new("IB3026", new($"没有查询参数「{Short(name)}」。", $"There is no query parameter “{Short(name)}”."))
        {
            Where = Short(name),
            Action = known.Count == 0
                ? new("此地址不接受查询参数。", "This address takes none.")
                : new($"可用的有：{string.Join("、", known)}。", $"There are: {string.Join(", ", known)}."),
        };

    /// <summary>IB3027: an upload holds more than one file.</summary>
    public static Failure SeveralFiles() =>
        new("IB3027", new("表单中不止一个文件。", "The form holds more than one file.")) { Where = "file", Action = new("请一次上传一个文件；这次没有保存任何文件。", "Upload one at a time; none of these is stored.") };

    /// <summary>IB1151: the static audit found what is not accepted here.</summary>
    public static Failure AuditRefuses(string id, string version, VersionAudit audit)
    {
        var gravest = audit.Findings[0];
        return new("IB1151", new(
            $"插件「{Short(id)}」{version} 未通过静态审核：{audit.Errors} 个错误、{audit.Warnings} 个警告，最严重的是 {gravest.Rule} {gravest.Title.Zh}（{Short(gravest.Member ?? gravest.File ?? gravest.Message.Zh)}）。",
            $"Version {version} of the plugin “{Short(id)}” does not pass the static audit: {audit.Errors} errors, {audit.Warnings} warnings; the gravest is {gravest.Rule}, {gravest.Title.En} ({Short(gravest.Member ?? gravest.File ?? gravest.Message.En)})."))
        { Where = gravest.File, Action = new("请供应商用 brain validate 查看全部发现并改正，或由管理员调整 Trust:RefusedFindings。", "Let the vendor see all findings with brain validate and mend them, or let an administrator change Trust:RefusedFindings.") };
    }

    /// <summary>IB1027: the version was removed, and something still uses it.</summary>
    public static Failure VersionDrains(string id, string version) =>
        new("IB1027", new($"插件「{Short(id)}」的版本 {Short(version)} 正在卸载，最后一个使用它的运行结束数秒后才删除；这个包的内容与它不同。", $"Version {Short(version)} of the plugin “{Short(id)}” is being removed, and goes some seconds after the last run that uses it has ended; this package has other content."))
        { Where = Short(id), Action = new("请稍后重试，或提高版本号后重新打包；内容相同的包现在就可以装回。", "Try again later, or raise the version and pack it again; a package of the same content can be installed now."), IsTransient = true };

    /// <summary>IB3030: no such plugin on this platform.</summary>
    public static Failure PluginUnknown(string id) =>
        new("IB3030", new($"没有安装插件「{Short(id)}」。", $"The plugin “{Short(id)}” is not installed.")) { Where = "id" };

    /// <summary>IB3031: the plugin is disabled.</summary>
    public static Failure PluginDisabled(string id) =>
        new("IB3031", new($"插件「{Short(id)}」已停用，不接受新的运行和调用。", $"The plugin “{Short(id)}” is disabled and takes no new runs and calls."))
        { Where = Short(id), Action = new("请由管理员启用该插件。", "Let an administrator enable it.") };

    /// <summary>IB3032: the plugin was removed.</summary>
    public static Failure PluginRemoved(string id) =>
        new("IB3032", new($"插件「{Short(id)}」已卸载。", $"The plugin “{Short(id)}” has been removed."))
        { Where = Short(id), Action = new("请重新安装该插件，或修改应用场景后再发布。", "Install it again, or change the scenario and publish it.") };

    /// <summary>IB3033: no such version of the plugin.</summary>
    public static Failure VersionUnknown(string id, string version) =>
        new("IB3033", new($"插件「{Short(id)}」没有版本 {Short(version)}。", $"The plugin “{Short(id)}” has no version {Short(version)}."))
        { Where = "version", Action = new("请先安装该版本，或让应用场景改用现用版本。", "Install that version, or move the scenario to the version in use.") };

    /// <summary>IB3034: somebody has to consent to permissions first.</summary>
    public static Failure ConsentNeeded(string id, string version, IEnumerable<string> permissions)
    {
        var asked = Short(string.Join(", ", permissions));
        return new("IB3034", new($"插件「{Short(id)}」{version} 需要先同意权限：{asked}。", $"Version {version} of the plugin “{Short(id)}” needs consent first: {asked}."))
        { Where = "permissions", Action = new($"请确认后同意：POST /api/v1/plugins/{id}/versions/{version}/consent。", $"Look at them and consent: POST /api/v1/plugins/{id}/versions/{version}/consent.") };
    }

    /// <summary>IB3035: there is no earlier version to return to.</summary>
    public static Failure NoEarlierVersion(string id) =>
        new("IB3035", new($"插件「{Short(id)}」没有可以回退的版本。", $"The plugin “{Short(id)}” has no earlier version to return to.")) { Where = "id" };

    /// <summary>IB3036: the plugin is in use.</summary>
    public static Failure PluginInUse(string id, IReadOnlyList<string> scenarios) =>
        new("IB3036", new($"已发布的应用场景仍在使用插件「{Short(id)}」：{Short(string.Join("、", scenarios))}。", $"Published scenarios use the plugin “{Short(id)}”: {Short(string.Join(", ", scenarios))}."))
        { Where = "id", Action = new("请先停用这些应用场景，或以 ?force=true 仍要卸载：它们将不能再启动新的运行。", "Change these scenarios first, or remove it all the same with ?force=true: they will start no new runs.") };

    /// <summary>IB3036: the version of the plugin is in use.</summary>
    public static Failure VersionInUse(string id, string version) =>
        new("IB3036", new($"插件「{Short(id)}」的版本 {Short(version)} 仍在使用。", $"Version {Short(version)} of the plugin “{Short(id)}” is in use."))
        { Where = "version", Action = new("请先启用另一个版本，并等使用它的运行结束。", "Let another version be active first, and the runs end that hold on to it.") };

    /// <summary>IB3037: somebody else changed the plugin at the same time.</summary>
    public static Failure PluginChangedMeanwhile(string id) =>
        new("IB3037", new($"插件「{Short(id)}」刚被他人修改。", $"The plugin “{Short(id)}” was changed by somebody else at the same time."))
        { Where = "id", Action = new("请查看现状后重试。", "Look at it and try again."), IsTransient = true };

    /// <summary>IB3038: the plugin is part of the program.</summary>
    public static Failure PluginIsBundled(string id) =>
        new("IB3038", new($"插件「{Short(id)}」随程序提供，不能卸载。", $"The plugin “{Short(id)}” is part of the program and cannot be removed."))
        { Where = "id", Action = new("可以停用它。", "Disable it instead.") };

    /// <summary>IB3039: the plugin has no settings.</summary>
    public static Failure NoSettings(string id) =>
        new("IB3039", new($"插件「{Short(id)}」没有设置项。", $"The plugin “{Short(id)}” has no settings.")) { Where = "id" };

    /// <summary>IB3040: somebody else changed the settings at the same time.</summary>
    public static Failure SettingsChangedMeanwhile(string id) =>
        new("IB3040", new($"插件「{Short(id)}」的设置刚被他人修改。", $"The settings of the plugin “{Short(id)}” were changed by somebody else at the same time."))
        { Where = "revision", Action = new("请查看现状后重试。", "Look at them and try again.") };

    /// <summary>IB3041: the value is not the name of a secret that the plugin may use.</summary>
    public static Failure NotASecret(string where, IReadOnlyList<string> names)
    {
        var known = Short(string.Join(", ", names));
        return new("IB3041", new($"「{Short(where)}」须为插件所声明机密的名称，不能是机密本身。", $"“{Short(where)}” must be the name of a secret that the plugin declares, never the secret itself."))
        { Where = Short(where), Action = names.Count == 0 ? new("该插件没有声明机密。", "This plugin declares none.") : new($"可用：{known}。", $"There are: {known}.") };
    }

    /// <summary>Code of <see cref="DatabaseBehind"/>.</summary>
    public const string Behind = "IB3042";

    /// <summary>IB3042: the database does not keep up with what runs record.</summary>
    public static Failure DatabaseBehind() =>
        new(Behind, new("数据库写入跟不上，暂不启动新的运行。", "The database does not keep up with what runs record; no run is started now."))
        { Action = new("请稍后重试；已接受的运行不受影响。", "Try again in a few seconds; accepted runs go on."), IsTransient = true };

    /// <summary>IB3070: no such task in the organization.</summary>
    public static Failure TaskUnknown(string id) =>
        new("IB3070", new($"没有任务「{Short(id)}」。", $"There is no task “{Short(id)}”.")) { Where = "id" };

    /// <summary>IB3071: the task is not open any more.</summary>
    public static Failure TaskClosed(TaskState state, string? outcome) =>
        new("IB3071", state switch
        {
            TaskState.Decided => new($"任务已有决定：{outcome}。", $"The task has been decided: {outcome}."),
            TaskState.Expired => new("任务已过期。", "The task has expired."),
            _ => new("任务已撤回：运行已结束或走了别的路径。", "The task was withdrawn: its run has ended or went another way."),
        })
        { Action = new("请刷新任务列表。", "Refresh the list of tasks.") };

    /// <summary>IB3072: the caller is not asked.</summary>
    public static Failure TaskNotYours() =>
        new("IB3072", new("该任务不由您办理。", "This task is not yours to decide.")) { Action = new("请由任务的办理人、其角色成员或受托人办理。", "It is for the person or role that it asks, and for whom they delegated it to.") };

    /// <summary>IB3073: no such outcome.</summary>
    public static Failure OutcomeUnknown(string outcome, IReadOnlyList<string> outcomes) =>
        new("IB3073", new($"没有决定「{Short(outcome)}」。", $"There is no outcome “{Short(outcome)}”."))
        { Where = "outcome", Action = new($"可选：{string.Join("、", outcomes)}。", $"Choose one of: {string.Join(", ", outcomes)}.") };

    /// <summary>IB3074: who started the run may not decide.</summary>
    public static Failure FourEyes() =>
        new("IB3074", new("该任务须由他人决定，发起运行者不能自己决定。", "Somebody else has to decide this: whoever started the run may not.")) { Action = new("请由另一人办理，或转交。", "Let another person decide it, or delegate it.") };

    /// <summary>IB3075: the person has decided.</summary>
    public static Failure DecidedBefore() =>
        new("IB3075", new("您已作出决定，尚待他人。", "You have decided; the task waits for others."));

    /// <summary>IB3076: a task is delegated to somebody unknown, or who decides or asks already.</summary>
    public static Failure CannotDelegate(string to, LocalizedText why) =>
        new("IB3076", new($"不能转交给「{Short(to)}」：{why.Zh}。", $"It cannot be delegated to “{Short(to)}”: {why.En}.")) { Where = "to", Action = new("请另选一人。", "Choose another person.") };

    /// <summary>IB3077: a comment is empty or too long.</summary>
    public static Failure CommentLength(int limit) =>
        new("IB3077", new($"意见须为 1 至 {limit} 个字符。", $"A comment has 1 to {limit} characters.")) { Where = "comment" };

    /// <summary>IB3078: too many files or entries.</summary>
    public static Failure TooManyOfTask(string where, int limit) =>
        new("IB3078", new($"数量超过上限 {limit}。", $"There are more than {limit}.")) { Where = where };

    /// <summary>IB3080: nothing of the run is broken.</summary>
    public static Failure NothingBroken(Guid id) =>
        new("IB3080", new($"运行 {id} 没有出错，无需处理。", $"Nothing of the run {id} is broken.")) { Where = "id", Action = new("请刷新后查看。", "Look at it again.") };

    /// <summary>Code of <see cref="BeingExecuted"/>.</summary>
    public const string Executing = "IB3081";

    /// <summary>IB3081: a node executes the run.</summary>
    public static Failure BeingExecuted(Guid id) =>
        new(Executing, new($"运行 {id} 正在执行。", $"The run {id} is being executed.")) { Where = "id", Action = new("请等它停下后再试。", "Try again when it has stopped."), IsTransient = true };

    /// <summary>IB3082: the state of the run is not kept any more, or cannot be read.</summary>
    public static Failure NotResumable(Guid id) =>
        new("IB3082", new($"运行 {id} 的状态已清理或无法读取，不能继续。", $"The state of the run {id} was purged or cannot be read; it cannot go on.")) { Where = "id", Action = new("请以同样的输入重新运行。", "Start a new run with its input.") };

    /// <summary>IB3083: several steps broke, and one has to be named.</summary>
    public static Failure NameTheStep(IEnumerable<string> steps)
    {
        var names = Short(string.Join(", ", steps));
        return new("IB3083", new($"须指明一个出错的步骤。出错的有：{names}。", $"Name one step that broke. There are: {names}.")) { Where = "steps" };
    }

    /// <summary>IB3084: no such step of the run broke.</summary>
    public static Failure StepNotBroken(string step) =>
        new("IB3084", new($"步骤「{Short(step)}」没有出错。", $"The step “{Short(step)}” did not break."))
        { Where = "steps", Action = new("GET /api/v1/runs/{id} 的 incidents 列出出错的步骤。", "incidents of GET /api/v1/runs/{id} name those that did.") };

    /// <summary>IB3091: the version of the scenario was never published.</summary>
    public static Failure VersionNotPublished(string definitionId, int version) =>
        new("IB3091", new($"应用场景「{Short(definitionId)}」没有已发布的版本 {version}。", $"The scenario “{Short(definitionId)}” has no published version {version}.")) { Where = "version", Action = new("请先发布它。", "Publish it first.") };

    /// <summary>IB3092: more runs are named than one request lets go on.</summary>
    public static Failure TooManyRepairs(int limit) =>
        new("IB3092", new($"一次最多处理 {limit} 个运行。", $"One request lets at most {limit} runs go on."))
        { Where = "runs", Action = new("请分几次提交，或由管理员调整 Runs:MaxRepairsTogether。", "Send several requests, or let an administrator raise Runs:MaxRepairsTogether.") };

    /// <summary>IB3160: a Throttle with a key that lets more pass, or within a longer time, than is kept.</summary>
    public static Failure ThrottleTooWide(int limit, TimeSpan period) =>
        new("IB3160", new($"带 key 的 Throttle 在一个周期内至多放行 {limit} 次，周期至多 {period.TotalDays:0} 天。", $"A Throttle with a key lets at most {limit} pass within a period of at most {period.TotalDays:0} days."))
        { Where = "limit", Action = new("请改小 limit 或 interval。", "Make limit or interval smaller.") };

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
