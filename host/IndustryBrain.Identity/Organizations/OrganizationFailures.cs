using IndustryBrain.Sdk;

namespace IndustryBrain.Identity.Organizations;

/// <summary>The failures of organizations, people and invitations, IB4071 to IB4089.</summary>
internal static class OrganizationFailures
{
    internal static Failure IdInvalid { get; } = new("IB4071", new("组织标识须为 1–63 个小写字母、数字或连字符，首尾不是连字符。", "The id of an organization has 1 to 63 lower-case letters, digits and hyphens, and no hyphen at its ends.")) { Where = "id" };

    internal static Failure Taken(string name) => new("IB4072", new($"已有标识或名称与「{name}」相同或看起来相同的组织；用过的标识不再分配。", $"There is an organization whose id or name is, or reads like, “{name}”; an id is never given again."))
    { Where = name, Action = new("请另选一个。", "Choose another one.") };

    internal static Failure Unknown(string id) => new("IB4073", new($"没有组织 '{id}'。", $"There is no organization '{id}'.")) { Where = id };

    internal static Failure WrongState(OrganizationState state) => new("IB4074", new($"组织当前的状态（{state}）不允许此操作。", $"The organization is {state}, which does not allow this.")) { Where = "state" };

    internal static Failure RolesInvalid(string role) => new("IB4075", new($"'{role}' 不是此组织的角色，或没有给出角色。", $"'{role}' is no role of this organization, or no role was given."))
    { Where = "roles", Action = new("组织的角色：owner、builder、runner、viewer、developer、finance；平台的角色：system-administrator、security-administrator、audit-administrator。", "Roles of organizations: owner, builder, runner, viewer, developer, finance; of the platform: system-administrator, security-administrator, audit-administrator.") };

    internal static Failure NoMember(string person) => new("IB4076", new($"本组织没有成员 '{person}'。", $"The organization has no member '{person}'.")) { Where = person };

    internal static Failure LastHolder(string role) => new("IB4077", new($"不能让最后一个 {role} 离开、停用或失去该角色。", $"The last {role} cannot leave, be suspended or lose the role."))
    { Where = role, Action = new("请先把该角色交给另一个人。", "Give the role to another person first.") };

    internal static Failure Excluded(string person) => new("IB4078", new("三个管理员角色互斥，也不能与组织的角色同属一人。", "The three administrators' roles exclude each other, and no person has one beside a role of an organization."))
    { Where = person, Action = new("请由另一个人担任。", "Let another person have it.") };

    internal static Failure BeyondOwn(string role) => new("IB4079", new($"角色 {role} 的权限超出操作者自己的权限。", $"The role {role} may do more than whoever decides here."))
    { Where = role, Action = new("请由所有者操作。", "Let an owner do it.") };

    internal static Failure AlreadyMember(string person) => new("IB4080", new($"'{person}' 已是本组织的成员。", $"'{person}' is a member already.")) { Where = person };

    internal static Failure InvitationRefused { get; } = new("IB4081", new("邀请码无效：不存在或已撤回。", "The invitation does not hold: there is none with this code, or it was withdrawn."))
    { Where = "code", Action = new("请向邀请人索取新的邀请码。", "Ask whoever invited you for a new one.") };

    internal static Failure InvitationUsed { get; } = new("IB4127", new("此邀请已使用。", "The invitation was used."))
    { Where = "code", Action = new("如果是您用的，请直接登录；否则请向邀请人索取新的邀请码。", "If it was you, sign in; else ask whoever invited you for a new one.") };

    internal static Failure InvitationExpired { get; } = new("IB4128", new("此邀请已过期。", "The time of the invitation is over."))
    { Where = "code", Action = new("请向邀请人索取新的邀请码。", "Ask whoever invited you for a new one.") };

    internal static Failure InvitedSomebodyElse { get; } = new("IB4082", new("此邀请是给另一个账号的。", "The invitation is for another account."))
    { Where = "code", Action = new("请用被邀请的账号登录。", "Sign in with the account that was invited.") };

    internal static Failure NoPerson { get; } = new("IB4083", new("此操作须由有账号的人进行；密钥须代表本组织的一位成员。", "A person with an account has to do this; a key has to act for a member of the organization."))
    { Action = new("请登录后操作，或使用由本人创建的密钥。", "Sign in, or use a key that the person made.") };

    internal static Failure HoursOutside(int longest) => new("IB4084", new($"有效小时数须为 1–{longest}。", $"An invitation holds for 1 to {longest} hours.")) { Where = "hours" };

    internal static Failure NoInvitation(string id) => new("IB4085", new($"没有可撤回的邀请 '{id}'。", $"There is no open invitation '{id}'.")) { Where = id };

    internal static Failure TooManyInvitations(int most) => new("IB4086", new($"待接受的邀请已达 {most} 个。", $"As many invitations wait as may: {most}."))
    { Where = "Organizations:MaxInvitations", Action = new("请撤回不再需要的邀请。", "Withdraw those that nobody needs.") };

    internal static Failure NoAccount(string person) => new("IB4087", new($"没有账号 '{person}'。", $"There is no account '{person}'.")) { Where = person };

    internal static Failure NotInUse(string organization) => new("IB4088", new($"组织 '{organization}' 已停用或已删除。", $"The organization '{organization}' is suspended or deleted."))
    { Where = organization, Action = new("请联系平台管理员。", "Ask the administrators of the platform.") };

    internal static Failure KindInvalid { get; } = new("IB4089", new("组织类型须为 enterprise、vendor、operator 或 government。", "The kind of an organization is enterprise, vendor, operator or government.")) { Where = "kind" };
}
