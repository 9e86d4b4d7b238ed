using System.Text.Json;

namespace IndustryBrain.Runtime.Tasks;

/// <summary>What a person decides.</summary>
public sealed record TaskDecision
{
    /// <summary>One of the task's outcomes.</summary>
    public required string Outcome { get; init; }

    /// <summary>What the decision carries; fits the task's schema.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>What the person says to it, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Ids of files of the organization that go with it.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>What a person says to a task.</summary>
public sealed record TaskComment
{
    /// <summary>The text.</summary>
    public required string Comment { get; init; }

    /// <summary>Ids of files of the organization that go with it.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>To whom a person hands their decision.</summary>
public sealed record TaskDelegation
{
    /// <summary>Id of the other person.</summary>
    public required string To { get; init; }

    /// <summary>What the person says to it, or null.</summary>
    public string? Comment { get; init; }
}
