using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Tasks;

/// <summary>What happened to a task.</summary>
public enum TaskEntryKind
{
    /// <summary>A person decided.</summary>
    Decided,

    /// <summary>A person commented.</summary>
    Commented,

    /// <summary>A person handed their decision to another.</summary>
    Delegated,

    /// <summary>Whoever is asked was reminded.</summary>
    Reminded,

    /// <summary>A further role was asked.</summary>
    Escalated,
}

/// <summary>One thing that happened to a task.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When.</param>
/// <param name="By">The person, or the platform itself.</param>
public sealed record TaskEntry(TaskEntryKind Kind, DateTimeOffset At, Actor By)
{
    /// <summary>What the person decided; null for other entries.</summary>
    public string? Outcome { get; init; }

    /// <summary>What the decision carries, or null.</summary>
    public System.Text.Json.JsonElement? Data { get; init; }

    /// <summary>What the person said, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Ids of the files they attached.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The person or role that was asked instead or in addition; null for other entries.</summary>
    public string? To { get; init; }
}
