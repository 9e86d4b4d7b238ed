namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>The engine's state of an unfinished run at its last commit; gone when the run ended.</summary>
public sealed class RunSnapshot
{
    /// <summary>The run.</summary>
    public Guid Id { get; set; }

    /// <summary>Version of the run's stream that the state belongs to.</summary>
    public long StreamVersion { get; set; }

    /// <summary>The state as the engine writes it.</summary>
    public required byte[] State { get; set; }
}
