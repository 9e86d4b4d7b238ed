namespace IndustryBrain.Scenarios.Execution;

/// <summary>Where a StateMachine stands.</summary>
internal sealed class MachineRun
{
    public int State { get; set; }

    /// <summary>The transition that is being taken.</summary>
    public int Transition { get; set; }

    /// <summary>What comes next.</summary>
    public MachinePhase Next { get; set; }
}

internal enum MachinePhase
{
    /// <summary>Enter the state.</summary>
    Entry,

    /// <summary>Take a transition that needs no trigger, or wait for the others.</summary>
    Choose,

    /// <summary>The triggers are running.</summary>
    Waiting,

    /// <summary>Run the transition's action.</summary>
    Action,

    /// <summary>Leave the state.</summary>
    Exit,

    /// <summary>Be in the transition's target.</summary>
    Move,
}
