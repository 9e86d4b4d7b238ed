using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>Secrets that an administrator has stored and granted by name (<c>secrets</c>). They cannot be listed. The host takes them out of what the plugin logs, reports and refuses. Prefer <see cref="HttpCapability.AddSecretHeader"/>: the secret then stays with the host.</summary>
public sealed class SecretsCapability
{
    private readonly ComponentContext _context;

    internal SecretsCapability(ComponentContext context) => _context = context;

    /// <summary>Gets the value of a secret.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Result<string>> GetAsync(string name, CancellationToken cancellationToken) =>
        (await _context.RequestAsync(CapabilityNames.Secrets, "get", new(name), CapabilityJson.Wire.SecretArguments, CapabilityJson.Wire.SecretValue, default, cancellationToken).ConfigureAwait(false))
            .TryGet(out var answer, out var failure) ? answer.Value.Value : failure;
}
