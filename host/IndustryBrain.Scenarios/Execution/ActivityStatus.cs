namespace IndustryBrain.Scenarios.Execution;

internal enum ActivityStatus : byte
{
    Running,
    Completed,
    Canceled,
    Faulted,
}
