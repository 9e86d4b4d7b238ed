namespace IndustryBrain.Plugins.Capabilities;

/// <summary>Where the grants of installed plugins are kept. Asked at each use, so that what is revoked ends at once.</summary>
public interface IPluginGrants
{
    /// <summary>What a plugin may use for an organization.</summary>
    ValueTask<Grants> FindAsync(InstalledPlugin plugin, string organization, CancellationToken cancellationToken);
}
