using System.Collections.Concurrent;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Sdk.Testing.Capabilities;

/// <summary>Secrets in a test, granted by being added.</summary>
public sealed class FakeSecrets : FakeCapability
{
    private readonly ConcurrentDictionary<string, (string Value, bool IsReadable)> _byName = new(StringComparer.Ordinal);

    internal FakeSecrets(FakeHost host)
        : base(host)
    {
    }

    /// <summary>Stores a secret that the component may read, and have sent.</summary>
    public void Add(string name, string value) => Set(name, value, isReadable: true);

    /// <summary>Stores a secret that the component may only have put into requests: the permission <c>send</c>.</summary>
    public void AddForSending(string name, string value) => Set(name, value, isReadable: false);

    /// <summary>The values, none of which may stand on a cassette.</summary>
    internal IEnumerable<string> Values => _byName.Values.Select(s => s.Value);

    internal override ValueTask<Result<CapabilityAnswer>> RequestAsync(FakeContext context, CapabilityRequest request, CancellationToken ct) => new(
        request.Operation != "get" ? Unknown(request)
        : Arguments(request, CapabilityJson.Wire.SecretArguments) is not { } arguments ? BadArguments(request)
        : Find(arguments.Name, isSent: false).TryGet(out var value, out var failure) ? Answer(new SecretValue(value), CapabilityJson.Wire.SecretValue)
        : failure);

    internal Result<string> Find(string name, bool isSent)
    {
        if (!SecretName.IsValid(name))
        {
            return CapabilityFailures.RequestInvalid("name", new("应为小写字母、数字、点、横线和下划线", "it must be lower-case letters, digits, dots, hyphens and underscores"));
        }

        var target = isSent ? TargetRule.SendOf(name) : name;
        if (Host.Undeclared(CapabilityNames.Secrets, target) is { } undeclared)
        {
            return undeclared;
        }

        if (!_byName.TryGetValue(name, out var secret) || (!isSent && !secret.IsReadable))
        {
            return Host.NotGranted(CapabilityNames.Secrets, target);
        }

        Host.Redactor.Add(secret.Value);
        return secret.Value;
    }

    private void Set(string name, string value, bool isReadable)
    {
        ArgumentNullException.ThrowIfNull(value);
        _byName[name] = (value, isReadable);
    }
}
