using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Capabilities.Secrets;

/// <summary>Where the secrets of organizations are kept.</summary>
public interface ISecretStore
{
    /// <summary>The value of a secret; null when there is none of that name for the environment.</summary>
    /// <param name="organization">Whose it is.</param>
    /// <param name="name">Name of the secret.</param>
    /// <param name="environment">Environment of the run that uses it; null outside of runs, which counts as production.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<Result<string?>> FindAsync(string organization, string name, string? environment, CancellationToken cancellationToken);
}
