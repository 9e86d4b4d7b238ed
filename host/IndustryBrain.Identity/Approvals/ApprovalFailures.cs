using IndustryBrain.Sdk;

namespace IndustryBrain.Identity.Approvals;

/// <summary>The failures of what takes two people, IB4090 to IB4095.</summary>
internal static class ApprovalFailures
{
    internal const string ProposedCode = "IB4090";

    internal static Failure Proposed(Guid id) => new(ProposedCode, new("此操作需要第二个人批准，已提交审批。", "This needs a second person, to whom it has been proposed."))
    { Where = id.ToString(), Action = new("请由另一个有权限的人在「审批」页批准。", "Let another person who may do it approve it on the page “Approvals”.") };

    internal static Failure Unknown(string id) => new("IB4091", new($"没有审批 '{id}'。", $"There is no proposal '{id}'.")) { Where = id };

    internal static Failure SamePerson { get; } = new("IB4092", new("提交人不能批准自己的提案。", "Whoever proposed it cannot approve it."))
    { Action = new("请由另一个人批准。", "Let another person approve it.") };

    internal static Failure Closed(ApprovalState state) => new("IB4093", new($"此提案已结束（{state}）。", $"The proposal is over ({state}).")) { Where = "state" };

    internal static Failure Changed { get; } = new("IB4094", new("提案所涉内容在提交后有变化，提案作废。", "What the proposal is about has changed since; it is void."))
    { Action = new("请重新提交。", "Propose it again.") };

    internal static Failure AlreadyOpen(Guid id) => new("IB4095", new("相同的提案正在等待批准。", "The same proposal waits to be approved already."))
    { Where = id.ToString() };
}
