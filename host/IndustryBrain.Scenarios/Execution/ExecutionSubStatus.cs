using System.Text.Json.Serialization;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>Status of a run in detail.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExecutionSubStatus>))]
public enum ExecutionSubStatus
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Has work to do, or a component call to be answered.</summary>
    Executing,

    /// <summary>Waits for a bookmark, or for nothing that can ever come.</summary>
    Suspended,

    /// <summary>Ended as intended.</summary>
    Finished,

    /// <summary>Ended by a person or a parent.</summary>
    Cancelled,

    /// <summary>Ended by an incident.</summary>
    Faulted,
}
