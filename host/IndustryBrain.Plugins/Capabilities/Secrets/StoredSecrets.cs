using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.Secrets;

/// <summary>Secrets by name. What was given out is taken out of what the plugin says from then on.</summary>
internal sealed class StoredSecrets(ISecretStore store) : Capability
{
    public override string Name => CapabilityNames.Secrets;

    public override async ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityCall call, CancellationToken ct)
    {
        if (call.Request.Operation != "get")
        {
            return CapabilityFailures.UnknownOperation(Name, call.Request.Operation);
        }

        return Arguments(call, CapabilityJson.Wire.SecretArguments) is not { } arguments ? BadArguments(call)
            : (await FindAsync(store, call, arguments.Name, isSent: false, ct).ConfigureAwait(false)).TryGet(out var value, out var failure)
                ? Answer(new SecretValue(value), CapabilityJson.Wire.SecretValue)
                : failure;
    }

    /// <summary>The value of a secret that the plugin may read, or have sent.</summary>
    public static async ValueTask<Result<string>> FindAsync(ISecretStore store, CapabilityCall call, string name, bool isSent, CancellationToken ct)
    {
        if (!SecretName.IsValid(name))
        {
            return CapabilityFailures.RequestInvalid("name", new("应为小写字母、数字、点、横线和下划线", "it must be lower-case letters, digits, dots, hyphens and underscores"));
        }

        call.Target = name;
        if (call.Permissions.Demand(CapabilityNames.Secrets, isSent ? TargetRule.SendOf(name) : name) is { } refused)
        {
            return refused;
        }

        if (!(await store.FindAsync(call.Organization, name, call.Context.Environment, ct).ConfigureAwait(false)).TryGet(out var value, out var failure))
        {
            return failure;
        }

        if (value is null)
        {
            return CapabilityFailures.SecretNotStored(name);
        }

        call.Context.Redactor.Add(value);
        return value;
    }
}
