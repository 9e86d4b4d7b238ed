using IndustryBrain.Sdk;

namespace IndustryBrain.Identity.Providers;

/// <summary>The failures of signing in with a provider, IB4100 to IB4109.</summary>
internal static class ProviderFailures
{
    internal static Failure Unreachable { get; } = new("IB4100", new("登录提供方没有应答。", "The sign-in provider does not answer."))
    { Action = new("请稍后重试，或用账号和密码登录。", "Try again later, or sign in with user name and password."), IsTransient = true };

    internal static Failure AnswerRefused { get; } = new("IB4101", new("登录提供方的答复无效、已用过或已过期。", "The answer of the sign-in provider is not valid, was used, or is too old."))
    { Action = new("请重新登录。", "Sign in again.") };

    internal static Failure PersonUnknown { get; } = new("IB4102", new("您在登录提供方的身份未关联到此处的账号。", "Nobody here is linked with whom the provider says you are."))
    { Action = new("请先用账号和密码登录，再在「我的账号」中关联；没有账号时请联系管理员。", "Sign in with user name and password and link the provider in “My account”; without an account, ask an administrator.") };

    internal static Failure NothingGranted { get; } = new("IB4103", new("登录提供方没有给予您任何组织的角色。", "What the provider says about you gives no role in any organization."))
    { Action = new("请联系管理员。", "Ask an administrator.") };

    internal static Failure UserNameUsed { get; } = new("IB4104", new("此处已有同名账号，不能据此自动关联。", "There is an account of the same name, which is no reason to let you have it."))
    { Action = new("如果是您的账号，请用密码登录后在「我的账号」中关联；否则请联系管理员。", "If it is yours, sign in with its password and link the provider in “My account”; if not, ask an administrator.") };

    internal static Failure LinkedToOther { get; } = new("IB4105", new("此身份已关联到另一个账号，或您的账号已关联到另一个身份。", "This identity is linked with another account, or your account with another identity."))
    { Action = new("请先取消原有关联。", "Unlink the other first.") };

    internal static Failure LastWayIn { get; } = new("IB4106", new("这是您登录的唯一方式，不能移除。", "This is your only way to sign in."))
    { Action = new("请先添加通行密钥或另一种登录方式。", "Add a passkey or another way first.") };

    internal static Failure AccountDisabled { get; } = new("IB4107", new("此账号已停用。", "This account is disabled."))
    { Action = new("请联系安全管理员。", "Ask the security administrator.") };

    internal static Failure ProviderUnknown(string id) => new("IB4108", new($"没有登录提供方「{id}」。", $"There is no sign-in provider “{id}”.")) { Where = id };

    internal static Failure NotAgain { get; } = new("IB4109", new("登录提供方没有确认您刚刚重新登录，或确认的不是您。", "The provider does not say that it was you who just signed in again."))
    { Action = new("请重试。", "Try again.") };

    /// <summary>The failure of a code that came back in an address; null for any other text.</summary>
    internal static Failure? Of(string? code) => new[] { Unreachable, AnswerRefused, PersonUnknown, NothingGranted, UserNameUsed, LinkedToOther, LastWayIn, AccountDisabled, NotAgain }.FirstOrDefault(f => f.Code == code);
}
