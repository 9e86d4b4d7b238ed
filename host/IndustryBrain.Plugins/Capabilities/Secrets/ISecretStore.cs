using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Capabilities.Secrets;

/// <summary>Where the secrets of organizations are kept.</summary>
public interface ISecretStore
{
    /// <summary>The value of a secret; null when there is none of that name.</summary>
    ValueTask<Result<string?>> FindAsync(string organization, string name, CancellationToken cancellationToken);
}
