using IndustryBrain.Identity.Approvals;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Texts;

/// <summary>Words of people, keys, the organization and approvals.</summary>
internal static class AccessText
{
    internal static readonly LocalizedText Platform = new("平台", "Platform");
    internal static readonly LocalizedText People = new("人员", "People");
    internal static readonly LocalizedText Members = new("成员", "Members");
    internal static readonly LocalizedText NoMembers = new("本组织还没有成员；本机用户代表所有人。", "The organization has no members yet; the local user stands for everybody.");
    internal static readonly LocalizedText Name = new("名称", "Name");
    internal static readonly LocalizedText UserName = new("账号", "User name");
    internal static readonly LocalizedText Roles = new("角色", "Roles");
    internal static readonly LocalizedText Since = new("加入时间", "Since");
    internal static readonly LocalizedText Suspended = new("已停用", "Suspended");
    internal static readonly LocalizedText Suspend = new("停用", "Suspend");
    internal static readonly LocalizedText Resume = new("恢复", "Resume");
    internal static readonly LocalizedText Remove = new("移出", "Remove");
    internal static readonly LocalizedText ChangeRoles = new("修改角色", "Change roles");
    internal static readonly LocalizedText RolesOf = new("{0} 的角色", "Roles of {0}");
    internal static readonly LocalizedText Save = new("保存", "Save");
    internal static readonly LocalizedText Cancel = new("取消", "Cancel");
    internal static readonly LocalizedText Confirm = new("确认{0}？", "{0}: sure?");
    internal static readonly LocalizedText Invite = new("邀请", "Invite");
    internal static readonly LocalizedText InviteWhat = new("邀请链接在限定时间内可使用一次：有账号的人登录后接受，没有账号的人随之建立账号。填写账号后只有该账号可以接受。", "A link can be used once, within its time: who has an account signs in and accepts, who has none makes one. With a user name, that account alone can accept it.");
    internal static readonly LocalizedText InviteFor = new("账号（可不填）", "User name (optional)");
    internal static readonly LocalizedText CodeOnce = new("邀请链接，只显示这一次：", "The invitation, shown this once:");
    internal static readonly LocalizedText ResetPassword = new("重置密码", "Reset password");
    internal static readonly LocalizedText ResetFactor = new("重置第二重验证", "Reset second factor");
    internal static readonly LocalizedText LinkOnce = new("设置新密码的链接，{0} 前可用一次，只显示这一次，请交给本人：", "Link to set a new password, for one use before {0}, shown this once; give it to its person:");
    internal static readonly LocalizedText LinkWaits = new("设置新密码的链接，只显示这一次；第二个人批准后才有效：", "Link to set a new password, shown this once; it holds when a second person has approved it:");
    internal static readonly LocalizedText Accounts = new("账号", "Accounts");
    internal static readonly LocalizedText AccountsWhat = new("重置与恢复须由另一位安全或系统管理员批准；停用立即生效。", "Another security or system administrator approves what resets or resumes; suspending takes effect at once.");
    internal static readonly LocalizedText AccountUsed = new("最近登录：{0}", "Last signed in: {0}");
    internal static readonly LocalizedText Find = new("查找", "Find");
    internal static readonly LocalizedText Invitations = new("待接受的邀请", "Open invitations");
    internal static readonly LocalizedText NoInvitations = new("没有待接受的邀请。", "No invitation is open.");
    internal static readonly LocalizedText Anybody = new("持码人", "Whoever has the code");
    internal static readonly LocalizedText Withdraw = new("撤回", "Withdraw");
    internal static readonly LocalizedText Until = new("有效至", "Until");

    internal static readonly LocalizedText Keys = new("API 密钥", "API keys");
    internal static readonly LocalizedText NoKeys = new("本组织还没有密钥。", "The organization has no keys yet.");
    internal static readonly LocalizedText NewKey = new("新建密钥", "New key");
    internal static readonly LocalizedText KeyOnce = new("密钥，只显示这一次：", "The key, shown this once:");
    internal static readonly LocalizedText Days = new("有效天数", "Days");
    internal static readonly LocalizedText Holder = new("持有者", "Holder");
    internal static readonly LocalizedText HolderSelf = new("本人", "Myself");
    internal static readonly LocalizedText OfOrganization = new("组织", "Organization");
    internal static readonly LocalizedText Bootstrap = new("首次启动", "First start");
    internal static readonly LocalizedText Permissions = new("权限", "Permissions");
    internal static readonly LocalizedText PermissionCount = new("{0} 项", "{0}");
    internal static readonly LocalizedText LastUsed = new("最近使用", "Last used");
    internal static readonly LocalizedText Never = new("从未", "Never");
    internal static readonly LocalizedText NoEnd = new("无期限", "No end");
    internal static readonly LocalizedText Rotate = new("轮换", "Rotate");
    internal static readonly LocalizedText Revoke = new("吊销", "Revoke");
    internal static readonly LocalizedText ServiceAccounts = new("服务账号", "Service accounts");
    internal static readonly LocalizedText ServiceAccountsWhat = new("机器、网关或流水线：有角色和密钥，不能登录。", "Machines, gateways, pipelines: they have roles and keys, and cannot sign in.");
    internal static readonly LocalizedText NewServiceAccount = new("新建服务账号", "New service account");
    internal static readonly LocalizedText Close = new("关闭", "Close");
    internal static readonly LocalizedText Closed = new("已关闭", "Closed");

    internal static readonly LocalizedText Organization = new("组织", "Organization");
    internal static readonly LocalizedText Id = new("标识", "Id");
    internal static readonly LocalizedText Kind = new("类型", "Kind");
    internal static readonly LocalizedText Rename = new("改名", "Rename");
    internal static readonly LocalizedText Transfer = new("移交所有权", "Hand over");
    internal static readonly LocalizedText TransferWhat = new("另一位成员成为所有者，您转为编排者。", "Another member becomes owner; you stay as builder.");
    internal static readonly LocalizedText TransferTo = new("移交给", "To");
    internal static readonly LocalizedText Leave = new("退出组织", "Leave");
    internal static readonly LocalizedText LeaveWhat = new("您的密钥随之吊销。最后一位所有者不能退出。", "Your keys are revoked with it. The last owner cannot leave.");
    internal static readonly LocalizedText Delete = new("删除组织", "Delete");
    internal static readonly LocalizedText DeleteWhat = new("冷静期内可以撤回，期满后数据删除。有两位所有者时须由另一位批准。", "It can be taken back while the cooling-off lasts; then its data is deleted. Where there are two owners, the other has to approve it.");
    internal static readonly LocalizedText DeletesAt = new("将于 {0} 删除。", "It will be deleted on {0}.");
    internal static readonly LocalizedText Keep = new("撤回删除", "Take it back");

    internal static readonly LocalizedText Approvals = new("审批", "Approvals");
    internal static readonly LocalizedText ApprovalsEmpty = new("没有提案。放宽权限或删除组织的操作会在这里等待第二个人批准。", "No proposals. What loosens rights or deletes the organization waits here for a second person.");
    internal static readonly LocalizedText About = new("内容", "About");
    internal static readonly LocalizedText ProposedBy = new("提交人", "Proposed by");
    internal static readonly LocalizedText Decided = new("决定", "Decided");
    internal static readonly LocalizedText Approve = new("批准", "Approve");
    internal static readonly LocalizedText Reject = new("驳回", "Reject");

    private static readonly Dictionary<string, LocalizedText> RoleNames = new(StringComparer.Ordinal)
    {
        [Role.Owner] = new("所有者", "Owner"),
        [Role.Builder] = new("编排者", "Builder"),
        [Role.Runner] = new("运行员", "Runner"),
        [Role.Viewer] = new("查看者", "Viewer"),
        [Role.Developer] = new("插件开发者", "Developer"),
        [Role.Finance] = new("财务", "Finance"),
        [Role.SystemAdministrator] = new("系统管理员", "System administrator"),
        [Role.SecurityAdministrator] = new("安全管理员", "Security administrator"),
        [Role.AuditAdministrator] = new("审计管理员", "Audit administrator"),
    };

    internal static string RoleOf(string role) => RoleNames.TryGetValue(role, out var name) ? name.ToString() : role;

    internal static string RolesOfAll(IEnumerable<string> roles) => string.Join(" · ", roles.Select(RoleOf));

    internal static LocalizedText KindOf(OrganizationKind kind) => kind switch
    {
        OrganizationKind.Platform => new("平台", "Platform"),
        OrganizationKind.Enterprise => new("企业", "Enterprise"),
        OrganizationKind.Vendor => new("供应商", "Vendor"),
        OrganizationKind.Operator => new("大脑运营方", "Brain operator"),
        _ => new("政府机构", "Government body"),
    };

    internal static (LocalizedText Word, string Tone) StateOf(OrganizationState state) => state switch
    {
        OrganizationState.Active => (new("使用中", "Active"), "success"),
        OrganizationState.Suspended => (new("已停用", "Suspended"), "error"),
        OrganizationState.Leaving => (new("待删除", "To be deleted"), "warning"),
        _ => (new("已删除", "Deleted"), "neutral"),
    };

    internal static (LocalizedText Word, string Tone) StateOf(ApiKeyState state) => state switch
    {
        ApiKeyState.Valid => (new("有效", "Valid"), "success"),
        ApiKeyState.Expired => (new("已过期", "Expired"), "neutral"),
        _ => (new("已吊销", "Revoked"), "neutral"),
    };

    internal static (LocalizedText Word, string Tone) StateOf(ApprovalState state) => state switch
    {
        ApprovalState.Open => (new("待批准", "Waiting"), "warning"),
        ApprovalState.Approved => (new("执行中", "Being done"), "info"),
        ApprovalState.Done => (new("已执行", "Done"), "success"),
        ApprovalState.Failed => (new("执行失败", "Failed"), "error"),
        ApprovalState.Rejected => (new("已驳回", "Rejected"), "neutral"),
        _ => (new("已作废", "Void"), "neutral"),
    };
}
