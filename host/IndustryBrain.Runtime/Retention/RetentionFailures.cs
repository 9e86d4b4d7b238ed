using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Retention;

/// <summary>What the archive and legal holds refuse, IB3140 to IB3144.</summary>
internal static class RetentionFailures
{
    /// <summary>IB3140: there is no such hold.</summary>
    public static Failure NoHold(string id) =>
        new("IB3140", new($"没有法律保留 {(id.Length <= 80 ? id : id[..80])}。", $"There is no legal hold {(id.Length <= 80 ? id : id[..80])}.")) { Where = "id" };

    /// <summary>IB3141: the hold was lifted before.</summary>
    public static Failure Lifted(Guid id) =>
        new("IB3141", new($"法律保留 {id} 已解除。", $"The legal hold {id} has been lifted.")) { Where = "id" };

    /// <summary>IB3142: what was kept of the run has been deleted.</summary>
    public static Failure Deleted(ArchivedRun run) =>
        new("IB3142", new($"运行 {run.Id} 的内容已于 {run.DeletedAt:yyyy-MM-dd} 按保留期限删除。", $"The content of the run {run.Id} was deleted on {run.DeletedAt:yyyy-MM-dd}, when its time was up."))
        { Where = "id", Action = new($"归档列表保留其概要；摘要 {run.Sha256}。", $"The archive still lists it; its digest is {run.Sha256}.") };

    /// <summary>IB3143: the run is not in the archive.</summary>
    public static Failure NotArchived(string id) =>
        new("IB3143", new($"归档中没有运行 {(id.Length <= 80 ? id : id[..80])}。", $"The archive has no run {(id.Length <= 80 ? id : id[..80])}.")) { Where = "id" };

    /// <summary>IB3144: what is kept of the run is not what was archived.</summary>
    public static Failure Altered(Guid id) =>
        new("IB3144", new($"运行 {id} 的归档与其摘要不符，已被改动。", $"The archive of the run {id} does not match its digest: it was altered.")) { Where = "id", Action = new("请从备份恢复，并检查审计记录 run.archive。", "Restore it from a backup, and see run.archive in the audit trail.") };
}
