namespace IndustryBrain.Runtime.Tasks;

/// <summary>How a task stands.</summary>
public enum TaskState
{
    /// <summary>Somebody has to decide.</summary>
    Open,

    /// <summary>It was decided.</summary>
    Decided,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>The run went another way, or ended.</summary>
    Withdrawn,
}
