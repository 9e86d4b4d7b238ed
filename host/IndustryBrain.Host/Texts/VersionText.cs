using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Scenarios.Definitions.Comparing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Texts;

/// <summary>The words of the page of versions.</summary>
internal static class VersionText
{
    internal static readonly LocalizedText Versions = new("版本", "Versions");
    internal static readonly LocalizedText Where = new("在哪个环境", "Where versions are live");
    internal static readonly LocalizedText WhereWhat = new("草稿可以继续修改；发布后的版本不再改变。先在测试环境试用，再把同一个版本原样提升到生产环境。进行中的运行始终沿用开始时的版本。", "A draft goes on to change; a published version never does. Try it in test, then promote the very same version to production. Runs that go on keep the version they began with.");
    internal static readonly LocalizedText Draft = new("草稿", "Draft");
    internal static readonly LocalizedText Version = new("版本 {0}", "Version {0}");
    internal static readonly LocalizedText NoDraft = new("没有草稿", "No draft");
    internal static readonly LocalizedText NoneLive = new("没有版本", "No version");
    internal static readonly LocalizedText RetractedVersion = new("版本 {0} 已撤回，不再启动新的运行", "Version {0} was retracted; no new runs begin");
    internal static readonly LocalizedText ToTest = new("发布到测试", "Publish to test");
    internal static readonly LocalizedText ToProduction = new("发布到生产", "Publish to production");
    internal static readonly LocalizedText Promote = new("提升到生产", "Promote to production");
    internal static readonly LocalizedText Retract = new("撤回", "Retract");
    internal static readonly LocalizedText RetractAsk = new("撤回后{0}不再启动新的运行，触发也停止；进行中的运行会继续到结束。之后可以再次发布。", "{0} starts no new runs then, and triggers stop; runs that go on finish. It can be published again later.");
    internal static readonly LocalizedText RetractConfirm = new("撤回该版本", "Retract this version");
    internal static readonly LocalizedText TriggersOn = new("触发已开启", "Triggers on");
    internal static readonly LocalizedText TriggersOff = new("触发已关闭", "Triggers off");
    internal static readonly LocalizedText SwitchOn = new("开启触发", "Switch triggers on");
    internal static readonly LocalizedText SwitchOff = new("关闭触发", "Switch triggers off");
    internal static readonly LocalizedText RunHere = new("运行", "Run");
    internal static readonly LocalizedText Compare = new("比较", "Compare");
    internal static readonly LocalizedText From = new("较早的版本", "Earlier version");
    internal static readonly LocalizedText To = new("较晚的版本", "Later version");
    internal static readonly LocalizedText Same = new("两个版本没有差别。", "The two versions do not differ.");
    internal static readonly LocalizedText Steps = new("步骤", "Steps");
    internal static readonly LocalizedText Connections = new("连线", "Connections");
    internal static readonly LocalizedText Inputs = new("输入", "Inputs");
    internal static readonly LocalizedText Outputs = new("输出", "Outputs");
    internal static readonly LocalizedText Variables = new("变量", "Variables");
    internal static readonly LocalizedText Settings = new("其他设置", "Other settings");
    internal static readonly LocalizedText Field = new("字段", "Field");
    internal static readonly LocalizedText Before = new("原来", "Before");
    internal static readonly LocalizedText Now = new("现在", "Now");
    internal static readonly LocalizedText MovedFromTo = new("从 {0} 移到 {1}", "from {0} to {1}");
    internal static readonly LocalizedText All = new("全部版本", "All versions");
    internal static readonly LocalizedText Published = new("已发布", "Published");
    internal static readonly LocalizedText Retracted = new("已撤回", "Retracted");
    internal static readonly LocalizedText PublishedAt = new("发布时间", "Published");
    internal static readonly LocalizedText Digest = new("内容摘要", "Digest");
    internal static readonly LocalizedText RestoredFrom = new("恢复自版本 {0}", "restored from version {0}");
    internal static readonly LocalizedText Restore = new("恢复为草稿", "Restore as draft");
    internal static readonly LocalizedText RestoreAsk = new("草稿 {0} 的内容与版本 {1} 不同，恢复会取代它。", "Draft {0} has other content than version {1}; restoring replaces it.");
    internal static readonly LocalizedText RestoreConfirm = new("取代草稿", "Replace the draft");
    internal static readonly LocalizedText Cancel = new("取消", "Cancel");
    internal static readonly LocalizedText ParametersWhat = new("启动时没有给出的输入，取这里的值；只对此后的新运行起作用。密钥写作 ${secret:名称}。", "Inputs that a start does not bring take these values; they hold for runs that begin from now on. A secret is written ${secret:name}.");
    internal static readonly LocalizedText NoInputs = new("这个场景没有输入，不需要参数。", "The scenario has no inputs, so it needs no parameters.");
    internal static readonly LocalizedText RunsIn = new("在哪个环境运行", "Environment to run in");
    internal static readonly LocalizedText RunAlways = new("测试环境的运行会真正执行每一步，包括对外的请求。", "Runs in test really do what each step does, requests to the outside included.");

    internal static LocalizedText Of(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => new("新增", "Added"),
        ChangeKind.Removed => new("删除", "Removed"),
        ChangeKind.Moved => new("移动", "Moved"),
        _ => new("修改", "Changed"),
    };

    internal static string Tone(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "ib-tone-success",
        ChangeKind.Removed => "ib-tone-error",
        ChangeKind.Moved => "ib-tone-info",
        _ => "ib-tone-warning",
    };

    internal static LocalizedText Of(string environment) => EnvironmentText.Of(environment);

    internal static LocalizedText ParametersOf(string environment) => new($"{Of(environment).Zh}的参数", $"Parameters of {environment}");
}
