using IndustryBrain.Sdk;

namespace IndustryBrain.Identity.SignIn;

/// <summary>The failures of accounts and sign-in, IB4020 to IB4059.</summary>
internal static class SignInFailures
{
    internal static Failure SignInWrong { get; } = new("IB4020", new("账号或密码不正确。", "The user name or the password is not right."))
    { Action = new("请检查后重试。", "Check both and try again.") };

    internal static Failure Locked(int minutes) => new("IB4021", new($"多次未能登录，此账号锁定 {minutes} 分钟。", $"There were too many failed attempts; this user name is locked for {minutes} minutes."))
    { Action = new("请稍后再试。", "Try again later.") };

    internal static Failure TooManyAttempts { get; } = new("IB4022", new("来自此地址的登录尝试过多。", "There were too many attempts to sign in from this address."))
    { Action = new("请一分钟后再试。", "Try again in a minute."), IsTransient = true };

    internal static Failure CodeWrong { get; } = new("IB4023", new("动态码或恢复码不正确，或已经用过。", "The code is not right, or was used before."))
    { Action = new("请输入验证器上的下一个动态码，或一个未用过的恢复码。", "Enter the next code of your authenticator, or a recovery code that was not used.") };

    internal static Failure SignInExpired { get; } = new("IB4024", new("登录步骤已过期。", "This step of the sign-in is no longer valid."))
    { Action = new("请重新输入账号和密码。", "Enter user name and password again.") };

    internal static Failure NoOrganization { get; } = new("IB4025", new("此账号尚未加入任何组织。", "This account belongs to no organization yet."))
    { Action = new("请组织的所有者邀请您加入。", "Ask the owner of an organization to invite you.") };

    internal static Failure FactorKeyMissing(string file) => new("IB4026", new($"本机没有解密动态码所需的密钥「{file}」。", $"This host does not have the key that opens second factors, “{file}”."))
    { Where = file, Action = new("请从其他主机或备份复制 SignIn:Folder。", "Copy SignIn:Folder from another host or a backup.") };

    internal static Failure NameInvalid(int longest) => new("IB4027", new($"姓名须为 1–{longest} 个字符。", $"The name must have 1 to {longest} characters."))
    { Where = "name" };

    internal static Failure UserNameInvalid { get; } = new("IB4028", new("账号须为 2–64 个字母、数字或 -_.@+。", "A user name has 2 to 64 letters, digits or -_.@+."))
    { Where = "userName" };

    internal static Failure UserNameTaken { get; } = new("IB4029", new("此账号已被使用，或曾被使用。", "This user name is taken, or was."))
    { Where = "userName", Action = new("请换一个。", "Choose another.") };

    internal static Failure PasswordShort(int length) => new("IB4030", new($"密码至少 {length} 个字符。", $"A password has at least {length} characters.")) { Where = "password" };

    internal static Failure PasswordLong(int length) => new("IB4031", new($"密码最多 {length} 个字符。", $"A password has at most {length} characters.")) { Where = "password" };

    internal static Failure PasswordKinds { get; } = new("IB4032", new("密码须包含大写字母、小写字母、数字、符号中的三种。", "A password has three of: capital letters, small letters, digits, other characters.")) { Where = "password" };

    internal static Failure PasswordCommon { get; } = new("IB4033", new("这个密码太常见，容易被猜到。", "This password is common and would be guessed.")) { Where = "password", Action = new("请换一个，例如几个不相关的词。", "Choose another, such as a few words that do not belong together.") };

    internal static Failure PasswordWord(string word) => new("IB4034", new($"密码不能包含「{word}」。", $"The password must not contain “{word}”.")) { Where = "password" };

    internal static Failure PasswordUsed(int last) => new("IB4035", new($"不能使用最近 {last} 个密码之一。", $"The password was one of the last {last}.")) { Where = "password" };

    internal static Failure PasswordBreached { get; } = new("IB4036", new("这个密码出现在已泄露的密码中。", "This password is among those that leaked.")) { Where = "password", Action = new("请换一个。", "Choose another.") };

    internal static Failure PasswordWrong { get; } = new("IB4037", new("当前密码不正确。", "The present password is not right.")) { Where = "present" };

    internal static Failure PasswordsDiffer { get; } = new("IB4038", new("两次输入的密码不同。", "The two passwords differ.")) { Where = "again" };

    internal static Failure LinkInvalid { get; } = new("IB4039", new("链接无效、已使用或已过期。", "The link is not valid, was used, or is too old."))
    { Action = new("请重新启动主机，它会打印新的链接。", "Start the host again; it prints new ones.") };

    internal static Failure NotAMember(string organization) => new("IB4040", new($"您不属于组织「{organization}」。", $"You do not belong to the organization “{organization}”.")) { Where = organization };

    internal static Failure SessionNotFound { get; } = new("IB4041", new("没有这个登录会话，或它已结束。", "There is no such session, or it has ended."));

    internal static Failure ConfirmationNeeded { get; } = new("IB4042", new("此操作需要重新输入密码。", "This needs your password again."))
    { Action = new("请在 /account/confirm 确认后重试。", "Confirm at /account/confirm, then try again.") };

    internal static Failure FormExpired { get; } = new("IB4043", new("页面已过期。", "The page is too old."))
    { Action = new("请重新打开页面后再提交。", "Open the page again, then send it.") };

    internal static Failure FactorExists { get; } = new("IB4044", new("已经设置了动态码。", "A second factor is set up already."));
}
