namespace IndustryBrain.Scenarios.Execution;

/// <summary>A record that faulted, and that nobody above it took.</summary>
/// <param name="Record">The record.</param>
/// <param name="Incident">What went wrong.</param>
/// <param name="Telling">Where it went wrong when the record itself had completed; null for its own failure.</param>
internal sealed record BrokenRecord(ActivityRecord Record, Incident Incident, Telling? Telling)
{
    public IEnumerable<ActivityRecord> Records => Telling is null ? [Record] : [Record, Telling.Parent, Telling.Child];
}

/// <summary>That a record has completed, as its parent is told.</summary>
/// <param name="Parent">Who is told.</param>
/// <param name="Child">What has completed.</param>
/// <param name="Outcomes">Its outcomes; null for the plain Done.</param>
internal sealed record Telling(ActivityRecord Parent, ActivityRecord Child, IReadOnlyList<string>? Outcomes);

/// <summary>What waited when the run faulted: it waits again when somebody lets the run go on.</summary>
internal sealed class LeftWaiting
{
    public List<Waiting<Bookmark>> Bookmarks { get; } = [];

    public List<Waiting<ComponentCall>> Calls { get; } = [];

    public List<Waiting<ChildRunRequest>> Children { get; } = [];

    public IEnumerable<ActivityRecord> Records => Bookmarks.Select(b => b.Record).Concat(Calls.Select(c => c.Record)).Concat(Children.Select(c => c.Record));
}
