using System.Text.Json;
using IndustryBrain.Storage;

namespace IndustryBrain.Identity.Approvals;

/// <summary>What became of a proposal.</summary>
public enum ApprovalState
{
    /// <summary>It waits for a second person.</summary>
    Open,

    /// <summary>A second person approved it and it was done.</summary>
    Done,

    /// <summary>A second person approved it and it could not be done.</summary>
    Failed,

    /// <summary>It was rejected, or taken back by whoever proposed it.</summary>
    Rejected,

    /// <summary>Its time was over, or what it is about had changed.</summary>
    Void,

    /// <summary>A second person approved it and it is being done.</summary>
    Approved,
}

/// <summary>Something that one person proposed and a second has to approve.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Action">What is to be done, as the audit trail names it.</param>
/// <param name="Permission">What the second person needs.</param>
/// <param name="Label">What it is about, for people.</param>
/// <param name="Parameters">What it is done with.</param>
/// <param name="Digest">SHA-256 of action, parameters and of what they are about as it was, lower-case hexadecimal: what is approved is what was proposed.</param>
/// <param name="ProposedBy">Who proposed it.</param>
/// <param name="Proposer">The person behind that.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="ExpiresAt">When it can be approved no longer.</param>
public sealed record Approval(Guid Id, string Action, string Permission, string Label, JsonElement Parameters, string Digest, Actor ProposedBy, string Proposer, DateTimeOffset ProposedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>What became of it.</summary>
    public ApprovalState State { get; init; } = ApprovalState.Open;

    /// <summary>Who decided.</summary>
    public Actor? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it could not be done: a failure code.</summary>
    public string? Code { get; init; }

    internal Approval At(DateTimeOffset now) => State == ApprovalState.Open && ExpiresAt <= now ? this with { State = ApprovalState.Void } : this;
}
