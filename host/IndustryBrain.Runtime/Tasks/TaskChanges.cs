namespace IndustryBrain.Runtime.Tasks;

/// <summary>What a commit of a run does to its tasks.</summary>
/// <param name="Opened">Those that it opens.</param>
/// <param name="Withdrawn">The steps whose tasks nobody has to decide any more; null among them for each that is open.</param>
/// <param name="At">When.</param>
internal sealed record TaskChanges(IReadOnlyList<OpenedTask> Opened, IReadOnlyList<string?> Withdrawn, DateTimeOffset At)
{
    /// <summary>The run has ended.</summary>
    public static TaskChanges End(DateTimeOffset at) => new([], [null], at);
}

/// <summary>A task that a commit opens.</summary>
/// <param name="StepId">The step that asks.</param>
/// <param name="Assignee">The person asked, or null.</param>
/// <param name="Role">The role asked, or null.</param>
/// <param name="Due">When it expires, or null.</param>
/// <param name="NextAt">When somebody has to be reminded or asked in addition, or null.</param>
/// <param name="At">When it was opened.</param>
/// <param name="Asked">What is asked.</param>
internal sealed record OpenedTask(string StepId, string? Assignee, string? Role, DateTimeOffset? Due, DateTimeOffset? NextAt, DateTimeOffset At, AskedTask Asked);
