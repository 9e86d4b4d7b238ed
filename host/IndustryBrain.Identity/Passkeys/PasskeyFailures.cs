using IndustryBrain.Sdk;

namespace IndustryBrain.Identity.Passkeys;

/// <summary>The failures of passkeys, IB4110 to IB4114.</summary>
internal static class PasskeyFailures
{
    internal static Failure Refused { get; } = new("IB4110", new("通行密钥未通过验证。", "The passkey was not accepted."))
    { Action = new("请重试，或用账号和密码登录。", "Try again, or sign in with user name and password.") };

    internal static Failure Expired { get; } = new("IB4111", new("此步骤已过期或已用过。", "This step is too old, or was used."))
    { Action = new("请重新打开页面后再试。", "Open the page again, then try.") };

    internal static Failure TooMany(int most) => new("IB4112", new($"您的通行密钥已达 {most} 个。", $"You have as many passkeys as may be: {most}."))
    { Where = "SignIn:MaxPasskeys", Action = new("请先移除不再使用的通行密钥。", "Remove those that you do not use.") };

    internal static Failure LastFactor { get; } = new("IB4113", new("您的角色须有第二重验证，这是最后一个。", "Your role needs a second factor, and this is your last."))
    { Action = new("请先设置动态码或添加另一个通行密钥。", "Set up an authenticator or add another passkey first.") };

    internal static Failure Unknown { get; } = new("IB4114", new("没有这个通行密钥。", "There is no such passkey."));
}
