using System.Collections.Concurrent;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>Secrets of organizations in memory.</summary>
internal sealed class HeldSecrets : ISecretStore
{
    private readonly ConcurrentDictionary<(string Organization, string Name), string> _values = new();

    public void Set(string organization, string name, string value) => _values[(organization, name)] = value;

    public ValueTask<Result<string?>> FindAsync(string organization, string name, string? environment, CancellationToken cancellationToken) => new(new Result<string?>(_values.GetValueOrDefault((organization, name))));
}
