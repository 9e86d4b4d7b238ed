using System.Globalization;
using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>One execution of an activity; the one without node is the run itself.</summary>
internal sealed class ActivityRecord(int step, ActivityNode? node, ActivityRecord? parent)
{
    // A record is made for each activity that is executed: what excludes each other shares a field.
    private object? _state;
    private string? _stepId;

    public int Step { get; } = step;

    public string StepId => _stepId ??= Step.ToString(CultureInfo.InvariantCulture);

    public ActivityNode? Node { get; } = node;

    public ActivityRecord? Parent { get; } = parent;

    public ActivityStatus Status { get; set; }

    /// <summary>Which attempt at the step this is, from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>The attempt from which those of its policy are counted: the first, or the one that somebody asked for.</summary>
    public int FirstAttempt { get; set; } = 1;

    /// <summary>Next child of a list, or item of a loop.</summary>
    public int Cursor { get; set; }

    /// <summary>Children that have not completed yet, where all are waited for.</summary>
    public int Remaining { get; set; }

    /// <summary>A Break was signalled.</summary>
    public bool IsBreaking { get; set; }

    /// <summary>Scheduled over a backward connection.</summary>
    public bool IsBackward { get; set; }

    /// <summary>Queued work that it or what is below it owns.</summary>
    public int QueuedBelow { get; set; }

    public LoopState? Loop
    {
        get => _state as LoopState;
        set => _state = value;
    }

    public FlowState? Flow
    {
        get => _state as FlowState;
        set => _state = value;
    }

    public WorkflowState? Workflow
    {
        get => _state as WorkflowState;
        set => _state = value;
    }

    public MachineRun? Machine
    {
        get => _state as MachineRun;
        set => _state = value;
    }

    public GuardState? Guard
    {
        get => _state as GuardState;
        set => _state = value;
    }

    public MapState? Map
    {
        get => _state as MapState;
        set => _state = value;
    }

    public VariableSlot[] Variables { get; set; } = [];

    /// <summary>First value of each output of its direct children.</summary>
    public Dictionary<(int Node, string Output), object?>? Outputs { get; set; }

    /// <summary>It waits for the end of the run that it has started.</summary>
    public bool WaitsForChild { get; set; }

    public ActivityRecord? FirstChild { get; private set; }

    public ActivityRecord? LastChild { get; private set; }

    public ActivityRecord? NextSibling { get; private set; }

    private ActivityRecord? PreviousSibling { get; set; }

    /// <summary>True while it is among its parent's unfinished children.</summary>
    public bool IsAttached { get; private set; }

    /// <summary>Forgets what the last attempt left; what it was given it keeps.</summary>
    public void Reset()
    {
        (_state, Cursor, Remaining, IsBreaking, WaitsForChild) = (null, 0, 0, false, false);
        Variables = Array.FindAll(Variables, static v => v.Declaration is null);
        Outputs = null;
        Status = ActivityStatus.Running;
        Attempt++;
    }

    public void Attach()
    {
        if (IsAttached || Parent is null)
            return;
        IsAttached = true;
        PreviousSibling = Parent.LastChild;
        if (Parent.LastChild is { } last)
            last.NextSibling = this;
        else
            Parent.FirstChild = this;
        Parent.LastChild = this;
    }

    public void Detach()
    {
        if (!IsAttached || Parent is null)
            return;
        IsAttached = false;
        if (PreviousSibling is { } previous)
            previous.NextSibling = NextSibling;
        else
            Parent.FirstChild = NextSibling;
        if (NextSibling is { } next)
            next.PreviousSibling = PreviousSibling;
        else
            Parent.LastChild = PreviousSibling;
        PreviousSibling = NextSibling = null;
    }
}
