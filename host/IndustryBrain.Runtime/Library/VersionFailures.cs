using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Library;

/// <summary>What versions and environments refuse, IB3120 to IB3129 and IB3161.</summary>
internal static class VersionFailures
{
    /// <summary>Code of <see cref="NotLive"/>.</summary>
    public const string NotLiveCode = "IB3121";

    /// <summary>IB3120: the version that was in production was retracted.</summary>
    public static Failure Retracted(string definitionId, Retraction retraction) =>
        new("IB3120", new(
            $"应用场景「{Short(definitionId)}」的版本 {retraction.Version} 已撤回，不再启动新的运行。",
            $"Version {retraction.Version} of the scenario “{Short(definitionId)}” was retracted: it starts no new runs."))
        { Where = "definitionId", Action = new("请发布该版本或另一个版本。", "Publish this version or another one.") };

    /// <summary>IB3121: no version of the scenario is live in the environment.</summary>
    public static Failure NotLive(string definitionId, string environment) =>
        new(NotLiveCode, new($"{EnvironmentText.Of(environment).Zh}中没有应用场景「{Short(definitionId)}」的版本。", $"No version of the scenario “{Short(definitionId)}” is live in the {environment} environment."))
        { Where = "environment", Action = new("请先把一个版本发布到该环境。", "Publish a version there first.") };

    /// <summary>IB3122: no such environment.</summary>
    public static Failure NoEnvironment(string name) =>
        new("IB3122", new($"没有环境「{Short(name)}」。", $"There is no environment “{Short(name)}”.")) { Where = "environment", Action = new("可用：test、production。", "There are test and production.") };

    /// <summary>IB3123: no such version of the scenario.</summary>
    public static Failure NoVersion(string definitionId, string version) =>
        new("IB3123", new($"应用场景「{Short(definitionId)}」没有版本「{Short(version)}」。", $"The scenario “{Short(definitionId)}” has no version “{Short(version)}”."))
        { Where = "version", Action = new("GET /api/v1/scenarios/{id}/versions 列出各版本。", "GET /api/v1/scenarios/{id}/versions lists them.") };

    /// <summary>IB3124: another version is in test than the one that was to be promoted.</summary>
    public static Failure NotTheTested(string definitionId, int version) =>
        new("IB3124", new($"应用场景「{Short(definitionId)}」在测试环境中的是版本 {version}，与要提升的不同。", $"Version {version} of the scenario “{Short(definitionId)}” is in test, which is not the one to be promoted."))
        { Where = "version", Action = new("请刷新后确认要提升的版本。", "Look again at which version is to be promoted."), IsTransient = true };

    /// <summary>IB3125: there is a draft that would be lost.</summary>
    public static Failure DraftInTheWay(string definitionId, int draft) =>
        new("IB3125", new($"应用场景「{Short(definitionId)}」已有内容不同的草稿 {draft}，恢复会取代它。", $"The scenario “{Short(definitionId)}” has draft {draft} with other content, which restoring would replace."))
        { Where = "replaceDraft", Action = new("请先导出或发布该草稿，或确认取代（replaceDraft）。", "Export or publish the draft first, or confirm with replaceDraft.") };

    /// <summary>IB3126: the stored document is not the one that was published.</summary>
    public static Failure DigestDiffers(string definitionId, int version) =>
        new("IB3126", new($"应用场景「{Short(definitionId)}」版本 {version} 的内容与发布时的摘要不符。", $"The document of version {version} of the scenario “{Short(definitionId)}” does not have the digest that it was published with."))
        { Where = "version", Action = new("数据库中的内容被改动过；请从备份恢复，或导入并发布新版本。", "It was changed in the database; restore it from a backup, or import and publish it anew.") };

    /// <summary>IB3127: the environment's parameter is no input of the scenario.</summary>
    public static Failure NoSuchParameter(string name, IEnumerable<string> declared) =>
        new("IB3127", new($"应用场景没有名为「{Short(name)}」的输入。", $"The scenario has no input “{Short(name)}”."))
        { Where = Short(name), Action = new($"可设参数的输入：{Short(string.Join("、", declared))}。", $"Inputs that may be set are: {Short(string.Join(", ", declared))}.") };

    /// <summary>IB3128: the triggers of production are always on.</summary>
    public static Failure AlwaysOn() =>
        new("IB3128", new("生产环境中的触发始终开启。", "Triggers of production are always on.")) { Where = "startsByItself", Action = new("如需停止，请撤回该版本。", "To stop them, retract the version.") };

    /// <summary>IB3161: somebody else set the parameters of the environment at the same time.</summary>
    public static Failure ParametersChangedMeanwhile(string definitionId, string environment) =>
        new("IB3161", new($"应用场景「{Short(definitionId)}」在{EnvironmentText.Of(environment).Zh}的参数刚被他人修改。", $"The parameters of the scenario “{Short(definitionId)}” in the {environment} environment were changed by somebody else at the same time."))
        { Where = "revision", Action = new("请查看现状后重试。", "Look at them and try again.") };

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
