using IndustryBrain.Identity.Auditing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Texts;

/// <summary>Words of the audit trail.</summary>
internal static class AuditText
{
    internal static readonly LocalizedText Title = new("审计记录", "Audit trail");
    internal static readonly LocalizedText Kind = new("对象", "What");
    internal static readonly LocalizedText Result = new("结果", "Result");
    internal static readonly LocalizedText Actor = new("操作者标识", "Who (id)");
    internal static readonly LocalizedText When = new("时间", "When");
    internal static readonly LocalizedText Who = new("操作者", "Who");
    internal static readonly LocalizedText Done = new("操作", "Action");
    internal static readonly LocalizedText Source = new("来源", "From");
    internal static readonly LocalizedText Seq = new("链上编号", "In the chain");
    internal static readonly LocalizedText Waiting = new("待封存", "To be sealed");
    internal static readonly LocalizedText Empty = new("没有符合条件的记录。", "No record fits.");
    internal static readonly LocalizedText Older = new("更早的记录", "Older records");
    internal static readonly LocalizedText Newest = new("回到最新", "Back to the newest");
    internal static readonly LocalizedText Export = new("导出 JSON Lines", "Export JSON Lines");
    internal static readonly LocalizedText Verify = new("校验全部记录", "Verify all records");
    internal static readonly LocalizedText Verifying = new("正在校验…", "Verifying…");
    internal static readonly LocalizedText Intact = new("{0} 条记录完整，与 {1} 个签名检查点相符；{2} 条待封存。", "{0} records are intact and agree with {1} signed checkpoints; {2} wait to be sealed.");
    internal static readonly LocalizedText OtherKeys = new("其中 {0} 条来自其他主机的密钥，此处无法判断。", "{0} are of other hosts' keys and cannot be judged here.");
    internal static readonly LocalizedText Broken = new("审计记录被破坏：{0}（{1}）。到第 {2} 条为止与签名检查点相符。", "The audit trail is broken: {0} ({1}). Up to record {2} it agrees with a signed checkpoint.");
    internal static readonly LocalizedText BrokenWhat = new("请保留数据库与审计文件夹，与备份对照。", "Keep the database and the audit folder, and compare them with a backup.");
    internal static readonly LocalizedText AtSeq = new("第 {0} 条", "record {0}");

    internal static IReadOnlyList<(string Prefix, LocalizedText Word)> Kinds { get; } =
    [
        ("run.", new("运行", "Runs")),
        ("scenario.", new("应用场景", "Scenarios")),
        ("plugin.", new("插件", "Plugins")),
        ("task.", new("任务", "Tasks")),
        ("file.", new("文件", "Files")),
        ("hold.", new("法律保留", "Legal holds")),
        ("key.", new("API 密钥", "API keys")),
        ("account.", new("账号", "Accounts")),
        ("sign-in.", new("登录", "Sign-in")),
        ("session.", new("登录会话", "Sessions")),
        ("factor.", new("第二重验证", "Second factors")),
        ("member.", new("人员", "People")),
        ("invitation.", new("邀请", "Invitations")),
        ("organization.", new("组织", "Organization")),
        ("approval.", new("审批", "Approvals")),
        ("service-account.", new("服务账号", "Service accounts")),
        ("access.", new("访问", "Access")),
        ("audit.", new("审计记录", "Audit trail")),
    ];

    internal static IReadOnlyList<(string Value, LocalizedText Word)> Results { get; } =
        [("ok", new("完成", "Done")), ("denied", new("被拒绝", "Denied")), ("failed", new("失败", "Failed"))];

    private static readonly Dictionary<string, LocalizedText> Actions = new(StringComparer.Ordinal)
    {
        ["access.deny"] = new("拒绝访问", "Access denied"),
        ["account.create"] = new("新建账号", "Account made"),
        ["account.password"] = new("修改密码", "Password changed"),
        ["administrator.make"] = new("指定管理员", "Administrator made"),
        ["approval.approve"] = new("批准提案", "Proposal approved"),
        ["approval.propose"] = new("提交提案", "Proposed to a second person"),
        ["approval.reject"] = new("驳回提案", "Proposal rejected"),
        ["approval.void"] = new("提案作废", "Proposal void"),
        ["audit.archive"] = new("归档审计记录", "Audit trail archived"),
        ["audit.export"] = new("导出审计记录", "Audit trail exported"),
        ["audit.verify"] = new("校验审计记录", "Audit trail verified"),
        ["factor.renew-codes"] = new("重新生成恢复码", "Recovery codes made anew"),
        ["factor.set-up"] = new("设置第二重验证", "Second factor set up"),
        ["file.arrive"] = new("文件到达", "File arrived"),
        ["file.delete"] = new("删除文件", "File deleted"),
        ["file.store"] = new("存入文件", "File stored"),
        ["hold.lift"] = new("解除法律保留", "Legal hold lifted"),
        ["hold.place"] = new("设置法律保留", "Legal hold placed"),
        ["key.create"] = new("新建 API 密钥", "API key made"),
        ["invitation.accept"] = new("接受邀请", "Invitation accepted"),
        ["invitation.create"] = new("发出邀请", "Invited"),
        ["invitation.withdraw"] = new("撤回邀请", "Invitation withdrawn"),
        ["key.rotate"] = new("轮换 API 密钥", "API key rotated"),
        ["key.revoke"] = new("吊销 API 密钥", "API key revoked"),
        ["key.widen"] = new("扩大 API 密钥的权限", "API key widened"),
        ["member.add"] = new("加入成员", "Member added"),
        ["member.leave"] = new("成员退出", "Member left"),
        ["member.remove"] = new("移出成员", "Member removed"),
        ["member.resume"] = new("恢复成员", "Member resumed"),
        ["member.roles"] = new("修改成员角色", "Roles changed"),
        ["member.suspend"] = new("停用成员", "Member suspended"),
        ["organization.close"] = new("组织到期关闭", "Organization closed"),
        ["organization.erase"] = new("删除组织数据", "Organization's data deleted"),
        ["organization.create"] = new("新建组织", "Organization made"),
        ["organization.delete"] = new("删除组织", "Organization to be deleted"),
        ["organization.keep"] = new("撤回删除组织", "Deletion taken back"),
        ["organization.rename"] = new("组织改名", "Organization renamed"),
        ["organization.resume"] = new("恢复组织", "Organization resumed"),
        ["organization.suspend"] = new("停用组织", "Organization suspended"),
        ["organization.transfer"] = new("移交所有权", "Ownership handed over"),
        ["plugin.activate"] = new("启用插件版本", "Plugin version taken"),
        ["plugin.disable"] = new("停用插件", "Plugin disabled"),
        ["plugin.distrust"] = new("取消信任插件", "Plugin no longer trusted"),
        ["plugin.enable"] = new("重新启用插件", "Plugin enabled"),
        ["account.link"] = new("关联登录提供方", "Sign-in provider linked"),
        ["account.unlink"] = new("取消关联登录提供方", "Sign-in provider unlinked"),
        ["passkey.add"] = new("添加通行密钥", "Passkey added"),
        ["passkey.remove"] = new("移除通行密钥", "Passkey removed"),
        ["account.reset-password"] = new("重置密码", "Password reset"),
        ["account.reset-factor"] = new("重置第二重验证", "Second factor reset"),
        ["account.disable"] = new("停用账号", "Account disabled"),
        ["account.disable-unused"] = new("停用长期未用的账号", "Unused account disabled"),
        ["account.enable"] = new("恢复账号", "Account enabled"),
        ["plugin.grant"] = new("同意插件的权限", "Plugin permissions granted"),
        ["plugin.install"] = new("安装插件", "Plugin installed"),
        ["plugin.limit"] = new("设置插件限额", "Plugin limits set"),
        ["plugin.remove"] = new("卸载插件", "Plugin removed"),
        ["plugin.reset"] = new("复位插件", "Plugin reset"),
        ["plugin.rollback"] = new("回退插件", "Plugin rolled back"),
        ["plugin.settings"] = new("修改插件设置", "Plugin settings changed"),
        ["plugin.trust"] = new("信任插件", "Plugin trusted"),
        ["run.archive"] = new("归档运行", "Run archived"),
        ["run.cancel"] = new("取消运行", "Run cancelled"),
        ["run.delete"] = new("删除运行内容", "Run content deleted"),
        ["run.event"] = new("向运行发送事件", "Event sent to a run"),
        ["run.pause"] = new("暂停运行", "Run paused"),
        ["run.repair"] = new("让出错的运行继续", "Broken run let go on"),
        ["run.request"] = new("请求交给运行", "Request given to a run"),
        ["run.resume"] = new("继续运行", "Run resumed"),
        ["run.start"] = new("启动运行", "Run started"),
        ["run.terminate"] = new("立即结束运行", "Run terminated"),
        ["scenario.import"] = new("导入应用场景", "Scenario imported"),
        ["scenario.parameters"] = new("修改环境参数", "Parameters changed"),
        ["scenario.pause"] = new("暂停应用场景", "Scenario paused"),
        ["scenario.promote"] = new("提升到生产环境", "Promoted to production"),
        ["scenario.publish"] = new("发布应用场景", "Scenario published"),
        ["scenario.publish-test"] = new("发布到测试环境", "Published to test"),
        ["scenario.restore"] = new("恢复为草稿", "Restored as the draft"),
        ["scenario.resume"] = new("恢复应用场景", "Scenario resumed"),
        ["scenario.retract"] = new("撤回应用场景", "Scenario retracted"),
        ["scenario.retract-test"] = new("从测试环境撤回", "Retracted from test"),
        ["scenario.triggers-off"] = new("关闭测试环境的触发", "Test triggers off"),
        ["scenario.triggers-on"] = new("开启测试环境的触发", "Test triggers on"),
        ["service-account.close"] = new("关闭服务账号", "Service account closed"),
        ["service-account.create"] = new("新建服务账号", "Service account made"),
        ["session.confirm"] = new("再次输入密码", "Password given again"),
        ["session.end"] = new("结束登录会话", "Session ended"),
        ["session.end-others"] = new("结束其他登录会话", "Other sessions ended"),
        ["session.switch"] = new("切换组织", "Organization switched"),
        ["sign-in.accept"] = new("登录", "Signed in"),
        ["sign-in.deny"] = new("登录被拒绝", "Sign-in refused"),
        ["sign-in.lock"] = new("锁定账号", "User name locked"),
        ["task.comment"] = new("评论任务", "Task commented"),
        ["task.decide"] = new("决定任务", "Task decided"),
        ["task.delegate"] = new("转交任务", "Task delegated"),
        ["task.escalate"] = new("任务升级", "Task escalated"),
    };

    internal static string ActionOf(string action) => Actions.TryGetValue(action, out var word) ? word.ToString() : action;

    internal static LocalizedText FaultOf(AuditFault fault) => fault switch
    {
        AuditFault.Altered => new("记录被改动或与另一条换了位置", "a record was edited, or changed places with another"),
        AuditFault.Missing => new("已封存的记录或其封条不见了", "a sealed record, or its seal, is gone"),
        AuditFault.Inserted => new("没有任何主机写过这条记录", "no host made this record"),
        AuditFault.Truncated => new("链的末尾被截去", "the end of the chain was cut off"),
        AuditFault.Rewritten => new("链被重新生成，与签名检查点不符", "the chain was made anew and does not agree with a signed checkpoint"),
        _ => new("检查点的签名不成立", "the signature of a checkpoint does not hold"),
    };
}
