namespace IndustryBrain.Scenarios.Execution;

internal enum WorkKind : byte
{
    /// <summary>Execute a node for its owner.</summary>
    Schedule,

    /// <summary>Go on with a record whose bookmark was resumed.</summary>
    Resume,

    /// <summary>Go on with a record whose component call was answered.</summary>
    Answer,

    /// <summary>Go on with a record whose child run was answered.</summary>
    ChildAnswer,

    /// <summary>Execute a record once more.</summary>
    Again,

    /// <summary>End an attempt that takes too long.</summary>
    TimeUp,

    /// <summary>End a record with what somebody gave for its outputs.</summary>
    Skip,

    /// <summary>Tell a record again that one below it has completed: what it did then failed.</summary>
    Told,
}
