namespace IndustryBrain.Plugins.Capabilities;

/// <summary>Without a record of grants: a trusted plugin has what it declares, any other has nothing.</summary>
/// <param name="forAllTiers">True gives every plugin what it declares: for whoever runs plugins of their own choice, and for tests.</param>
public sealed class DeclaredGrants(bool forAllTiers = false) : IPluginGrants
{
    /// <inheritdoc />
    public ValueTask<Grants> FindAsync(InstalledPlugin plugin, string organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        return new(forAllTiers || plugin.Tier == PluginTier.Trusted ? Grants.Declared(plugin.Manifest) : Grants.None);
    }
}
