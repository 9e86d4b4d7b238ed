using IndustryBrain.Sdk;

namespace IndustryBrain.Storage;

/// <summary>The storage cannot start; the host prints the failure and ends with a non-zero exit code.</summary>
public sealed class StorageStartException(Failure failure, Exception? inner = null) : Exception($"{failure?.Code}: {failure?.Message.En}", inner)
{
    /// <summary>What is wrong.</summary>
    public Failure Failure { get; } = failure!;
}
