using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>The rules about definitions, IBS0001 and on. A rule id is never reused.</summary>
internal static class DefinitionFindings
{
    public static Finding NotJson(long line, long position) =>
        Error("IBS0001", new($"文件不是可读取的 JSON：第 {line} 行第 {position} 字节。", $"The document is not readable JSON: line {line}, byte {position}."));

    public static Finding TooDeep(long line, long position, int limit) =>
        Error("IBS0001", new($"文件不是可读取的 JSON：第 {line} 行第 {position} 字节处嵌套超过 {limit} 层。", $"The document is not readable JSON: at line {line}, byte {position} it nests deeper than {limit} levels."));

    public static Finding NotUtf8() =>
        Error("IBS0001", new("文件不是可读取的 JSON：它不是 UTF-8 编码的文本。", "The document is not readable JSON: it is not text in UTF-8."), action: new("请另存为 UTF-8，再重试。", "Save it as UTF-8 and try again."));

    public static Finding NotText() => Error("IBS0001", new("文件不是可读取的 JSON：其中有不成对的代理字符。", "The document is not readable JSON: it holds half of a surrogate pair."));

    public static Finding TooLarge(int bytes, int limit) => Error("IBS0002", new($"文件有 {bytes} 字节，上限为 {limit} 字节。", $"The document has {bytes} bytes; the limit is {limit}."));

    public static Finding TooManyNodes(int limit) => Error("IBS0003", new($"活动超过 {limit} 个。", $"There are more than {limit} activities."));

    public static Finding WrongShape(string where, LocalizedText expected, string? nodeId = null) =>
        Error("IBS0004", new($"「{where}」应为{expected.Zh}。", $"“{where}” should be {expected.En}."), nodeId, where);

    public static Finding ToolVersion(string found) =>
        Error("IBS0005", new($"toolVersion「{found}」应为两到四段的数字版本。", $"The toolVersion “{found}” should be a numeric version of two to four parts."), where: "toolVersion");

    public static Finding VariableValue(string name, string? nodeId) =>
        Error("IBS0006", new($"变量「{name}」的 value 应为文本或 null。", $"The value of variable “{name}” should be a text or null."), nodeId, name);

    public static Finding UnknownType(string alias, string where) =>
        Error("IBS0007", new($"「{where}」的类型「{alias}」未知。", $"The type “{alias}” of “{where}” is unknown."), where: where);

    public static Finding VariableDropped(string name, string? alias) =>
        Warning("IBS0008", new($"变量「{name}」的类型「{alias}」未知，该变量被忽略。", $"The type “{alias}” of variable “{name}” is unknown; the variable is ignored."), where: name);

    public static Finding DuplicatePort(string name) => Error("IBS0009", new($"输入或输出「{name}」重复声明。", $"The input or output “{name}” is declared twice."), where: name);

    public static Finding UnknownStrategy(string name, string where) =>
        Error("IBS0010", new($"「{where}」的策略「{name}」未知。", $"The strategy “{name}” of “{where}” is unknown."), where: where);

    public static Finding NothingToRun() => Warning("IBS0011", new("定义没有 root，相当于空的顺序流程，运行时什么也不做。", "The definition has no root: it counts as an empty sequence, and its runs do nothing."));

    public static Finding RootNoActivity() => WrongShape("root", new("活动对象", "an activity object"));

    public static Finding NoDefinition() =>
        Error("IBS0013", new("文件不是工作流定义：既没有 root，也没有 definitionId。", "The document is no workflow definition: it has neither a root nor a definitionId."), action: new("请使用 Elsa 3 导出的工作流定义。", "Take a workflow definition as Elsa 3 exports it."));

    public static Finding TooManyConnections(int limit, string nodeId) =>
        Error("IBS0012", new($"流程图的连接超过 {limit} 条。", $"The flowchart has more than {limit} connections."), nodeId, "connections");

    public static Finding CronNotReadable(string text, string detail, string nodeId) =>
        Warning("IBS0014", new($"cron 表达式「{text}」无效：{detail}", $"The cron expression “{text}” is invalid: {detail}"), nodeId, "cronExpression") with
        { Action = new("请写六段：秒 分 时 日 月 星期，按 UTC。", "Write six fields: second, minute, hour, day, month, weekday, in UTC.") };

    public static Finding WorkflowWithinItself(string name, string nodeId) =>
        Error("IBS0015", new($"工作流「{Shown(name)}」作为活动包含了自己。", $"The workflow “{Shown(name)}” contains itself as an activity."), nodeId, action: new("请改用 ExecuteWorkflow 启动它。", "Start it with ExecuteWorkflow instead."));

    public static Finding StateTwice(string name, string nodeId) =>
        Warning("IBS0016", new($"状态「{Shown(name)}」重复声明，转移指向其中的第一个。", $"The state “{Shown(name)}” is declared twice; transitions mean the first."), nodeId, "states");

    public static Finding UnknownState(string name, string nodeId) =>
        Warning("IBS0017", new($"转移指向不存在的状态「{Shown(name)}」，已忽略。", $"A transition names the state “{Shown(name)}”, which does not exist; it is ignored."), nodeId, "transitions");

    public static Finding NotPinned(string nodeId) =>
        Error("IBS0018", new("子场景没有指定版本。", "The sub-scenario has no version."), nodeId, "scenarioVersion", new("请指定一个已发布的版本。", "Give a published version."));

    public static Finding NothingToCompensate(string nodeId) =>
        Warning("IBS0019", new("Compensate 不在 Saga 之内；运行到它时会出错。", "Compensate is not within a Saga; executing it fails."), nodeId);

    public static Finding FlowchartChildId(string nodeId) =>
        Error("IBS0020", new("流程图中的活动缺少 id。", "An activity inside a flowchart has no id."), nodeId, action: new("为每个活动写明 id。", "Give each activity an id."));

    public static Finding DuplicateId(string id, string nodeId) =>
        Error("IBS0021", new($"同一流程图中有两个活动的 id 是「{id}」。", $"Two activities of one flowchart have the id “{id}”."), nodeId);

    public static Finding DuplicateSiblingId(string id, string nodeId) =>
        Warning("IBS0022", new($"同一容器中有两个活动的 id 是「{id}」。", $"Two activities of one container have the id “{id}”."), nodeId);

    public static Finding UnknownActivity(string type, string nodeId) =>
        Warning("IBS0023", new($"活动类型「{type}」未知；运行到它时会出错。", $"The activity type “{type}” is unknown; executing it fails."), nodeId);

    public static Finding UnknownVersion(string type, int version, string nodeId) =>
        Warning("IBS0024", new($"活动「{type}」没有版本 {version}；运行到它时会出错。", $"The activity “{type}” has no version {version}; executing it fails."), nodeId);

    public static Finding MixedConnections(string nodeId) =>
        Error("IBS0025", new("连接的两种写法混用了。", "The connections mix the two shapes."), nodeId, "connections");

    public static Finding FlatToUnknown(string id, string nodeId) =>
        Error("IBS0026", new($"连接指向不存在的活动「{id}」。", $"A connection names the activity “{id}”, which does not exist."), nodeId, "connections");

    public static Finding ConnectionDropped(string id, string nodeId) =>
        Warning("IBS0027", new($"连接指向不存在的活动「{id}」，已忽略。", $"A connection names the activity “{id}”, which does not exist; it is ignored."), nodeId, "connections", new("请删去这条连接，或补上该活动。", "Remove the connection, or add the activity."));

    public static Finding DeadPort(string port, string nodeId) =>
        Warning("IBS0028", new($"端口「{port}」从不产生，这条连接不会走到。", $"The port “{port}” is never produced; this connection is never followed."), nodeId, "connections", new("请改用该活动会产生的端口。", "Take a port that the activity has."));

    public static Finding NoTypeName(string input, string nodeId) =>
        Warning("IBS0030", new($"「{input}」没有 typeName，其值被当作空。", $"“{input}” has no typeName; its value counts as null."), nodeId, input, new("请写明 typeName。", "Write its typeName."));

    public static Finding UnknownExpression(string type, string input, string nodeId) =>
        Warning("IBS0031", new($"「{input}」的表达式类型「{type}」未知，其值被当作空。", $"The expression type “{type}” of “{input}” is unknown; its value counts as null."), nodeId, input);

    public static Finding UnsupportedLanguage(string language, string input, string nodeId) =>
        Warning("IBS0032", new($"「{input}」使用的 {language} 尚不支持；运行到它时会出错。", $"“{input}” uses {language}, which is not supported; executing it fails."), nodeId, input);

    public static Finding SourceTooLong(string input, int bytes, int limit, string nodeId) =>
        Error("IBS0033", new($"「{input}」的源码有 {bytes} 字节，上限为 {limit} 字节。", $"The source of “{input}” has {bytes} bytes; the limit is {limit}."), nodeId, input);

    public static Finding SourceTooNested(string input, int limit, string nodeId) =>
        Error("IBS0034", new($"「{input}」的源码括号嵌套超过 {limit} 层。", $"The source of “{input}” nests brackets deeper than {limit}."), nodeId, input);

    public static Finding OutputWithoutReference(string output, string nodeId) =>
        Error("IBS0035", new($"输出「{output}」没有 memoryReference。", $"The output “{output}” has no memoryReference."), nodeId, output, new("不使用时写 null。", "Write null when it is not used."));

    public static Finding OutputDropped(string output, string nodeId) =>
        Warning("IBS0036", new($"输出「{output}」没有 typeName，被忽略。", $"The output “{output}” has no typeName and is ignored."), nodeId, output);

    public static Finding UnknownOutputTarget(string output, string target, string nodeId) =>
        Warning("IBS0037", new($"输出「{output}」写入「{target}」，但没有这样的变量或输出。", $"The output “{output}” goes to “{target}”, but there is no such variable or output."), nodeId, output, new("请声明它，或选择已有的变量或输出。", "Declare it, or choose a variable or output that there is."));

    public static Finding UnknownVariable(string name, string where, string nodeId) =>
        Warning("IBS0038", new($"「{where}」引用的变量「{name}」不存在。", $"“{where}” refers to the variable “{name}”, which does not exist."), nodeId, where, new("请声明该变量。", "Declare the variable."));

    public static Finding UnknownInput(string name, string where, string nodeId) =>
        Warning("IBS0039", new($"「{where}」引用的输入「{name}」未声明。", $"“{where}” refers to the input “{name}”, which is not declared."), nodeId, where, new("请声明该输入。", "Declare the input."));

    public static Finding BadEnum(string value, string where, string nodeId) =>
        Error("IBS0040", new($"「{where}」的取值「{value}」未知。", $"The value “{value}” of “{where}” is unknown."), nodeId, where);

    public static Finding UnknownComponent(string id, string nodeId) =>
        Error("IBS0050", new($"没有安装能力组件「{id}」。", $"The component “{id}” is not installed."), nodeId, action: new("安装含有它的插件。", "Install the plugin that carries it."));

    public static Finding MissingComponentInput(string input, string nodeId) =>
        Error("IBS0051", new($"缺少必填输入「{input}」。", $"The required input “{input}” is missing."), nodeId, input, new("请给出一个值。", "Give it a value."));

    public static Finding UnknownComponentInput(string input, string nodeId) =>
        Warning("IBS0052", new($"能力组件没有输入或输出「{input}」，被忽略。", $"The component has no input or output “{input}”; it is ignored."), nodeId, input);

    public static Finding LiteralNotReadable(string input, string text, string type, string nodeId) =>
        Warning("IBS0053", new($"「{input}」的值「{text}」读不成 {type}，将当作默认值。", $"The value “{text}” of “{input}” cannot be read as {type}; its default is used."), nodeId, input, new($"请写成 {type}。", $"Write a {type}."));

    public static Finding UnfitText() =>
        Error("IBS0063", new("定义中的文本含有 U+0000 或不成对的代理字符，无法保存。", "Text of the definition holds U+0000 or half of a surrogate pair, and cannot be stored."), where: "definition", action: new("请去掉这些字符。", "Remove such characters."));

    public static Finding NamedTwice(string member) =>
        Error("IBS0065", new($"定义中有一个对象两次写了成员「{member}」，含义不明。", $"An object of the definition has the member “{member}” twice; which one is meant cannot be told."), where: member, action: new("请删去其中一个。", "Remove one of them."));

    public static Finding SchemaNotChecked(string keyword, string where) =>
        Warning("IBS0060", new($"输入模式中的「{keyword}」不受支持，不会被检查。", $"“{keyword}” of the input's schema is not supported and will not be checked."), where: where);

    public static Finding Unreachable(string nodeId) =>
        Warning("IBS0080", new("没有任何路径走到这个活动，它从不执行。", "No path leads to this activity; it is never executed."), nodeId, action: new("请把它连到要执行它的地方，或删去。", "Connect it to where it is to be executed, or remove it."));

    public static Finding NoStart(string first, string nodeId) =>
        Warning("IBS0081", new($"流程图没有起点：每个活动都有连接指向它。将从列表中的第一个「{Shown(first)}」开始。", $"The flowchart has no start: connections lead to each of its activities. It begins with the first of its list, “{Shown(first)}”."), nodeId, "activities", new("请加入「开始」活动，连到要先执行的活动。", "Add a Start activity and connect it to what comes first."));

    public static Finding LiteralRefused(string input, Failure refused, string nodeId) =>
        Warning("IBS0082", new($"能力组件不会接受「{input}」的值：{refused.Message.Zh}", $"The component will not take the value of “{input}”: {refused.Message.En}"), nodeId, input, refused.Action);

    public static Finding WrongType(string input, string source, string given, string wanted, string nodeId) =>
        Warning("IBS0082", new($"能力组件不会接受「{input}」的值：「{Shown(source)}」的类型是 {given}，应为 {wanted}。", $"The component will not take the value of “{input}”: “{Shown(source)}” is {given}, and {wanted} is wanted."), nodeId, input, new("请换一个值，或在中间用脚本转换。", "Take another value, or convert it with a script in between."));

    public static Finding OtherUnit(string input, string source, string given, string wanted, string nodeId) =>
        Warning("IBS0083", new($"「{input}」的单位是 {wanted}，而「{Shown(source)}」的单位是 {given}；数值不会换算。", $"“{input}” is in {wanted}, but “{Shown(source)}” is in {given}; numbers are not converted."), nodeId, input, new($"请在中间用脚本把 {given} 换算为 {wanted}。", $"Convert {given} to {wanted} with a script in between."));

    public static Finding UndeclaredVariable(string name, string? closest, string where, string nodeId) =>
        Warning("IBS0084", new($"「{where}」读取变量「{Shown(name)}」，但它没有声明，也没有被赋值。", $"“{where}” reads the variable “{Shown(name)}”, which is neither declared nor set."), nodeId, where, closest is null ? new("请声明该变量。", "Declare the variable.") : new($"是否指「{closest}」？", $"Was “{closest}” meant?"));

    public static Finding EndlessLoop(string nodeId, string where) =>
        Warning("IBS0085", new("循环没有出口：条件始终成立，其中也没有跳出、结束或等待。", "The loop has no exit: it always goes on, and nothing in it breaks, ends or waits."), nodeId, where, new("请在循环中加入「跳出」，或改写条件。", "Put a Break into it, or change what it depends on."));

    public static Finding EndlessCycle(string path, string nodeId) =>
        Warning("IBS0085", new($"循环没有出口：{Shown(path)} 之间没有通向别处的分支，其中也没有结束或等待。", $"The loop has no exit: no branch leads out of {Shown(path)}, and nothing in it ends or waits."), nodeId, "connections", new("请加入判断，让一个分支离开循环。", "Add a decision with a branch that leaves the loop."));

    public static Finding DeadJoin(string decision, string nodeId) =>
        Warning("IBS0086", new($"这个汇合永远不会完成：它等待「{Shown(decision)}」的互斥分支，而每次只走其中之一。", $"This join never completes: it waits for branches of “{Shown(decision)}” of which only one is taken."), nodeId, "mode", new("请把 mode 改为 WaitAllActive 或 WaitAny。", "Change its mode to WaitAllActive or WaitAny."));

    public static Finding SecretInDefinition(string where, string? nodeId) =>
        Warning("IBS0087", new($"「{where}」中写有密码、密钥或令牌；能读到定义的人都会看到。", $"“{where}” holds a password, key or token; whoever may read the definition sees it."), nodeId, where, new("请更换它，并改为引用平台保存的密钥。", "Replace it, and refer to a secret that the host keeps instead."));

    public static Finding VariableDefault(string name, string type, string? nodeId) =>
        Warning("IBS0088", new($"变量「{Shown(name)}」的初值读不成 {type}，将当作默认值。", $"The initial value of variable “{Shown(name)}” cannot be read as {type}; its default is used."), nodeId, name, new("请改写初值，或换一个类型。", "Change the value, or the type."));

    public static Finding PolicyImpossible(string member, string nodeId) =>
        Error("IBS0090", new($"重试策略的「{Shown(member)}」无效。", $"“{Shown(member)}” of the retry policy is not possible."), nodeId, $"customProperties.industryBrain.retry.{Shown(member)}",
            new("attempts 为 1 至 100 的整数，firstDelay ≤ maxDelay ≤ 30 天，factor 为 1 至 100，jitter 为 0 至 1，errors 为 transient、all 或代码列表。", "attempts is a whole number from 1 to 100, firstDelay ≤ maxDelay ≤ 30 days, factor from 1 to 100, jitter from 0 to 1, errors is transient, all or a list of codes."));

    public static Finding TimeoutImpossible(string nodeId) =>
        Error("IBS0091", new("时限无效。", "The timeout is not possible."), nodeId, "customProperties.industryBrain.timeout", new("请写大于零、至多 30 天的时长，例如 00:01:30。", "Write a time above zero and up to 30 days, such as 00:01:30."));

    public static Finding ComponentNotPinned(string nodeId) =>
        Error("IBS0114", new("插件版本没有写全，指不到唯一的版本。", "The plugin version is not named in full, so that it means no single one."), nodeId, "customProperties.industryBrain.plugin",
            new("请写明 id、version 和 sha256；或删去 plugin，发布时取当时使用的版本。", "Write its id, version and sha256; or remove plugin, and publishing takes the version in use then."));

    private static string Shown(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private static Finding Error(string rule, LocalizedText message, string? nodeId = null, string? where = null, LocalizedText? action = null) =>
        new(rule, FindingSeverity.Error, message) { NodeId = nodeId, Where = where, Action = action };

    private static Finding Warning(string rule, LocalizedText message, string? nodeId = null, string? where = null, LocalizedText? action = null) =>
        new(rule, FindingSeverity.Warning, message) { NodeId = nodeId, Where = where, Action = action };
}
