namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>States and transitions of a StateMachine.</summary>
internal sealed record StateMachineModel(MachineState[] States, MachineTransition[] Transitions)
{
    public int Find(string? name) => Array.FindIndex(States, s => s.Name == name);
}

/// <summary>One state.</summary>
/// <param name="Name">What transitions call it.</param>
/// <param name="Entry">What runs when it is entered.</param>
/// <param name="Exit">What runs when it is left.</param>
internal sealed record MachineState(string Name, ActivityNode? Entry, ActivityNode? Exit);

/// <summary>One transition.</summary>
/// <param name="From">Position of its source.</param>
/// <param name="To">Position of its target.</param>
/// <param name="Trigger">What has to complete; null for one that is taken at once.</param>
/// <param name="Condition">What has to hold then; null for nothing.</param>
/// <param name="Action">What runs before the source is left.</param>
internal sealed record MachineTransition(int From, int To, ActivityNode? Trigger, Expression? Condition, ActivityNode? Action);
