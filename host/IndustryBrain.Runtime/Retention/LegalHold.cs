using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Retention;

/// <summary>Something that must not be deleted until the hold is lifted.</summary>
/// <param name="Id">The hold.</param>
/// <param name="Scope">run, scenario or organization.</param>
/// <param name="Target">The run or scenario; the organization's own id when it holds all.</param>
/// <param name="Reason">Why.</param>
/// <param name="PlacedBy">Who placed it.</param>
/// <param name="PlacedAt">When.</param>
/// <param name="LiftedBy">Who lifted it; null while it holds.</param>
/// <param name="LiftedAt">When.</param>
/// <param name="LiftReason">Why.</param>
public sealed record LegalHold(Guid Id, string Scope, string Target, string Reason, Actor PlacedBy, DateTimeOffset PlacedAt, Actor? LiftedBy, DateTimeOffset? LiftedAt, string? LiftReason);

/// <summary>Asks for a legal hold.</summary>
public sealed record HoldRequest
{
    /// <summary>run, scenario or organization.</summary>
    public required string Scope { get; init; }

    /// <summary>The run or scenario; null for the organization.</summary>
    public string? Target { get; init; }

    /// <summary>Why, 1 to 1 000 characters.</summary>
    public required string Reason { get; init; }
}
