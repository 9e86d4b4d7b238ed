using System.Text.Json.Serialization;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>Main status of a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExecutionStatus>))]
public enum ExecutionStatus
{
    /// <summary>Not ended yet; it may wait for something.</summary>
    Running,

    /// <summary>Ended, in whatever way.</summary>
    Finished,
}
