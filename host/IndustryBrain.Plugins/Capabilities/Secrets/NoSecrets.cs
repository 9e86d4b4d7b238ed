using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Capabilities.Secrets;

/// <summary>The store of a program that keeps no secrets.</summary>
internal sealed class NoSecrets : ISecretStore
{
    public ValueTask<Result<string?>> FindAsync(string organization, string name, string? environment, CancellationToken cancellationToken) => new(new Result<string?>((string?)null));
}
