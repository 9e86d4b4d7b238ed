using IndustryBrain.Identity.Roles;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Texts;

/// <summary>Words of sign-in, set-up and one's own account.</summary>
internal static class AccountText
{
    internal static readonly LocalizedText SignIn = new("登录", "Sign in");
    internal static readonly LocalizedText SignOut = new("退出登录", "Sign out");
    internal static readonly LocalizedText UserName = new("账号", "User name");
    internal static readonly LocalizedText Name = new("姓名", "Name");
    internal static readonly LocalizedText Password = new("密码", "Password");
    internal static readonly LocalizedText PasswordAgain = new("再次输入密码", "Password again");
    internal static readonly LocalizedText Code = new("动态码或恢复码", "Code or recovery code");
    internal static readonly LocalizedText CodeOnly = new("动态码", "Code");
    internal static readonly LocalizedText CodeWhat = new("打开验证器应用，输入 6 位动态码；没有手机时可用恢复码。", "Open your authenticator and enter its six digits; without your phone, a recovery code.");
    internal static readonly LocalizedText LockNote = new("{0} 分钟内输错 {1} 次会锁定 {2} 分钟。", "{1} wrong attempts within {0} minutes lock the user name for {2} minutes.");
    internal static readonly LocalizedText Claim = new("一地创新，全市共享", "Made once, shared by the whole city");
    internal static readonly LocalizedText ClaimWhat = new("把价格研判、排产、质量、碳足迹这些能力组合成场景，用自己的数据运行，每一步都看得见、查得到。", "Wire price outlooks, scheduling, quality and carbon footprints into scenarios, run them on your own data, and see every step.");
    internal static readonly LocalizedText DemoTitle = new("开发环境：选一个人登录", "Development: be one of these");
    internal static readonly LocalizedText DemoWhat = new("只在 Development 环境、只从本机可用，不需要密码。", "In Development only, and from this machine only; no password.");
    internal static readonly LocalizedText BeLocal = new("不登录，作为本机用户继续", "Go on without an account, as the local person");
    internal static readonly LocalizedText LocalPerson = new("本机用户（未登录）", "Local person, not signed in");
    internal static readonly LocalizedText SignInAs = new("登录为…", "Sign in as…");
    internal static readonly LocalizedText Account = new("我的账号", "My account");
    internal static readonly LocalizedText PersonMenu = new("个人菜单：{0}", "Your menu: {0}");
    internal static readonly LocalizedText Organizations = new("组织", "Organizations");
    internal static readonly LocalizedText ActFor = new("切换到 {0}", "Switch to {0}");
    internal static readonly LocalizedText Here = new("当前", "Current");
    internal static readonly LocalizedText Sessions = new("登录会话", "Sessions");
    internal static readonly LocalizedText Device = new("设备", "Device");
    internal static readonly LocalizedText Address = new("地址", "Address");
    internal static readonly LocalizedText Since = new("登录时间", "Signed in");
    internal static readonly LocalizedText Seen = new("最近活动", "Last active");
    internal static readonly LocalizedText ThisDevice = new("本次会话", "This one");
    internal static readonly LocalizedText EndSession = new("结束会话", "End session");
    internal static readonly LocalizedText EndOthers = new("结束其他全部会话", "End all others");
    internal static readonly LocalizedText ChangePassword = new("修改密码", "Change password");
    internal static readonly LocalizedText PresentPassword = new("当前密码", "Present password");
    internal static readonly LocalizedText NewPassword = new("新密码", "New password");
    internal static readonly LocalizedText PasswordOld = new("您的密码已过期，修改后才能打开其他页面。", "Your password is too old: change it before anything else opens.");
    internal static readonly LocalizedText Reset = new("设置新密码", "Set a new password");
    internal static readonly LocalizedText ResetDone = new("密码已设置，原有会话已结束。请登录。", "Your password is set and your sessions have ended. Sign in with it.");
    internal static readonly LocalizedText Join = new("加入组织", "Join an organization");
    internal static readonly LocalizedText JoinCode = new("邀请码", "Invitation code");
    internal static readonly LocalizedText JoinOpen = new("查看邀请", "Open it");
    internal static readonly LocalizedText JoinWhat = new("{0} 邀请您加入「{1}」，角色：{2}。", "{0} invites you into “{1}” as {2}.");
    internal static readonly LocalizedText JoinFor = new("此邀请只给账号「{0}」。", "It is for the user name “{0}” alone.");
    internal static readonly LocalizedText JoinAs = new("以 {0} 的身份加入", "Join as {0}");
    internal static readonly LocalizedText JoinHave = new("已有账号？登录后加入", "You have an account? Sign in to join");
    internal static readonly LocalizedText JoinNew = new("没有账号：新建并加入", "No account yet: make one and join");
    internal static readonly LocalizedText PasswordChanged = new("密码已修改，其他会话已结束。", "The password was changed; your other sessions have ended.");
    internal static readonly LocalizedText PasswordHint = new("至少 {0} 个字符。", "At least {0} characters.");
    internal static readonly LocalizedText PasswordKindsHint = new("至少 {0} 个字符，含大写、小写、数字、符号中的三种。", "At least {0} characters, with three of: capitals, small letters, digits, other characters.");
    internal static readonly LocalizedText Factor = new("第二重验证", "Second factor");
    internal static readonly LocalizedText FactorOn = new("已启用动态码，剩余 {0} 个恢复码。", "An authenticator is set up; {0} recovery codes are left.");
    internal static readonly LocalizedText FactorOff = new("尚未设置。", "Not set up yet.");
    internal static readonly LocalizedText FactorSetUp = new("设置动态码", "Set up an authenticator");
    internal static readonly LocalizedText FactorNeeded = new("您的角色须设置第二重验证，之后才能打开其他页面。", "Your role needs a second factor before anything else opens.");
    internal static readonly LocalizedText FactorScan = new("用验证器应用扫描二维码，或手工输入密钥，然后输入它显示的 6 位动态码。", "Scan the picture with an authenticator app, or type the key, then enter the six digits that it shows.");
    internal static readonly LocalizedText FactorPicture = new("验证器二维码", "Picture for the authenticator");
    internal static readonly LocalizedText FactorSecret = new("密钥", "Key");
    internal static readonly LocalizedText FactorConfirm = new("启用动态码", "Turn it on");
    internal static readonly LocalizedText RenewCodes = new("重新生成恢复码", "Make new recovery codes");
    internal static readonly LocalizedText RecoveryTitle = new("保存恢复码", "Keep your recovery codes");
    internal static readonly LocalizedText RecoveryWhat = new("每个恢复码只能用一次，此页关闭后不再显示。请打印或抄写后妥善保管。", "Each serves once, and they are not shown again. Print them or write them down.");
    internal static readonly LocalizedText GoOn = new("已保存，继续", "Kept; go on");
    internal static readonly LocalizedText Confirm = new("请再次输入密码", "Your password again");
    internal static readonly LocalizedText ConfirmWhat = new("此操作较敏感，须确认是您本人。", "This is a sensitive action: show that it is you.");
    internal static readonly LocalizedText ConfirmDo = new("确认", "Confirm password");
    internal static readonly LocalizedText ConfirmWith = new("用「{0}」确认", "Confirm with {0}");
    internal static readonly LocalizedText SignInWith = new("用「{0}」登录", "Sign in with {0}");
    internal static readonly LocalizedText Providers = new("其他登录方式", "Other ways to sign in");
    internal static readonly LocalizedText Ways = new("登录方式", "Ways to sign in");
    internal static readonly LocalizedText WaysNow = new("已设置：{0}", "In use: {0}");
    internal static readonly LocalizedText WaysChange = new("管理登录方式", "Change them");
    internal static readonly LocalizedText Passkeys = new("通行密钥", "Passkeys");
    internal static readonly LocalizedText PasskeysWhat = new("由本机、手机或安全密钥保管，用指纹、面容或 PIN 解锁，同时满足两重验证。", "Kept by this device, a phone or a security key and unlocked by finger, face or PIN; it stands for both factors.");
    internal static readonly LocalizedText PasskeysNone = new("还没有通行密钥。", "No passkeys yet.");
    internal static readonly LocalizedText PasskeysElsewhere = new("通行密钥只能在以域名（https）或 localhost 打开的页面上使用。", "Passkeys work where the page was opened under a name over https, or as localhost.");
    internal static readonly LocalizedText PasskeyName = new("名称（例如：办公室电脑）", "Name, such as: office computer");
    internal static readonly LocalizedText PasskeyLabel = new("名称", "Name");
    internal static readonly LocalizedText RemoveOf = new("移除 {0}", "Remove {0}");
    internal static readonly LocalizedText PasskeyAdd = new("添加通行密钥", "Add a passkey");
    internal static readonly LocalizedText PasskeySignIn = new("用通行密钥登录", "Sign in with a passkey");
    internal static readonly LocalizedText PasskeyConfirm = new("用通行密钥确认", "Confirm with a passkey");
    internal static readonly LocalizedText PasskeyNone = new("浏览器没有给出通行密钥：已取消、已超时，或此设备上没有。", "The browser gave no passkey: it was turned down, took too long, or there is none here.");
    internal static readonly LocalizedText LastUsed = new("最近使用", "Last used");
    internal static readonly LocalizedText Remove = new("移除", "Remove");
    internal static readonly LocalizedText Link = new("关联", "Link");
    internal static readonly LocalizedText Unlink = new("取消关联", "Unlink");
    internal static readonly LocalizedText LinkedAs = new("已关联：{0}", "Linked as {0}");
    internal static readonly LocalizedText NotLinked = new("未关联", "Not linked");
    internal static readonly LocalizedText SetUp = new("首次设置", "First set-up");
    internal static readonly LocalizedText SetUpWhat = new("平台没有全能账号：系统、安全、审计三个管理员由三个人担任，互不兼任。主机启动时打印了三个一次性链接，请当面交给三个人各自打开。", "There is no account that may do everything: three people are system, security and audit administrator. The host printed three one-time links when it started; give one to each of them.");
    internal static readonly LocalizedText SetUpHour = new("链接 24 小时内有效，只能用一次。重新启动主机会打印新的链接。", "A link is good for 24 hours and serves once. Starting the host again prints new ones.");
    internal static readonly LocalizedText SetUpMissing = new("未指定", "Nobody yet");
    internal static readonly LocalizedText SetUpThere = new("已激活", "In place");
    internal static readonly LocalizedText SetUpDo = new("成为{0}", "Become {0}");
    internal static readonly LocalizedText SetUpDone = new("您现在是{0}。", "You are the {0} now.");
    internal static readonly LocalizedText BackToWork = new("返回工作台", "Back to work");
    internal static readonly LocalizedText ToDark = new("深色", "Dark");
    internal static readonly LocalizedText ToLight = new("浅色", "Light");

    internal static LocalizedText RoleName(string role) => role switch
    {
        Role.Owner => new("所有者", "owner"),
        Role.Builder => new("编排者", "builder"),
        Role.Runner => new("运行员", "runner"),
        Role.Viewer => new("查看者", "viewer"),
        Role.Developer => new("供应商开发者", "vendor developer"),
        Role.Finance => new("财务", "finance"),
        Role.SystemAdministrator => new("系统管理员", "system administrator"),
        Role.SecurityAdministrator => new("安全管理员", "security administrator"),
        Role.AuditAdministrator => new("审计管理员", "audit administrator"),
        _ => new(role, role),
    };
}
