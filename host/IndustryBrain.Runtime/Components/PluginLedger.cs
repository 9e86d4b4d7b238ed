using IndustryBrain.Plugins;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Runtime.Components;

/// <summary>Keeps on record which plugin versions are installed, with an audit record for each change.</summary>
internal sealed class PluginLedger(IOrganizationSessions sessions, TimeProvider time)
{
    public async Task RecordAsync(InstalledPlugin plugin, CancellationToken ct)
    {
        var id = $"{plugin.Manifest.Id}@{plugin.Manifest.Version}".ToLowerInvariant();
        await using var session = sessions.OpenPlatform();
        if (await session.LoadAsync<PluginRecord>(id, ct) is { } known && known.Sha256 == plugin.Sha256)
            return;
        var at = time.GetUtcNow();
        session.Store(new PluginRecord
        {
            Id = id,
            PluginId = plugin.Manifest.Id,
            Version = plugin.Manifest.Version,
            Name = plugin.Manifest.Name,
            Sha256 = plugin.Sha256,
            InstalledAt = at,
        });
        session.Append(Caller.ForSystem(DemoOrganization.Id), "plugin.install", "plugin", id);
        await session.SaveChangesAsync(ct);
    }
}
