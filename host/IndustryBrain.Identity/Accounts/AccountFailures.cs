using IndustryBrain.Sdk;

namespace IndustryBrain.Identity.Accounts;

/// <summary>The failures of caring for accounts, IB4120 to IB4129.</summary>
internal static class AccountFailures
{
    internal static Failure BelongsElsewhere { get; } = new("IB4120", new("此人还属于其他组织，本组织不能单独重置其密码。", "They belong to other organizations, too: one alone does not reset their password."))
    { Action = new("请由安全管理员重置。", "Let a security administrator do it.") };

    internal static Failure LinkInvalid { get; } = new("IB4121", new("此链接无效、已使用、已过期或尚待批准。", "The link is not valid, was used, is too old, or waits to be approved."))
    { Action = new("请向管理员索取新的链接。", "Ask an administrator for another.") };

    internal static Failure Unknown(string userName) => new("IB4122", new($"没有账号「{userName}」。", $"There is no account “{userName}”.")) { Where = userName };

    internal static Failure NoFactor { get; } = new("IB4123", new("此账号没有第二重验证。", "The account has no second factor."));

    internal static Failure StateAlready(bool isDisabled) => new("IB4124", new(isDisabled ? "此账号已停用。" : "此账号未停用。", isDisabled ? "The account is disabled already." : "The account is not disabled."));

    internal static Failure NoPassword { get; } = new("IB4125", new("此人不用密码登录。", "They sign in without a password."))
    { Action = new("请用其登录提供方或通行密钥登录。", "They sign in with their provider or passkey.") };
}
