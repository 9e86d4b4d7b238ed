using IndustryBrain.Storage.Auditing;
using Marten;

namespace IndustryBrain.Storage;

/// <summary>How something that was asked for ended.</summary>
public enum AuditResult
{
    /// <summary>It was done.</summary>
    Ok,

    /// <summary>It was refused: no right to it.</summary>
    Denied,

    /// <summary>It was tried and failed.</summary>
    Failed,
}

/// <summary>Appends to the audit trail in the transaction of the change itself.</summary>
public static class Audit
{
    /// <summary>Queues an audit record; it is written by the session's next <c>SaveChangesAsync</c>, together with the change or not at all.</summary>
    /// <param name="session">The session that carries the change.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="action">What is done, <c>object.verb</c>, such as <c>scenario.publish</c>.</param>
    /// <param name="objectType">What it is done to, such as <c>scenario</c>.</param>
    /// <param name="objectId">Its id.</param>
    /// <param name="result">How it ended. Default: done.</param>
    /// <param name="code">Failure code, when it did not end well.</param>
    /// <param name="label">Name of the object for people; no secret, no content.</param>
    public static void Append(
        this IDocumentSession session,
        Caller caller,
        string action,
        string objectType,
        string objectId,
        AuditResult result = AuditResult.Ok,
        string? code = null,
        string? label = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        var time = ((StoreOptions)session.DocumentStore.Options).Events.TimeProvider;
        var record = AuditRecord.Create(time.GetUtcNow(), caller, action, objectType, objectId, result, code, label);
        session.QueueSqlCommand(
            "insert into audit_record (id, organization, at, action, body, record) values (?, ?, ?, ?, ?, ?::jsonb)",
            record.Id, record.Organization, record.At, record.Action, record.Body, record.Json);
    }

    /// <summary>An audit record for whoever writes the change with statements of its own, in the transaction of the change.</summary>
    /// <param name="now">When.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="action">What is done, <c>object.verb</c>.</param>
    /// <param name="objectType">What it is done to.</param>
    /// <param name="objectId">Its id.</param>
    /// <param name="label">Name of the object for people; no secret, no content.</param>
    public static AuditRecord Compose(DateTimeOffset now, Caller caller, string action, string objectType, string objectId, string? label = null) =>
        AuditRecord.Create(now, caller, action, objectType, objectId, AuditResult.Ok, code: null, label);
}
