using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Startup;

/// <summary>Composition met an expected failure; the program prints it and ends.</summary>
internal sealed class HostStartException(Failure failure, Exception inner) : Exception($"{failure.Code}: {failure.Message.En}", inner)
{
    internal Failure Failure { get; } = failure;
}
