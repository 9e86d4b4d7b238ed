using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Secrets;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Texts;

/// <summary>Words of secrets.</summary>
internal static class SecretText
{
    internal static readonly LocalizedText Secrets = new("机密", "Secrets");
    internal static readonly LocalizedText None = new("本组织还没有机密。插件、场景与连接用到的密码和令牌保存在这里。", "The organization has no secrets yet. Passwords and tokens that plugins, scenarios and connections use are kept here.");
    internal static readonly LocalizedText New = new("保存机密", "Store a secret");
    internal static readonly LocalizedText Rotating = new("轮换 {0}", "Rotate {0}");
    internal static readonly LocalizedText What = new("值加密保存，之后不再显示。轮换后旧值立即失效。场景以 ${secret:名称} 引用名为 scenario.名称 的机密。", "A value is kept encrypted and never shown again. After a rotation the old one is used nowhere. Scenarios refer by ${secret:name} to the secret scenario.name.");
    internal static readonly LocalizedText Description = new("用途", "What it is for");
    internal static readonly LocalizedText Environment = new("环境", "Environment");
    internal static readonly LocalizedText Value = new("值", "Value");
    internal static readonly LocalizedText ChangedAt = new("设置时间", "Set");
    internal static readonly LocalizedText UsedBy = new("使用者", "Used by");
    internal static readonly LocalizedText Store = new("保存", "Store");
    internal static readonly LocalizedText Delete = new("删除", "Delete");
    private static readonly LocalizedText Everywhere = new("所有环境", "All");
    private static readonly LocalizedText Plugin = new("插件", "Plugin");
    private static readonly LocalizedText Scenario = new("场景", "Scenario");
    private static readonly LocalizedText Connection = new("连接", "Connection");

    internal static LocalizedText EnvironmentOf(string? environment) => environment is null ? Everywhere : EnvironmentText.Of(environment);

    internal static LocalizedText KindOf(SecretUser user) => user.Kind switch { "plugin" => Plugin, "scenario" => Scenario, _ => Connection };

    internal static string? AddressOf(SecretUser user) => user.Kind switch
    {
        "plugin" => $"/plugins/{Uri.EscapeDataString(user.Id)}",
        "scenario" => $"/scenarios/{Uri.EscapeDataString(user.Id)}/versions",
        _ => "/connections",
    };
}
