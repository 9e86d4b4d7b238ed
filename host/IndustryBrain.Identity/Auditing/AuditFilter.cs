namespace IndustryBrain.Identity.Auditing;

/// <summary>Which records of the audit trail are meant; newest first.</summary>
public sealed record AuditFilter
{
    /// <summary>At or after this moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>An action, or the beginning of several: <c>run.</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Id of who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>Id of what it was done to.</summary>
    public string? Object { get; init; }

    /// <summary>How it ended: <c>ok</c>, <c>denied</c> or <c>failed</c>.</summary>
    public string? Result { get; init; }

    /// <summary>Records a page, 1 to 200. Default 50.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Id of the last record of the page before; null for the first page.</summary>
    public Guid? After { get; init; }
}
