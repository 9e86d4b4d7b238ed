namespace IndustryBrain.Sdk;

/// <summary>An expected failure: what is wrong, where, and what to do about it.</summary>
/// <param name="Code">Stable code: <c>IB####</c> of the platform, or <c>plugin-id:NAME</c> of a plugin. A code is never reused.</param>
/// <param name="Message">One sentence on what is wrong.</param>
public sealed record Failure(string Code, LocalizedText Message)
{
    /// <summary>Where it is wrong: a port, a file with row and column, a node; null when the whole request is meant.</summary>
    public string? Where { get; init; }

    /// <summary>What to do about it, in one sentence; null when the message says it.</summary>
    public LocalizedText? Action { get; init; }

    /// <summary>True when the same call may succeed later without any change.</summary>
    public bool IsTransient { get; init; }
}
