using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>Faults the activity that is executing. Never leaves the engine.</summary>
internal sealed class ActivityFaultException(Failure failure) : Exception(failure.Message.En)
{
    public Failure Failure { get; } = failure;
}
