using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities;

/// <summary>One request of a component, and on whose behalf it is made. Plugin and organization come from the host's own call, never from the request.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="Context">The call that it belongs to.</param>
/// <param name="Permissions">What the plugin may use.</param>
internal sealed record CapabilityCall(CapabilityRequest Request, BrokeredContext Context, PermissionSet Permissions)
{
    public string PluginId => Context.Plugin.Manifest.Id;

    public string Organization => Context.Organization;

    /// <summary>What the request is about, for the log; never a secret, never content.</summary>
    public string? Target { get; set; }
}
