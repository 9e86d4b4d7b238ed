using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios;

/// <summary>The failures of running a scenario, IB2001 to IB2099.</summary>
internal static class ScenarioFailures
{
    public static Failure StateUnreadable(string detail) =>
        new("IB2001", new($"运行状态无法恢复：{detail}", $"The state of the run cannot be restored: {detail}"));

    public static Failure Input(string input, Failure cause) =>
        new(cause.Code, new($"活动输入「{input}」求值失败：{cause.Message.Zh}", $"Failed to evaluate activity input '{input}': {cause.Message.En}")) { Where = input, Action = cause.Action };

    public static Failure Conversion(LocalizedText detail) => new("IB2003", new($"值无法转换：{detail.Zh}", $"A value cannot be converted: {detail.En}"));

    public static Failure UnknownActivity(string type) =>
        new("IB2004", new($"活动类型「{type}」找不到。", $"Activity type {type} could not be found.")) { Action = new("安装提供该活动的插件，或替换该活动。", "Install what provides it, or replace the activity.") };

    public static Failure UnsupportedLanguage(string language) =>
        new("IB2006", new($"不支持 {language} 表达式。", $"Expressions in {language} are not supported.")) { Action = new("改用 JavaScript、CSharp 或 Liquid。", "Use JavaScript, CSharp or Liquid.") };

    public static Failure TooManySteps(int limit) =>
        new("IB2007", new($"一次运行超过了 {limit} 个步骤。", $"The run exceeded {limit} steps.")) { Action = new("检查循环是否会结束。", "Check that its loops end.") };

    public static Failure Thrown(string message) => new("IB2008", LocalizedText.Same(message));

    public static Failure TooManyRounds(int limit) =>
        new("IB2063", new($"表达式用计算得出的名称读取了超过 {limit} 个值。", $"The expression reads more than {limit} values by names that it computes.")) { Action = new("在表达式中直接写出名称。", "Write the names in the expression.") };

    public static Failure NoVariable() => new("IB2009", new("没有指定要设置的变量。", "No variable to set is given."));

    public static Failure NoOutputName() => new("IB2010", new("没有指定输出名称。", "No output name is given."));

    public static Failure IllegalBackwardConnection(string source, string target) =>
        new("IB2011", new($"从「{source}」回到「{target}」的连接不合法：有路径绕过「{target}」到达「{source}」。", $"The backward connection from '{source}' to '{target}' is invalid: a path reaches '{source}' without passing '{target}'."));

    public static Failure NoItems() => new("IB2012", new("循环的集合为空值或不是集合。", "The items to loop over are null or no collection."));

    public static Failure BadEnum(string where, string value) => new("IB2013", new($"「{where}」的取值「{value}」未知。", $"The value '{value}' of '{where}' is unknown.")) { Where = where };

    public static Failure UnknownComponent(string id) =>
        new("IB2015", new($"没有安装能力组件「{id}」。", $"The component '{id}' is not installed.")) { Action = new("安装含有它的插件。", "Install the plugin that carries it.") };

    public static Failure TooManyJoins() => new("IB2017", new("流程图中相互影响的汇合过多。", "Too many joins of the flowchart depend on each other."));

    public static Failure NoChildDefinition() => new("IB2018", new("没有指定要运行的工作流。", "No workflow to run is given."));

    public static Failure TooLong(string what, int limit) => new("IB2019", new($"「{what}」超过 {limit} 条。", $"There are more than {limit} {what}."));

    public static Failure TooMuchHeld(long limit) =>
        new("IB2023", new($"变量、输出与文本行合计超过 {limit} 字节。", $"Variables, outputs and lines together exceed {limit} bytes.")) { Action = new("请把数据分几次运行，不要在循环中不断累积，或请管理员调高 Runs:MaxHeldBytes。", "Split the data over several runs, do not let a loop pile it up, or have an administrator raise Runs:MaxHeldBytes.") };

    public static Failure UnfitText(string where) =>
        new("IB2020", new($"「{Short(where)}」的文本含有 U+0000 或不成对的代理字符，或嵌套超过 {Storable.MaxDepth} 层。", $"Text of “{Short(where)}” holds U+0000 or half of a surrogate pair, or it nests deeper than {Storable.MaxDepth} levels."))
        { Where = where, Action = new("请去掉这些字符，或减少嵌套。", "Remove such characters, or nest less deeply.") };

    public static Failure UnknownInput(string name, IReadOnlyCollection<string> known)
    {
        var closest = Names.Closest(name, known);
        var names = Short(string.Join(", ", known));
        return new("IB2021", new($"没有名为「{Short(name)}」的项。已知：{names}。", $"There is nothing called “{Short(name)}” here. Known: {names}."))
        {
            Where = name,
            Action = closest is null ? new("请删去它，或改正名称。", "Remove it or correct its name.") : new($"是否指「{closest}」？", $"Did you mean “{closest}”?"),
        };
    }

    public static Failure InputRule(string where, LocalizedText what) =>
        new("IB2022", new($"「{Short(where)}」不符合要求：{what.Zh}。", $"“{Short(where)}” does not fit: it {what.En}.")) { Where = where };

    public static Failure BadCron(string expression, string detail) =>
        new("IB2120", new($"cron 表达式「{Short(expression)}」无效：{detail}", $"The cron expression “{Short(expression)}” is invalid: {detail}"))
        { Where = "cronExpression", Action = new("请写六段：秒 分 时 日 月 星期，按 UTC，例如 0 0 6 * * *。", "Write six fields: second, minute, hour, day, month, weekday, in UTC, such as 0 0 6 * * *.") };

    public static Failure CronNever(string expression) =>
        new("IB2121", new($"cron 表达式「{Short(expression)}」不再有任何时刻。", $"The cron expression “{Short(expression)}” has no time left.")) { Where = "cronExpression" };

    public static Failure UnknownState(string name) => new("IB2122", new($"状态机没有状态「{Short(name)}」。", $"The state machine has no state “{Short(name)}”.")) { Where = "initialState" };

    public static Failure NoRequest() =>
        new("IB2123", new("当前没有等待应答的 HTTP 请求。", "There is no HTTP request to answer.")) { Action = new("请在 HttpEndpoint 之后、流程再次等待之前写应答。", "Answer after an HttpEndpoint, before the run waits again.") };

    public static Failure BadUrl(string url) => new("IB2126", new($"「{Short(url)}」不是 http 或 https 的完整地址。", $"“{Short(url)}” is no absolute address of http or https.")) { Where = "url" };

    public static Failure NoSaga() => new("IB2127", new("Compensate 不在 Saga 之内。", "Compensate is not within a Saga.")) { Action = new("请把它放进 Saga 的主体。", "Put it into the body of a Saga.") };

    public static Failure NoPinnedVersion(string id) =>
        new("IB2128", new($"子场景「{Short(id)}」没有指定版本。", $"No version of the sub-scenario “{Short(id)}” is given.")) { Where = "scenarioVersion", Action = new("请指定一个已发布的版本。", "Give a published version.") };

    public static Failure VersionMissing(string id, int version) =>
        new("IB2129", new($"没有场景「{Short(id)}」的版本 {version}。", $"There is no version {version} of the scenario “{Short(id)}”.")) { Where = "scenarioVersion" };

    public static Failure ChildFailed(string runId) => new("IB2130", new($"子场景的运行 {Short(runId)} 没有正常结束。", $"The run {Short(runId)} of the sub-scenario did not end as intended."));

    public static Failure NotBroken(string step) =>
        new("IB3084", new($"步骤「{Short(step)}」没有出错。", $"The step “{Short(step)}” did not break."))
        { Where = "steps", Action = new("GET /api/v1/runs/{id} 的 incidents 列出出错的步骤。", "incidents of GET /api/v1/runs/{id} name those that did.") };

    public static Failure CannotRetry(string node) =>
        new("IB3085", new($"步骤「{Short(node)}」不能单独重试。", $"The step “{Short(node)}” cannot be tried again by itself.")) { Where = node, Action = new("请跳过它。", "Skip it.") };

    public static Failure CannotSkip(string node) =>
        new("IB3085", new($"步骤「{Short(node)}」已经完成，出错的是它之后的流转，不能跳过。", $"The step “{Short(node)}” is done; what broke is how the run goes on from it, which cannot be skipped."))
        { Where = node, Action = new("请重试，或换到改正后的版本。", "Retry it, or move the run to a version that is mended.") };

    public static Failure OutputUnknown(string name, IReadOnlyList<string> known) =>
        new("IB3086", new($"步骤没有输出「{Short(name)}」。已知：{Short(string.Join("、", known))}。", $"The step has no output “{Short(name)}”. Known: {Short(string.Join(", ", known))}.")) { Where = $"outputs.{Short(name)}" };

    public static Failure OutputUnfit(string name, LocalizedText why) =>
        new("IB3086", new($"输出「{Short(name)}」的值不适用：{why.Zh}", $"The value of the output “{Short(name)}” does not fit: {why.En}")) { Where = $"outputs.{Short(name)}" };

    public static Failure NodeMissing(string node) =>
        new("IB3087", new($"运行所处的活动「{Short(node)}」在该版本中不存在，或不止一个。", $"The run stands in the activity “{Short(node)}”, which the version does not have, or has several of."))
        { Where = node, Action = new("请在 nodes 中给出它对应的活动，例如 {\"旧标识\":\"新标识\"}。", "Say in nodes which activity it is there, such as {\"old\":\"new\"}.") };

    public static Failure NodeDiffers(string node, string type, string found) =>
        new("IB3088", new($"活动「{Short(node)}」的类型是 {Short(type)}，在该版本中是 {Short(found)}。", $"The activity “{Short(node)}” is {Short(type)}; in the version it is {Short(found)}.")) { Where = node, Action = new("请改用类型相同的活动。", "Name an activity of the same type.") };

    public static Failure NodeElsewhere(string node) =>
        new("IB3088", new($"活动「{Short(node)}」在该版本中处于另一个容器内。", $"The activity “{Short(node)}” stands within another container in the version.")) { Where = node, Action = new("请在新版本中保留外层结构。", "Keep what is around it in the version.") };

    public static Failure VariableUnfit(string name, string where, LocalizedText why) =>
        new("IB3089", new($"变量「{Short(name)}」的值不适用于该版本的类型：{why.Zh}", $"The value of the variable “{Short(name)}” does not fit its type in the version: {why.En}")) { Where = where.Length > 0 ? where : name };

    public static Failure TookTooLong(TimeSpan limit) =>
        new("IB3090", new($"步骤超过了时限 {limit:c}。", $"The step took longer than {limit:c}.")) { Action = new("请检查它所等待的系统，或放宽时限。", "Look at what it waits for, or give it more time."), IsTransient = true };

    private static string Short(string text) => text.Length <= 200 ? text : string.Concat(text.AsSpan(0, 200), "…");
}
