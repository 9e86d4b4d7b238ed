using System.Text.Json.Serialization;

namespace IndustryBrain.Identity.Auditing;

/// <summary>What is wrong with a record, or a place, of the audit trail.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditFault>))]
public enum AuditFault
{
    /// <summary>The record is not what was sealed: it was edited, or changed places with another.</summary>
    [JsonStringEnumMemberName("altered")]
    Altered,

    /// <summary>A record that was sealed is gone, or its seal is.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>A record that no host made, or that appeared long after its time.</summary>
    [JsonStringEnumMemberName("inserted")]
    Inserted,

    /// <summary>The end of the chain is gone: a signed checkpoint lies beyond it.</summary>
    [JsonStringEnumMemberName("truncated")]
    Truncated,

    /// <summary>The chain was made anew: it agrees with itself and not with a signed checkpoint.</summary>
    [JsonStringEnumMemberName("rewritten")]
    Rewritten,

    /// <summary>A checkpoint whose signature does not hold.</summary>
    [JsonStringEnumMemberName("signature")]
    Signature,
}

/// <summary>The first place where the audit trail of an organization is not what it was.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Seq">Number in the chain, from 1; null for a record that is in no chain.</param>
/// <param name="RecordId">The record; null when it is gone.</param>
/// <param name="LastGood">The last record that agrees with a signed checkpoint before it; 0 for none.</param>
public sealed record AuditBreak(AuditFault Fault, long? Seq, Guid? RecordId, long LastGood);

/// <summary>What a verification of an organization's audit trail found.</summary>
/// <param name="Organization">Whose trail.</param>
/// <param name="IsIntact">True when nothing is wrong.</param>
/// <param name="Break">The first place that is wrong.</param>
/// <param name="Sealed">Number of the last sealed record that was checked.</param>
/// <param name="Waiting">Records that are not sealed yet.</param>
/// <param name="Checkpoints">Signed checkpoints that agree.</param>
/// <param name="OtherKeys">Records and checkpoints of other hosts' keys, which this one cannot judge.</param>
/// <param name="At">When it was checked.</param>
/// <param name="KeyId">The key of this host.</param>
public sealed record AuditVerification(string Organization, bool IsIntact, AuditBreak? Break, long Sealed, long Waiting, long Checkpoints, long OtherKeys, DateTimeOffset At, string KeyId)
{
    /// <summary>Records that have left the database for signed files; the chain goes on from the last of them.</summary>
    public long Archived { get; init; }
}
