using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Retention;

/// <summary>A run in the archive.</summary>
/// <param name="Id">The run.</param>
/// <param name="DefinitionId">Its scenario.</param>
/// <param name="ScenarioName">The scenario's name for people.</param>
/// <param name="Version">The version that it ran.</param>
/// <param name="SubStatus">Finished, Cancelled, Terminated or Faulted.</param>
/// <param name="StartedBy">Who started it.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="ArchivedAt">When it came into the archive.</param>
/// <param name="DeletedAt">When its content was deleted; null while it is there.</param>
/// <param name="Bytes">Size of the exported document.</param>
/// <param name="Sha256">SHA-256 of the exported document, in hexadecimal; the audit trail has the same.</param>
/// <param name="IsHeld">True when a legal hold keeps it.</param>
public sealed record ArchivedRun(
    Guid Id,
    string DefinitionId,
    LocalizedText ScenarioName,
    int Version,
    string SubStatus,
    Actor StartedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset FinishedAt,
    DateTimeOffset ArchivedAt,
    DateTimeOffset? DeletedAt,
    long Bytes,
    string Sha256,
    bool IsHeld);

/// <summary>A page of the archive.</summary>
/// <param name="Items">The runs, those accepted last before others.</param>
/// <param name="Total">Number of all.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageSize">Runs a page.</param>
public sealed record ArchivePage(IReadOnlyList<ArchivedRun> Items, long Total, int Page, int PageSize);
